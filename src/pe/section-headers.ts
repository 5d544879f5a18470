import { directoryIndex, type PeHeaders } from './headers.ts'
import { roundUp, type SectionPlace } from './section-layout.ts'

/** A resource section ready to be written: `bytes` is padded to the file alignment, `size` is what of it counts. */
export interface ResourceSection {
  readonly bytes: Uint8Array
  readonly size: number
}

const readableData = 0x4000_0040

/**
 * Changes the headers in `bytes` (the start of the file) to what they are with the new resource section:
 * section table, data directories, sizes, COFF symbol pointer. The checksum is set to zero.
 */
export function patchHeaders(bytes: Buffer, headers: PeHeaders, place: SectionPlace, section: ResourceSection): void {
  const virtualSize = roundUp(section.size, headers.sectionAlignment)
  const movedInMemory = virtualSize - place.oldVirtualSize
  const movedInFile = place.rawOffset + section.bytes.length - place.cutTo
  const coff = headers.peOffset + 4
  const optional = headers.optionalHeaderOffset

  for (const [index, other] of headers.sections.entries()) {
    const offset = headers.sectionTableOffset + index * 40
    if (index !== place.index && other.virtualAddress > place.virtualAddress)
      bytes.writeUInt32LE(other.virtualAddress + movedInMemory, offset + 12)
    if (index !== place.index && other.rawSize > 0 && other.rawOffset >= place.cutTo)
      bytes.writeUInt32LE(other.rawOffset + movedInFile, offset + 20)
  }
  for (const [index, directory] of headers.dataDirectories.entries()) {
    if (directory.virtualAddress > place.virtualAddress)
      bytes.writeUInt32LE(directory.virtualAddress + movedInMemory, headers.dataDirectoriesOffset + index * 8)
  }
  if (headers.symbolTableOffset >= place.cutTo) bytes.writeUInt32LE(headers.symbolTableOffset + movedInFile, coff + 8)
  if (place.retired !== undefined) bytes.write('.oldrsrc', headers.sectionTableOffset + place.retired * 40, 'latin1')

  if (place.index === headers.sections.length) writeNewSectionHeader(bytes, headers.sectionTableOffset + place.index * 40)
  writeSectionPlace(bytes, headers.sectionTableOffset + place.index * 40, place, section)
  bytes.writeUInt16LE(Math.max(headers.sections.length, place.index + 1), coff + 2)
  bytes.writeUInt32LE(place.virtualAddress, headers.dataDirectoriesOffset + directoryIndex.resource * 8)
  bytes.writeUInt32LE(section.size, headers.dataDirectoriesOffset + directoryIndex.resource * 8 + 4)
  bytes.writeUInt32LE(bytes.readUInt32LE(optional + 8) + section.bytes.length - place.oldRawSize, optional + 8)
  const added = place.index === headers.sections.length
  bytes.writeUInt32LE(added ? place.virtualAddress + virtualSize : headers.sizeOfImage + movedInMemory, optional + 56)
  bytes.writeUInt32LE(0, headers.checksumOffset)
}

function writeNewSectionHeader(bytes: Buffer, offset: number): void {
  bytes.fill(0, offset, offset + 40)
  bytes.write('.rsrc', offset, 'latin1')
  bytes.writeUInt32LE(readableData, offset + 36)
}

function writeSectionPlace(bytes: Buffer, offset: number, place: SectionPlace, section: ResourceSection): void {
  bytes.writeUInt32LE(section.size, offset + 8)
  bytes.writeUInt32LE(place.virtualAddress, offset + 12)
  bytes.writeUInt32LE(section.bytes.length, offset + 16)
  bytes.writeUInt32LE(place.rawOffset, offset + 20)
}
