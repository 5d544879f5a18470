import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { ByteSource } from '../../pe/byte-source.ts'
import { executableFormat, type ExecutableFormat } from '../detect.ts'
import { limits, type Budget } from './budget.ts'
import { holdBytes } from './held-bytes.ts'

/** What streamed out of one entry. */
export interface Content {
  readonly size: number
  readonly sha256: string
  readonly crc32: number
  /** True when the archive unpacks to too much; then the rest is not what it says. */
  readonly bomb: boolean
  readonly executable: { readonly format: ExecutableFormat; readonly source: ByteSource } | null
  /** True when it is an executable too large to be held and looked into. */
  readonly tooLarge: boolean
}

/** Reads an entry to its end. Only an executable is held in memory, everything else is hashed and forgotten. */
export async function readContent(stream: AsyncIterable<Buffer>, budget: Budget, signal?: AbortSignal): Promise<Content> {
  const hash = createHash('sha256')
  let held = holdBytes() as ReturnType<typeof holdBytes> | undefined
  let format: ExecutableFormat | undefined
  let size = 0
  let crc = 0
  let bomb = false
  for await (const chunk of stream) {
    signal?.throwIfAborted()
    if (!budget.take(chunk.length)) {
      bomb = true
      break
    }
    hash.update(chunk)
    crc = crc32(chunk, crc)
    held?.append(chunk)
    const decided = size >= 8 || size + chunk.length >= 8
    if (size < 8 && decided) format = executableFormat(await held!.source().read(0, 8))
    size += chunk.length
    if ((decided && format === undefined) || size > limits.executable) held = undefined
  }
  const executable = held !== undefined && format !== undefined && !bomb ? { format, source: held.source() } : null
  return { size, sha256: hash.digest('hex'), crc32: crc, bomb, executable, tooLarge: format !== undefined && held === undefined }
}
