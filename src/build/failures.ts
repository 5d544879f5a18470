import { distError } from '../errors/dist.ts'
import { GopackError } from '../errors/gopack-error.ts'

/** Gives a failure of the file system its name in the catalogue; anything unknown stays what it is: a bug. */
export function asOutputError(error: unknown, out: string): unknown {
  if (error instanceof GopackError) return error
  const { code, path, syscall } = error as NodeJS.ErrnoException
  const where = path ?? out
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return distError('DISK_FULL', { message: `The disk is full (writing ${where}).`, cause: error })
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'EBUSY') {
    return distError('OUT_NOT_WRITABLE', {
      message: `${where} cannot be written (${code}${syscall === undefined ? '' : ` in ${syscall}`}).`,
      cause: error,
    })
  }
  if (code === 'ENOTDIR' || code === 'EEXIST')
    return distError('OUT_NOT_FOLDER', { message: `${where} is in the way: it is not a folder.`, cause: error })
  if (code !== undefined && syscall !== undefined)
    return distError('OUT_NOT_WRITABLE', { message: `${where} cannot be written (${code} in ${syscall}).`, cause: error })
  return error
}
