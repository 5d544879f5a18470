import { lstat, readdir, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { acquireLock, type Lock } from '../../host/lock.ts'
import { makeFolders, removeTree, uniqueId, writeFlushed } from '../../host/files.ts'
import { ignoreFileName, lockFileName, ownPrefix } from './names.ts'

/** The run's own folder inside the output folder: files become whole here before they get their names. */
export interface Staging {
  readonly out: string
  readonly id: string
  /** Absolute path to write the file that will be `path` in the output folder; its folder is made. */
  readonly place: (path: string) => Promise<string>
  readonly folder: string
}

/** The output folder, locked for this run. */
export interface OpenOutput {
  readonly staging: Staging
  readonly lock: Lock
  /** Ends the run: removes the staging folder and, where the build made nothing, the folder it had created. */
  readonly close: () => Promise<void>
}

export interface OpenOptions {
  readonly signal?: AbortSignal | undefined
  readonly onWait: (holder: number) => void
}

/** Makes and locks the output folder; the second of two runs waits here. @throws DIST_LOCKED and file system errors */
export async function openOutput(out: string, options: OpenOptions): Promise<OpenOutput> {
  const created = await makeFolders(out)
  const ignore = join(out, ignoreFileName)
  if ((await lstat(ignore).catch(() => undefined)) === undefined) await writeFlushed(ignore, '*\n')
  const lock = await acquireLock(join(out, lockFileName), { signal: options.signal, onWait: options.onWait })
  const staging = makeStaging(out)
  return {
    staging,
    lock,
    close: async () => {
      await removeTree(staging.folder)
      await lock.release()
      if (created !== undefined) await removeIfUnused(out)
    },
  }
}

function makeStaging(out: string): Staging {
  const id = uniqueId()
  const folder = join(out, `${ownPrefix}${id}`)
  return {
    out,
    id,
    folder,
    place: async (path) => {
      const target = join(folder, 'new', path)
      await makeFolders(dirname(target))
      return target
    },
  }
}

async function removeIfUnused(out: string): Promise<void> {
  const names = await readdir(out).catch(() => [ignoreFileName, 'gone'])
  if (names.length !== 1 || names[0] !== ignoreFileName) return
  await rm(join(out, ignoreFileName), { force: true })
  await rmdir(out).catch(() => undefined)
}
