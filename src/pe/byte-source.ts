import type { FileHandle } from 'node:fs/promises'

/** Bytes that can be read at any offset: a file, or an archive entry held in memory. */
export interface ByteSource {
  readonly size: number
  /** Up to `length` bytes at `offset`; fewer where the source ends, none beyond it. The bytes must not be changed. */
  read(offset: number, length: number): Promise<Buffer>
}

const pageSize = 64 * 1024
const pageLimit = 64

/**
 * Reads an open file. Small reads go through a cache of at most 4 MiB, because tables are read entry by entry.
 * @throws the signal's reason when it is aborted.
 */
export async function fileSource(file: FileHandle, signal?: AbortSignal): Promise<ByteSource> {
  const { size } = await file.stat()
  const pages = new Map<number, Buffer>()

  async function readDirect(offset: number, length: number): Promise<Buffer> {
    signal?.throwIfAborted()
    const wanted = clampedLength(size, offset, length)
    const buffer = Buffer.allocUnsafe(wanted)
    let filled = 0
    while (filled < wanted) {
      const { bytesRead } = await file.read(buffer, filled, wanted - filled, offset + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return buffer.subarray(0, filled)
  }

  async function readPage(index: number): Promise<Buffer> {
    let page = pages.get(index)
    if (page === undefined) {
      page = await readDirect(index * pageSize, pageSize)
      if (pages.size >= pageLimit) pages.delete(pages.keys().next().value!)
      pages.set(index, page)
    }
    return page
  }

  async function read(offset: number, length: number): Promise<Buffer> {
    const wanted = clampedLength(size, offset, length)
    if (wanted === 0) return Buffer.alloc(0)
    const first = Math.floor(offset / pageSize)
    const last = Math.floor((offset + wanted - 1) / pageSize)
    if (last - first > 1) return readDirect(offset, wanted)
    const start = offset - first * pageSize
    const page = await readPage(first)
    if (first === last) return page.subarray(start, start + wanted)
    const rest = await readPage(last)
    return Buffer.concat([page.subarray(start), rest.subarray(0, offset + wanted - last * pageSize)])
  }

  return { size, read }
}

/** Bytes that are in memory already. */
export function memorySource(bytes: Buffer): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) => bytes.subarray(offset, offset + clampedLength(bytes.length, offset, length)),
  }
}

function clampedLength(size: number, offset: number, length: number): number {
  return Math.max(0, Math.min(length, size - offset))
}
