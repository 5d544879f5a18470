import { open, rm, type FileHandle } from 'node:fs/promises'
import { peChecksum } from './checksum.ts'
import type { PeHeaders } from './headers.ts'
import { linkStamps } from './link-stamps.ts'
import { withPatches, type Piece } from './patches.ts'
import { patchHeaders, type ResourceSection } from './section-headers.ts'
import type { SectionPlace } from './section-layout.ts'

// Large enough to keep the disk busy, small enough to be nothing beside a large executable.
const bufferSize = 2 * 1024 * 1024

/**
 * Copies an open PE file to `output` with a new resource section at `place` and a correct checksum, in one pass and constant memory.
 * Stamps of the link itself are taken out (link-stamps.ts).
 * The file is flushed to the disk and has mode 0755; on failure nothing is left under its name.
 */
export async function writeWithSection(
  input: FileHandle,
  headers: PeHeaders,
  place: SectionPlace,
  section: ResourceSection,
  output: string,
  signal?: AbortSignal,
): Promise<{ readonly size: number }> {
  const start = Buffer.alloc(headers.sizeOfHeaders)
  await readFully(input, start, 0)
  const stamps = await linkStamps(input, headers)
  for (const { offset, bytes } of stamps) if (offset < start.length) start.set(bytes, offset)
  patchHeaders(start, headers, place, section)
  const pieces: Piece[] = [
    start,
    { from: start.length, to: place.cutFrom },
    new Uint8Array(place.rawOffset - place.cutFrom),
    section.bytes,
    { from: place.cutTo, to: headers.fileSize },
  ]
  await rm(output, { force: true })
  const target = await open(output, 'wx', 0o755)
  try {
    const { size, checksum } = await copyPieces(input, withPatches(pieces, stamps), target, signal)
    const field = Buffer.alloc(4)
    field.writeUInt32LE(checksum)
    await target.write(field, 0, 4, headers.checksumOffset)
    await target.chmod(0o755)
    await target.sync()
    await target.close()
    return { size }
  } catch (error) {
    await target.close().catch(() => undefined)
    await rm(output, { force: true })
    throw error
  }
}

/** One buffer is written while the other is filled and summed. */
async function copyPieces(input: FileHandle, pieces: readonly Piece[], target: FileHandle, signal: AbortSignal | undefined) {
  const sum = peChecksum()
  let writing: Promise<unknown> = Promise.resolve()
  let size = 0
  try {
    for await (const block of blocks(input, pieces)) {
      signal?.throwIfAborted()
      sum.add(block)
      await writing
      writing = writeFully(target, block, size)
      // Awaited at the next block or at the end; until then its failure must not count as unhandled.
      writing.catch(() => undefined)
      size += block.length
    }
  } finally {
    await writing
  }
  return { size, checksum: sum.finish() }
}

/** The pieces as one stream of full blocks; a block is only valid until the next but one. */
async function* blocks(input: FileHandle, pieces: readonly Piece[]): AsyncGenerator<Buffer> {
  const buffers = [Buffer.allocUnsafeSlow(bufferSize), Buffer.allocUnsafeSlow(bufferSize)] as const
  let turn = 0
  let filled = 0
  for (const piece of pieces) {
    const length = piece instanceof Uint8Array ? piece.length : piece.to - piece.from
    for (let done = 0; done < length;) {
      const buffer = buffers[turn % 2]!
      const part = Math.min(length - done, bufferSize - filled)
      if (piece instanceof Uint8Array) buffer.set(piece.subarray(done, done + part), filled)
      else await readFully(input, buffer.subarray(filled, filled + part), piece.from + done)
      done += part
      filled += part
      if (filled < bufferSize) continue
      yield buffer
      turn++
      filled = 0
    }
  }
  if (filled > 0) yield buffers[turn % 2]!.subarray(0, filled)
}

async function readFully(file: FileHandle, into: Buffer, position: number): Promise<void> {
  for (let done = 0; done < into.length;) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done)
    if (bytesRead === 0) throw new Error('the executable became shorter while it was read')
    done += bytesRead
  }
}

async function writeFully(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done)
    done += bytesWritten
  }
}
