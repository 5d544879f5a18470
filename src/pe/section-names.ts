import type { ByteSource } from './byte-source.ts'
import type { PeHeaders } from './headers.ts'

const symbolSize = 18
const longestName = 256

/** Size of the COFF symbol table and the string table after it, in bytes; 0 when there is none or it lies outside the file. */
export async function symbolTableSize(source: ByteSource, headers: PeHeaders): Promise<number> {
  if (headers.symbolTableOffset === 0 || headers.symbolTableOffset >= source.size) return 0
  const strings = headers.symbolTableOffset + headers.symbolCount * symbolSize
  if (strings > source.size) return source.size - headers.symbolTableOffset
  const length = await source.read(strings, 4)
  const stringsSize = length.length === 4 ? Math.max(4, length.readUInt32LE(0)) : length.length
  return Math.min(source.size, strings + stringsSize) - headers.symbolTableOffset
}

/**
 * The names of all sections. Names longer than eight bytes stand in the COFF string table and read "/123" in the header
 * (PE/COFF specification, "Section Table"); one that cannot be resolved stays as it is.
 */
export async function readSectionNames(source: ByteSource, headers: PeHeaders): Promise<readonly string[]> {
  const strings = headers.symbolTableOffset + headers.symbolCount * symbolSize
  const names: string[] = []
  for (const { name } of headers.sections) {
    const place = headers.symbolTableOffset > 0 ? /^\/(\d{1,7})$/.exec(name)?.[1] : undefined
    const bytes = place === undefined ? undefined : await source.read(strings + Number(place), longestName)
    const end = bytes?.indexOf(0) ?? -1
    names.push(bytes !== undefined && end > 0 ? bytes.toString('utf8', 0, end) : name)
  }
  return names
}
