import { createReadStream, createWriteStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Archiver } from 'archiver'
import type { ArchiveFormat, ArchivePlan } from './types.ts'

/** One entry, in the order it is written. A folder has no source. */
export interface ArchiveEntry {
  readonly name: string
  readonly source?: string
  readonly mode: number
}

// Zip holds times from 1980 to 2107 in steps of two seconds (APPNOTE 4.4.6).
const firstZipTime = Date.UTC(1980, 0, 1) / 1000
const lastZipTime = Date.UTC(2107, 11, 31, 23, 59, 58) / 1000
const level = 6
/** Bytes handed over at a time: at Node's defaults (64 and 16 KiB) the packing threads wait a sixth of the time. */
const readSize = 256 * 1024
const chunkSize = 64 * 1024

/**
 * Writes a zip or tar.gz whose bytes depend on nothing but names, modes, contents, comment and `time` (seconds since 1970).
 * Entries go in one after the other: left to its own queue, archiver orders them by whichever file is read first.
 */
export async function writeArchive(
  path: string,
  { format, time, comment = '' }: Pick<ArchivePlan, 'format' | 'time' | 'comment'>,
  entries: readonly ArchiveEntry[],
  signal: AbortSignal,
): Promise<void> {
  const { TarArchive, ZipArchive } = await import('archiver')
  const archive: Archiver =
    format === 'zip'
      ? new ZipArchive({ comment, zlib: { level, chunkSize } })
      : new TarArchive({ gzip: true, gzipOptions: { level, chunkSize } })
  const seconds = format === 'zip' ? Math.min(lastZipTime, Math.max(firstZipTime, time - (time % 2))) : time
  const failed = new Promise<never>((_, reject) => archive.once('error', reject).once('warning', reject))
  const written = pipeline(archive, createWriteStream(path, { mode: 0o644 }), { signal })
  const append = async (): Promise<void> => {
    for (const entry of entries) await addEntry(archive, entry, new Date(seconds * 1000))
    await archive.finalize()
  }
  await Promise.race([Promise.all([append(), written]), failed])
  await seal(path, format)
}

async function addEntry(archive: Archiver, { name, source, mode }: ArchiveEntry, date: Date): Promise<void> {
  const stats = source === undefined ? undefined : await stat(source)
  await new Promise<void>((resolve, reject) => {
    archive.once('entry', () => resolve())
    if (source === undefined) archive.append(Buffer.alloc(0), { name: `${name}/`, type: 'directory', date, mode } as never)
    else archive.append(createReadStream(source, { highWaterMark: readSize }).once('error', reject), { name, date, mode, stats } as never)
  })
}

/** Fixes mode and, in gzip's header, the byte that names the host system (RFC 1952, OS: 255 unknown); flushes. */
async function seal(path: string, format: ArchiveFormat): Promise<void> {
  const file = await open(path, 'r+')
  try {
    if (format === 'tar.gz') await file.write(Buffer.from([255]), 0, 1, 9)
    await file.chmod(0o644)
    await file.sync()
  } finally {
    await file.close()
  }
}
