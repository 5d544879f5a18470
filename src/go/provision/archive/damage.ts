/** Why a downloaded archive is not unpacked: it is damaged, or holds what no Go holds. */
export class ArchiveDamage extends Error {
  override readonly name = 'ArchiveDamage'
}

/** What yauzl, zlib and tar-stream say about bad input; errors of the file system are thrown on. */
export function asDamage(error: unknown): ArchiveDamage {
  if (error instanceof ArchiveDamage) return error
  const { code = '', syscall, message } = error as NodeJS.ErrnoException
  if (syscall !== undefined || !(error instanceof Error) || error.name === 'AbortError') throw error
  if (error instanceof TypeError || error instanceof ReferenceError) throw error
  return new ArchiveDamage(`it is damaged or cut off (${message}${code === '' ? '' : `, ${code}`})`)
}
