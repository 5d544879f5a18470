import type { ByteSource } from './byte-source.ts'
import { fileOffsetOf, parsePeHeaders, type PeHeaders } from './headers.ts'

/** A PE file whose headers have been read. */
export interface PeImage {
  readonly headers: PeHeaders
  readonly source: ByteSource
}

const headerLimit = 64 * 1024

/**
 * Reads the headers.
 * @throws PE_UNREADABLE when the source is no PE file or its headers are cut.
 */
export async function openPeImage(source: ByteSource, path: string): Promise<PeImage> {
  return { headers: parsePeHeaders(await source.read(0, headerLimit), source.size, path), source }
}

/**
 * Up to `length` bytes at an address relative to the image base. Fewer where the section's file data ends;
 * none where no section's file data holds the address.
 */
export async function readImage(image: PeImage, virtualAddress: number, length: number): Promise<Buffer> {
  const { headers, source } = image
  const offset = fileOffsetOf(headers, virtualAddress)
  if (offset === undefined) return Buffer.alloc(0)
  const section = headers.sections.find(({ rawOffset, rawSize }) => offset >= rawOffset && offset < rawOffset + rawSize)!
  return source.read(offset, Math.min(length, section.rawOffset + section.rawSize - offset))
}

/** A zero-terminated Latin-1 string of at most `limit` bytes; undefined when it does not end within them. */
export async function readImageString(image: PeImage, virtualAddress: number, limit: number): Promise<string | undefined> {
  const bytes = await readImage(image, virtualAddress, limit)
  const end = bytes.indexOf(0)
  return end < 0 ? undefined : bytes.toString('latin1', 0, end)
}
