import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'
import type { Entry, RandomAccessReader, ZipFile } from 'yauzl'
import { bufferedReader } from './buffered-reader.ts'
import { ArchiveDamage, asDamage } from './damage.ts'
import { pathOnDisk, type ArchiveFile } from './files.ts'

export interface OpenZip {
  readonly files: readonly ArchiveFile[]
  readonly close: () => void
}

/** Files up to this size are unpacked in one piece: a stream for each of 11,000 files costs more than all the rest. */
const onePiece = 256 * 1024
const localHeaderSize = 30
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
        if (!isFolder) files.push(zipFile(fd, zip, entry, name, prefix))
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

function zipFile(fd: number, zip: ZipFile, entry: Entry, name: string, prefix: string): ArchiveFile {
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
  // An entry of yauzl's is large: those of small files are let go.
  if (size > onePiece || compressedSize > 2 * onePiece) return { path, read: (take) => readStreamed(zip, entry, take) }
  return { path, read: (take) => readAtOnce(fd, { name, start, size, compressedSize, stored: compressionMethod === 0 }, take) }
}

interface SmallEntry {
  readonly name: string
  /** Of the local header. */
  readonly start: number
  readonly size: number
  readonly compressedSize: number
  readonly stored: boolean
}

let buffer = Buffer.alloc(0)

/** Reads the local header and the data behind it. */
function readAtOnce(fd: number, entry: SmallEntry, take: (piece: Uint8Array) => void): void {
  const { name, start, size, compressedSize, stored } = entry
  const headerLength = localHeaderSize + Buffer.byteLength(name)
  const wanted = headerLength + compressedSize
  if (buffer.length < wanted) buffer = Buffer.allocUnsafeSlow(Math.max(2 * wanted, 64 * 1024))
  readFully(fd, wanted, start)
  if (buffer.readUInt32LE(0) !== 0x04034b50 || buffer.toString('utf8', localHeaderSize, headerLength) !== name)
    throw new ArchiveDamage(`it has no ${JSON.stringify(name)} where its directory says`)
  // Fields between name and data are in the local header only.
  const more = buffer.readUInt16LE(28)
  if (more > 0) readFully(fd, compressedSize, start + headerLength + more, headerLength)
  const data = buffer.subarray(headerLength, headerLength + compressedSize)
  const content = stored ? data : inflate(data, size)
  if (content.length !== size) throw new ArchiveDamage('it is damaged (a file has not the size it should have)')
  take(content)
}

function inflate(data: Uint8Array, size: number): Buffer {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(1, size), chunkSize: Math.max(64, size) })
  } catch (error) {
    throw asDamage(error)
  }
}

function readFully(fd: number, length: number, position: number, at = 0): void {
  for (let done = 0; done < length;) {
    const bytes = readSync(fd, buffer, at + done, length - done, position + done)
    if (bytes === 0) throw new ArchiveDamage('it is cut off')
    done += bytes
  }
}

async function readStreamed(zip: ZipFile, entry: Entry, take: (piece: Uint8Array) => void): Promise<void> {
  try {
    for await (const piece of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>) take(piece)
  } catch (error) {
    throw asDamage(error)
  }
}
