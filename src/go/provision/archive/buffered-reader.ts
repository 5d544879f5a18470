import { readSync } from 'node:fs'
import { Readable } from 'node:stream'
import type { RandomAccessReader } from 'yauzl'

const blockSize = 256 * 1024
export const pieceSize = 256 * 1024

type Done = (error: Error | null, bytesRead?: number) => void

/**
 * Reads an open file for yauzl a block at a time: it asks twice for each of 11,000 entries, for a few bytes that follow each other.
 * @param base a reader of yauzl's own, whose methods are replaced
 */
export function bufferedReader(base: RandomAccessReader, fd: number): RandomAccessReader {
  const block = Buffer.allocUnsafeSlow(blockSize)
  let start = 0
  let length = 0
  const read = (buffer: Buffer, offset: number, wanted: number, position: number): number => {
    if (wanted > blockSize) return readSync(fd, buffer, offset, wanted, position)
    if (position < start || position + wanted > start + length) {
      start = position
      length = readSync(fd, block, 0, blockSize, position)
    }
    return block.copy(buffer, offset, position - start, Math.min(position - start + wanted, length))
  }
  return Object.assign(base, {
    _readStreamForRange: (from: number, to: number) => Readable.from(pieces(fd, from, to), { objectMode: false }),
    read: (buffer: Buffer, offset: number, wanted: number, position: number, done: Done): void => {
      try {
        process.nextTick(done, null, read(buffer, offset, wanted, position))
      } catch (error) {
        process.nextTick(done, error)
      }
    },
  })
}

/** Node's own file streams would close the file when they are done. */
export function* pieces(fd: number, from: number, to: number): Generator<Buffer> {
  for (let position = from; position < to;) {
    const piece = Buffer.allocUnsafe(Math.min(pieceSize, to - position))
    const bytes = readSync(fd, piece, 0, piece.length, position)
    if (bytes === 0) return
    position += bytes
    yield piece.subarray(0, bytes)
  }
}
