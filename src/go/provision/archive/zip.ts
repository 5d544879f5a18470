import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { Readable } from 'node:stream'
import { createInflateRaw, inflateRawSync } from 'node:zlib'
import type { Entry, RandomAccessReader } from 'yauzl'
import { bufferedReader, pieces, pieceSize } from './buffered-reader.ts'
import { ArchiveDamage, asDamage } from './damage.ts'
import { pathOnDisk, type ArchiveFile } from './files.ts'

export interface OpenZip {
  readonly files: readonly ArchiveFile[]
  readonly close: () => void
}

/** Files up to this size are unpacked in one piece: a stream for each of 11,000 files costs more than all the rest. */
const onePiece = 256 * 1024
const localHeaderSize = 30
const localSignature = 0x04034b50
const typeMask = 0o170000
const regularFile = 0o100000

/**
 * Lists a zip whose entries all lie below `prefix` (`golang.org/toolchain@…/` or `go/`), without unpacking anything.
 * @throws ArchiveDamage
 */
export async function openZip(path: string, prefix: string): Promise<OpenZip> {
  const fd = openSync(path, 'r')
  try {
    return { files: await listFiles(fd, prefix), close: () => closeSync(fd) }
  } catch (error) {
    closeSync(fd)
    throw asDamage(error)
  }
}

async function listFiles(fd: number, prefix: string): Promise<ArchiveFile[]> {
  const { default: yauzl } = await import('yauzl')
  const reader = bufferedReader(new (yauzl.RandomAccessReader as unknown as new () => RandomAccessReader)(), fd)
  const files: ArchiveFile[] = []
  return new Promise((resolve, reject) => {
    // Its iterator makes a promise for each of 11,000 entries, which takes longer than reading them.
    const options = { autoClose: false, decodeStrings: false, lazyEntries: false }
    yauzl.fromRandomAccessReader(reader, fstatSync(fd).size, options, (error, zip) => {
      if (error !== null) return reject(error)
      const add = (entry: Entry): void => {
        const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true)
        const isFolder = name.endsWith('/') && entry.uncompressedSize === 0 && name.startsWith(prefix)
        if (!isFolder) files.push(zipFile(fd, entry, name, prefix))
      }
      zip.on('entry', (entry: Entry) => {
        try {
          add(entry)
        } catch (problem) {
          zip.removeAllListeners('entry')
          reject(problem)
        }
      })
      zip.on('error', reject)
      zip.on('end', () => resolve(files))
    })
  })
}

function zipFile(fd: number, entry: Entry, name: string, prefix: string): ArchiveFile {
  const mode = entry.versionMadeBy >> 8 === 3 ? (entry.externalFileAttributes >>> 16) & typeMask : 0
  const refuse = (what: string): never => {
    throw new ArchiveDamage(`it holds ${JSON.stringify(name)}, which is ${what}`)
  }
  if (mode !== 0 && mode !== regularFile) refuse('a link or no regular file')
  if (!name.startsWith(prefix)) refuse(`not below ${prefix}`)
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) refuse('compressed in an unknown way')
  if (entry.isEncrypted()) refuse('encrypted')
  const path = pathOnDisk(name.slice(prefix.length))
  const { uncompressedSize: size, compressedSize, compressionMethod, relativeOffsetOfLocalHeader: start } = entry
  const found: Found = { name, start, size, compressedSize, stored: compressionMethod === 0 }
  const small = size <= onePiece && compressedSize <= 2 * onePiece
  return { path, read: (take) => (small ? readAtOnce(fd, found, take) : readInPieces(fd, found, take)) }
}

/** What is kept of an entry: those of yauzl's are large, and there are 11,000. */
interface Found {
  readonly name: string
  /** Of the local header. */
  readonly start: number
  readonly size: number
  readonly compressedSize: number
  readonly stored: boolean
}

let buffer = Buffer.alloc(0)

function readAtOnce(fd: number, { name, start, size, compressedSize, stored }: Found, take: (piece: Uint8Array) => void): void {
  const headerLength = localHeaderSize + Buffer.byteLength(name)
  const wanted = headerLength + compressedSize
  if (buffer.length < wanted) buffer = Buffer.allocUnsafeSlow(Math.max(2 * wanted, 64 * 1024))
  readFully(fd, buffer, wanted, start)
  const more = checkLocalHeader(buffer, name, headerLength)
  if (more > 0) readFully(fd, buffer, compressedSize, start + headerLength + more, headerLength)
  const data = buffer.subarray(headerLength, headerLength + compressedSize)
  const content = stored ? data : inflate(data, size)
  if (content.length !== size) throw wrongSize()
  take(content)
}

/** Gives the length of the fields between name and data, which are in the local header only. */
function checkLocalHeader(bytes: Buffer, name: string, headerLength: number): number {
  if (bytes.readUInt32LE(0) !== localSignature || bytes.toString('utf8', localHeaderSize, headerLength) !== name)
    throw new ArchiveDamage(`it has no ${JSON.stringify(name)} where its directory says`)
  return bytes.readUInt16LE(28)
}

const wrongSize = (): ArchiveDamage => new ArchiveDamage('it is damaged (a file has not the size it should have)')

function inflate(data: Uint8Array, size: number): Buffer {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, size), chunkSize: Math.max(64, size) })
  } catch (error) {
    throw asDamage(error)
  }
}

function readFully(fd: number, into: Buffer, length: number, position: number, at = 0): void {
  for (let done = 0; done < length;) {
    const bytes = readSync(fd, into, at + done, length - done, position + done)
    if (bytes === 0) throw new ArchiveDamage('it is cut off')
    done += bytes
  }
}

/** Large files pass through in pieces, so that none is ever in memory whole. */
async function readInPieces(
  fd: number,
  { name, start, size, compressedSize, stored }: Found,
  take: (piece: Uint8Array) => void,
): Promise<void> {
  const headerLength = localHeaderSize + Buffer.byteLength(name)
  const header = Buffer.alloc(headerLength)
  readFully(fd, header, headerLength, start)
  const from = start + headerLength + checkLocalHeader(header, name, headerLength)
  const data = Readable.from(pieces(fd, from, from + compressedSize), { objectMode: false })
  let received = 0
  try {
    for await (const piece of stored ? data : data.pipe(createInflateRaw({ chunkSize: pieceSize }))) {
      if ((received += (piece as Buffer).length) > size) throw wrongSize()
      take(piece as Buffer)
    }
  } catch (error) {
    throw asDamage(error)
  }
  if (received !== size) throw wrongSize()
}
