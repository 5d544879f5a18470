import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { distError } from '../../errors/dist.ts'
import { removeTree } from '../../host/files.ts'
import { acquireLock } from '../../host/lock.ts'
import { canFinish, finish, undo } from './commit.ts'
import { readJournal } from './journal.ts'
import { lockFileName, ownPrefix } from './names.ts'

export type Recovery = 'finished' | 'undone' | 'cleaned'

/**
 * Sets right what interrupted runs left in an output folder that this process has locked.
 * @throws DIST_DAMAGED when neither the new nor the old state can be had
 */
export async function recoverLocked(out: string): Promise<Recovery | undefined> {
  let done: Recovery | undefined
  for (const name of await leftoverFiles(out)) await rm(join(out, name), { force: true })
  for (const name of await leftovers(out)) {
    const folder = join(out, name)
    const journal = await readJournal(folder).catch(() => undefined)
    if (journal === undefined) {
      await removeTree(folder)
      done ??= 'cleaned'
    } else if (await canFinish(out, folder, journal)) {
      await finish(out, folder, journal)
      await removeTree(folder)
      done = 'finished'
    } else {
      await undo(out, folder, journal).catch((cause: unknown) => {
        throw distError('DIST_DAMAGED', { message: `${out} was being changed when gopack was killed, and cannot be put right.`, cause })
      })
      done = 'undone'
    }
  }
  return done
}

/** For commands that only read: puts an output folder right unless a build is at work in it. */
export async function recoverIfIdle(out: string): Promise<Recovery | undefined> {
  if (!existsSync(out) || !(await readdir(out).catch(() => [])).some((name) => name.startsWith(ownPrefix))) return undefined
  const lock = await acquireLock(join(out, lockFileName), { patience: 0 }).catch(() => undefined)
  if (lock === undefined) return undefined
  try {
    return await recoverLocked(out)
  } finally {
    await lock.release()
  }
}

/** Halves of locks: whoever is just making one tries again. */
async function leftoverFiles(out: string): Promise<string[]> {
  const entries = await readdir(out, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isFile() && entry.name.startsWith(`${lockFileName}.`)).map(({ name }) => name)
}

async function leftovers(out: string): Promise<string[]> {
  const entries = await readdir(out, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory() && entry.name.startsWith(ownPrefix)).map(({ name }) => name)
}
