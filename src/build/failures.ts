import { sep } from 'node:path'
import { cacheFolder } from '../cache/folder.ts'
import { distError } from '../errors/dist.ts'
import { GopackError } from '../errors/gopack-error.ts'

/** Gives a failure of the file system its name in the catalogue; anything unknown stays what it is: a bug. */
export function asKnownError(error: unknown, out?: string): unknown {
  if (error instanceof GopackError) return error
  const { code, path, dest, syscall } = error as NodeJS.ErrnoException & { readonly dest?: string }
  if (code === undefined || syscall === undefined) return error
  const where = dest ?? path ?? out ?? 'a file'
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return distError('DISK_FULL', { message: `The disk is full (writing ${where}).`, cause: error })
  if (![out, cacheFolder()].some((folder) => folder !== undefined && isRelated(folder, where))) {
    return distError('FILE_UNREADABLE', { message: `${where} cannot be used (${code} in ${syscall}).`, cause: error })
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return distError('OUT_NOT_FOLDER', { message: `${where} is in the way: it is not a folder.`, cause: error })
  }
  const hint = isRelated(cacheFolder(), where)
    ? { hint: "This is gopack's cache: check its rights, or set GOPACK_CACHE to another folder." }
    : {}
  return distError('OUT_NOT_WRITABLE', { message: `${where} cannot be written (${code} in ${syscall}).`, ...hint, cause: error })
}

/** True inside the folder, and on the way to it: a parent that cannot be made counts too. */
const isRelated = (folder: string, path: string): boolean => `${path}${sep}`.startsWith(folder + sep) || folder.startsWith(`${path}${sep}`)
