import { appendFileSync, readFileSync } from 'node:fs'
import { link, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { distError } from '../errors/dist.ts'
import { makeFolders, uniqueId } from './files.ts'
import { identify, isAlive, isSameGroupAlive, type ProcessIdentity } from './processes.ts'

/** A lock held by this process. */
export interface Lock {
  /** Remembers a child's process group: after a SIGKILL of gopack the lock stays until these are gone. */
  readonly recordChild: (pid: number) => void
  readonly release: () => Promise<void>
}

export interface LockOptions {
  readonly signal?: AbortSignal | undefined
  /** Told once, when another process holds the lock. */
  readonly onWait?: ((holder: number) => void) | undefined
  /** Milliseconds to wait; default ten minutes, 0 not at all. */
  readonly patience?: number
}

interface Holder {
  readonly owner: ProcessIdentity
  /** Leaders of process groups. */
  readonly children: readonly ProcessIdentity[]
}

const defaultPatience = 600_000
const pollMilliseconds = 100

/**
 * Takes an exclusive lock: a file that appears with its whole content (link) and names its holder.
 * A lock whose holder and whose holder's children are gone is taken over.
 * @throws DIST_LOCKED after `patience`
 */
export async function acquireLock(path: string, options: LockOptions = {}): Promise<Lock> {
  await makeFolders(dirname(path))
  const deadline = performance.now() + (options.patience ?? defaultPatience)
  for (let told = false; ;) {
    options.signal?.throwIfAborted()
    if (await create(path)) return held(path)
    const text = read(path)
    const holder = text === undefined ? undefined : parse(text)
    if (text !== undefined && (holder === undefined || isStale(holder))) {
      await takeAway(path, text)
      continue
    }
    if (holder !== undefined && performance.now() >= deadline) {
      throw distError('DIST_LOCKED', { message: `${path} is held by process ${holder.owner.pid}.` })
    }
    if (!told && holder !== undefined) {
      told = true
      options.onWait?.(holder.owner.pid)
    }
    await sleep(pollMilliseconds, undefined, options.signal === undefined ? {} : { signal: options.signal }).catch(() =>
      options.signal?.throwIfAborted(),
    )
  }
}

async function create(path: string): Promise<boolean> {
  const temporary = `${path}.${uniqueId()}`
  await writeFile(temporary, `${JSON.stringify(identify(process.pid))}\n`)
  try {
    await link(temporary, path)
    return true
  } catch (error) {
    // ENOENT: somebody tidied up our half of it meanwhile.
    if (['EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  } finally {
    await rm(temporary, { force: true })
  }
}

function held(path: string): Lock {
  return {
    recordChild: (pid) => appendFileSync(path, `${JSON.stringify(identify(pid))}\n`),
    release: () => rm(path, { force: true }),
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function parse(text: string): Holder | undefined {
  const [first = '', ...children] = text.split('\n')
  try {
    return {
      owner: JSON.parse(first) as ProcessIdentity,
      children: children.filter((line) => line !== '').map((line) => JSON.parse(line) as ProcessIdentity),
    }
  } catch {
    return undefined
  }
}

function isStale({ owner, children }: Holder): boolean {
  return !isAlive(owner) && !children.some(isSameGroupAlive)
}

/** Removes a stale lock; when somebody else was faster and it is a new one by now, it is put back. */
async function takeAway(path: string, expected: string): Promise<void> {
  const aside = `${path}.${uniqueId()}`
  try {
    await rename(path, aside)
  } catch {
    return
  }
  if (read(aside) !== expected) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}
