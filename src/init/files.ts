import { lstatSync, type Stats } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { initError } from '../errors/init.ts'
import { makeFolders, writeWhole } from '../host/files.ts'

/** A file init writes. */
export interface InitFile {
  /** Absolute. */
  readonly path: string
  /** unchanged and kept: it is not written. */
  readonly action: 'create' | 'overwrite' | 'update' | 'unchanged' | 'kept'
  /** What it holds afterwards. */
  readonly content: string
}

/**
 * A file of init's own: made anew, or written over when that is asked for.
 * @throws INIT_FILE_EXISTS
 */
export function wholeFile(path: string, content: string, force: boolean): InitFile {
  const state = stateOf(path)
  if (state === undefined) return { path, action: 'create', content }
  if (state.isDirectory())
    throw initError('INIT_FILE_EXISTS', {
      message: `${path} is a folder; init would write a file there.`,
      hint: 'Move it away: --force does not remove folders.',
    })
  if (!force) throw initError('INIT_FILE_EXISTS', { message: `${path} is there already.` })
  return { path, action: 'overwrite', content }
}

/** Where a file stands in place of one of its folders, nothing is there; writing will say so. */
function stateOf(path: string): Stats | undefined {
  try {
    return lstatSync(path)
  } catch {
    return undefined
  }
}

export const isWritten = ({ action }: InitFile): boolean => action !== 'unchanged' && action !== 'kept'

/**
 * Writes all of them; every folder is there before the first file is.
 * @throws INIT_WRITE naming what was written before it
 */
export async function writeFiles(files: readonly InitFile[], folder: string): Promise<void> {
  const written = files.filter(isWritten)
  const done: string[] = []
  const orFail = async (path: string, write: () => Promise<unknown>): Promise<void> => {
    try {
      await write()
    } catch (cause) {
      const before = done.length === 0 ? ' Nothing was written.' : ` Written before it: ${done.join(', ')}.`
      throw initError('INIT_WRITE', { message: `${path} cannot be written: ${(cause as Error).message}.${before}`, cause })
    }
  }
  for (const { path } of written) await orFail(path, () => makeFolders(dirname(path)))
  for (const { path, content } of written) {
    // A link stays a link: what it stands for is written.
    await orFail(path, async () => writeWhole(await realpath(path).catch(() => path), content))
    done.push(relative(folder, path))
  }
}
