import type { Entry, ZipFile } from 'yauzl'
import type { ArchiveEntry, ExecutableInspection } from '../types.ts'

export interface ZipRow {
  readonly zip: ZipFile
  readonly entry: Entry
  readonly name: string
  readonly localExtraLength: number
}

/** What reading an entry's content gave. */
export interface Unpacked {
  readonly sha256: string
  readonly executable: ExecutableInspection | null
}

const unix = 3
const typeMask = 0o170000
const types: Readonly<Record<number, ArchiveEntry['type']>> = { 0: 'file', 0o100000: 'file', 0o040000: 'folder', 0o120000: 'symlink' }
const methods: Readonly<Record<number, string>> = { 0: 'store', 8: 'deflate' }

export function describeZipEntry({ entry, name }: ZipRow, read: Unpacked | undefined): ArchiveEntry {
  const mode = entry.versionMadeBy >> 8 === unix ? entry.externalFileAttributes >>> 16 : null
  return {
    name,
    type: name.endsWith('/') ? 'folder' : (types[(mode ?? 0) & typeMask] ?? 'other'),
    size: entry.uncompressedSize,
    compressedSize: entry.compressedSize,
    method: methods[entry.compressionMethod] ?? String(entry.compressionMethod),
    mode: mode === null ? null : (mode & 0o7777).toString(8).padStart(4, '0'),
    modified: dosTime(entry.lastModFileDate, entry.lastModFileTime),
    sha256: read?.sha256 ?? null,
    executable: read?.executable ?? null,
  }
}

/** DOS date and time, two-second steps, no zone. */
function dosTime(date: number, time: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${1980 + (date >> 9)}-${two((date >> 5) & 15)}-${two(date & 31)}`
  return `${day}T${two(time >> 11)}:${two((time >> 5) & 63)}:${two((time & 31) * 2)}`
}
