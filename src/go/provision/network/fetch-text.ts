import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openRemote, silenceLimit, type OpenOptions } from './open.ts'
import { asTrouble, NetworkTrouble } from './trouble.ts'

/** Lists of Go versions are a megabyte or two. */
const maximumSize = 32 * 1024 ** 2

/**
 * A short text from http, https or file.
 * @throws NetworkTrouble, the signal's reason
 */
export async function fetchText(url: URL, options: OpenOptions): Promise<string> {
  if (url.protocol === 'file:') return readLocal(url)
  const { stream } = await openRemote(url, options)
  const limit = silenceLimit(options.environment)
  const timer = setTimeout(() => stream.destroy(new NetworkTrouble('passing', `it has been silent for ${limit / 1000} s`)), limit)
  try {
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if ((size += chunk.length) > maximumSize) throw new NetworkTrouble('refused', 'what it sends is far too large to be a list')
      chunks.push(chunk)
      timer.refresh()
    }
    return Buffer.concat(chunks).toString('utf8')
  } catch (error) {
    options.signal?.throwIfAborted()
    throw asTrouble(error)
  } finally {
    clearTimeout(timer)
    stream.destroy()
  }
}

async function readLocal(url: URL): Promise<string> {
  try {
    return await readFile(fileURLToPath(url), 'utf8')
  } catch (error) {
    throw new NetworkTrouble('missing', `there is no such file to read (${(error as NodeJS.ErrnoException).code})`)
  }
}
