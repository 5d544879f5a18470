import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { Archiver } from 'archiver'
import type { ArchiveFormat } from './types.ts'

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

/**
 * Writes a zip or tar.gz whose bytes depend on nothing but names, modes, contents and `time` (seconds since 1970).
 */
export async function writeArchive(path: string, format: ArchiveFormat, entries: readonly ArchiveEntry[], time: number, signal: AbortSignal): Promise<void> {
  const { TarArchive, ZipArchive } = await import('archiver')
  const archive: Archiver = format === 'zip' ? new ZipArchive({ zlib: { level } }) : new TarArchive({ gzip: true, gzipOptions: { level } })
  const seconds = format === 'zip' ? Math.min(lastZipTime, Math.max(firstZipTime, time - (time % 2))) : time
  const date = new Date(seconds * 1000)
  const failed = new Promise<never>((_, reject) => archive.once('error', reject).once('warning', reject))
  const written = pipeline(archive, createWriteStream(path, { mode: 0o644 }), { signal })
  for (const { name, source, mode } of entries) {
    if (source === undefined) archive.append(Buffer.alloc(0), { name: `${name}/`, type: 'directory', date, mode } as never)
    else archive.file(source, { name, date, mode } as never)
  }
  await Promise.race([Promise.all([archive.finalize(), written]), failed])
  const file = await open(path, 'r+')
  try {
    await file.chmod(0o644)
    await file.sync()
  } finally {
    await file.close()
  }
}
