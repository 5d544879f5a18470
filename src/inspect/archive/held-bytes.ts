import type { ByteSource } from '../../pe/byte-source.ts'

const blockSize = 1 << 20

/** Keeps a stream in memory in blocks of 1 MiB, so that nothing is allocated on the word of a header. */
export function holdBytes(): { append(chunk: Buffer): void; source(): ByteSource } {
  const blocks: Buffer[] = []
  let size = 0
  return {
    append(chunk) {
      for (let at = 0; at < chunk.length;) {
        const inside = size % blockSize
        if (inside === 0) blocks.push(Buffer.allocUnsafe(blockSize))
        const copied = chunk.copy(blocks.at(-1)!, inside, at)
        size += copied
        at += copied
      }
    },
    source: () => ({ size, read: async (offset, length) => readBlocks(blocks, size, offset, length) }),
  }
}

function readBlocks(blocks: readonly Buffer[], size: number, offset: number, length: number): Buffer {
  const end = Math.min(size, offset + length)
  if (offset >= end) return Buffer.alloc(0)
  const first = Math.floor(offset / blockSize)
  const last = Math.floor((end - 1) / blockSize)
  const parts = blocks.slice(first, last + 1)
  const start = offset - first * blockSize
  return parts.length === 1 ? parts[0]!.subarray(start, start + end - offset) : Buffer.concat(parts).subarray(start, start + end - offset)
}
