import { readFile, stat } from 'node:fs/promises'

/** Thrown for what is there and is not to be read; the message is the reason. */
export class UnfitFile extends Error {}

export const textLimit = 1024 * 1024

/**
 * Reads a file, and never a device or a pipe: those have no end.
 * @throws UnfitFile; errors of the file system pass through
 */
export async function readBounded(path: string, limit = textLimit): Promise<Buffer> {
  const status = await stat(path)
  if (!status.isFile()) throw new UnfitFile('it is not a regular file')
  if (status.size > limit) throw new UnfitFile(`it has ${status.size} bytes; the limit is ${limit}`)
  return readFile(path)
}
