import { createHash, type Hash } from 'node:crypto'
import { copyFile, open, stat, type FileHandle } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { hashFile } from '../../../host/files.ts'
import { openRemote, silenceLimit, type OpenOptions, type Remote } from './open.ts'
import { asTrouble, NetworkTrouble } from './trouble.ts'

export interface DownloadOptions extends OpenOptions {
  /** Bytes received so far, of how many, where that is known. */
  readonly onProgress: (received: number, total: number | undefined) => void
  readonly onRetry: (reason: string) => void
  /** Whether the SHA-256 of the whole is wanted. */
  readonly hashed: boolean
}

export interface Downloaded {
  /** Lower-case hex; undefined where nobody wants it. */
  readonly sha256: string | undefined
  /** True when it was put together from more than one transfer. */
  readonly resumed: boolean
}

/** Far above any Go: what is larger is none. */
const maximumSize = 1024 ** 3
/** Failures in a row without a byte in between, and failures in all. */
const patience = { inRow: 4, inAll: 10 }
const firstPause = 250
/** Bytes a millisecond, which is kB a second. */
const slowest = 1

/**
 * Downloads a file (http, https, file). A broken transfer goes on where it broke when the server can do that, else from the start.
 * @throws NetworkTrouble, the signal's reason
 */
export async function download(url: URL, to: string, options: DownloadOptions): Promise<Downloaded> {
  if (url.protocol === 'file:') return copyLocal(url, to, options)
  const file = await open(to, 'w')
  try {
    return await transfer(url, file, options)
  } finally {
    await file.close()
  }
}

interface Progress {
  received: number
  hash: Hash
  tag: string | undefined
  resumed: boolean
  /** True where the last transfer was given up for its slowness: what came of it counts as nothing. */
  slow: boolean
}

async function transfer(url: URL, file: FileHandle, options: DownloadOptions): Promise<Downloaded> {
  const progress: Progress = { received: 0, hash: createHash('sha256'), tag: undefined, resumed: false, slow: false }
  for (let inRow = 0, inAll = 0; ;) {
    const before = progress.received
    try {
      await receive(await openRemote(url, { ...options, offset: progress.received, tag: progress.tag }), file, progress, options)
      return { sha256: options.hashed ? progress.hash.digest('hex') : undefined, resumed: progress.resumed }
    } catch (error) {
      options.signal?.throwIfAborted()
      const trouble = asTrouble(error)
      inRow = progress.received > before && !progress.slow ? 1 : inRow + 1
      inAll++
      if (trouble.kind !== 'passing' || inRow >= patience.inRow || inAll >= patience.inAll) throw trouble
      options.onRetry(trouble.message)
      // A server that does not give the rest is asked for the whole.
      if (inRow === patience.inRow - 1) progress.received = 0
      await sleep(firstPause * 2 ** inRow, undefined, options.signal === undefined ? {} : { signal: options.signal }).catch(() =>
        options.signal?.throwIfAborted(),
      )
    }
  }
}

async function receive(remote: Remote, file: FileHandle, progress: Progress, options: DownloadOptions): Promise<void> {
  const { stream, offset, total, tag } = remote
  if (offset === 0) {
    progress.received = 0
    progress.hash = createHash('sha256')
    await file.truncate(0)
  }
  progress.resumed = offset > 0
  progress.tag = tag
  progress.slow = false
  const limit = silenceLimit(options.environment)
  const timer = setTimeout(() => stream.destroy(new NetworkTrouble('passing', `it has been silent for ${limit / 1000} s`)), limit)
  const pace = watchPace(limit * 2, progress, (reason) => stream.destroy(new NetworkTrouble('passing', reason)))
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (progress.received + chunk.length > maximumSize) throw new NetworkTrouble('refused', 'what it sends is far too large to be Go')
      await file.write(chunk, 0, chunk.length, progress.received)
      if (options.hashed) progress.hash.update(chunk)
      progress.received += chunk.length
      timer.refresh()
      options.onProgress(progress.received, total)
    }
  } finally {
    clearTimeout(timer)
    clearInterval(pace)
    stream.destroy()
  }
  if (total !== undefined && progress.received !== total) throw new NetworkTrouble('passing', 'the connection broke')
}

/** Looks every `window` milliseconds how much has come since, and gives up what would take days. */
function watchPace(window: number, progress: Progress, giveUp: (reason: string) => void): NodeJS.Timeout {
  let before = progress.received
  return setInterval(() => {
    progress.slow = (progress.received - before) / window < slowest
    before = progress.received
    if (progress.slow) giveUp(`it sends less than 1 kB a second (in ${window / 1000} s)`)
  }, window)
}

async function copyLocal(url: URL, to: string, options: DownloadOptions): Promise<Downloaded> {
  try {
    await copyFile(fileURLToPath(url), to)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC' || code === 'EROFS' || (error as NodeJS.ErrnoException).path === to) throw error
    throw new NetworkTrouble(code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'refused', `there is no such file to read (${code})`)
  }
  const { size } = await stat(to)
  options.onProgress(size, size)
  return { sha256: options.hashed ? (await hashFile(to)).sha256 : undefined, resumed: false }
}
