import { createHash, randomBytes } from 'node:crypto'
import { constants, copyFile, lstat, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a file holds. */
export interface Content {
  /** Lower-case hex. */
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

const chunkSize = 256 * 1024

/** Read buffers are used again: fresh ones of this size cost more in garbage collection than the hashing itself. */
const idleBuffers: Buffer[] = []

/** SHA-256 and size of a file, streamed. */
export async function hashFile(path: string): Promise<Content> {
  const hash = createHash('sha256')
  const file = await open(path)
  const buffer = idleBuffers.pop() ?? Buffer.allocUnsafeSlow(chunkSize)
  try {
    for (let size = 0; ;) {
      const { bytesRead } = await file.read(buffer, 0, chunkSize, size)
      if (bytesRead === 0) return { sha256: hash.digest('hex'), size }
      hash.update(buffer.subarray(0, bytesRead))
      size += bytesRead
    }
  } finally {
    idleBuffers.push(buffer)
    await file.close()
  }
}

/** Like {@link hashFile}, undefined where there is no such regular file. */
export async function hashIfThere(path: string): Promise<Content | undefined> {
  const state = await lstat(path).catch(() => undefined)
  return state?.isFile() ? hashFile(path) : undefined
}

export const hashText = (text: string): string => createHash('sha256').update(text).digest('hex')

export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined
}

/** A name nobody else uses, for temporary files and folders. */
export const uniqueId = (): string => `${process.pid.toString(36)}${randomBytes(6).toString('hex')}`

/** Writes a file so that it is there whole or not at all, also after a power cut. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${uniqueId()}.tmp`
  try {
    await writeFlushed(temporary, text)
    await renameWithRetry(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await flushFolder(dirname(path))
}

/**
 * Writes a file that other processes see whole or not at all, without waiting for the disk: for the cache, whose readers
 * check what they find.
 */
export async function writeReplaced(path: string, text: string): Promise<void> {
  const temporary = `${path}.${uniqueId()}.tmp`
  try {
    await writeFile(temporary, text)
    await renameWithRetry(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

export async function writeFlushed(path: string, text: string, mode = 0o644): Promise<void> {
  const file = await open(path, 'w', mode)
  try {
    await file.writeFile(text)
    // Whatever the umask says: modes are part of the result.
    await file.chmod(mode)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Copies a file (sharing its blocks where the file system can) and flushes the copy. */
export async function copyFlushed(from: string, to: string, mode: number): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_FICLONE)
  const file = await open(to, 'r+')
  try {
    await file.chmod(mode)
    await file.sync()
  } finally {
    await file.close()
  }
}

export async function flushFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes renames in a folder last. Windows has no such thing and needs none. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(path, 'r').catch(() => undefined)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}

/** Renames; virus scanners hold files for a moment, so EPERM, EACCES and EBUSY are tried again for two seconds on Windows. */
export async function renameWithRetry(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await rename(from, to)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? ''
      if (process.platform !== 'win32' || !['EPERM', 'EACCES', 'EBUSY'].includes(code) || attempt > 10) throw error
      await sleep(20 * attempt)
    }
  }
}

/**
 * Makes a folder and those above it; gives the first one that was not there. Node's own recursive mkdir never returns where the
 * system answers ENOENT for a folder whose parent exists (/proc, some network file systems).
 */
export async function makeFolders(path: string): Promise<string | undefined> {
  try {
    await mkdir(path)
    return path
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return undefined
    if (code !== 'ENOENT' || dirname(path) === path) throw error
    const first = await makeFolders(dirname(path))
    await mkdir(path).catch((again: NodeJS.ErrnoException) => {
      if (again.code !== 'EEXIST') throw again
    })
    return first ?? path
  }
}

/** Renames, making the folders of the new name. */
export async function moveFile(from: string, to: string): Promise<void> {
  await makeFolders(dirname(to))
  await renameWithRetry(from, to)
}

export async function removeTree(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
}
