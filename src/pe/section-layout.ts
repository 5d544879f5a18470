import { directoryIndex, endOfSections, type PeHeaders, type PeSection } from './headers.ts'

/** Where a resource section goes; file offsets and addresses in bytes. */
export interface SectionPlace {
  /** Index into the section table; equal to the number of sections when it is added. */
  readonly index: number
  readonly virtualAddress: number
  readonly rawOffset: number
  /** The bytes of the old file that are left out: the old section's, or none where they are equal. */
  readonly cutFrom: number
  readonly cutTo: number
  /** How much of the address space the section had. */
  readonly oldVirtualSize: number
  readonly oldRawSize: number
  /** Index of an old resource section that has to stay where it is, out of use. */
  readonly retired?: number
}

/** Discardable sections (relocations, DWARF) are found by name or by data directory, so they may move in the address space. */
const discardable = 0x0200_0000

/**
 * Finds the place for new resources: the old resource section's where that can grow, else a new section behind all others.
 * Whatever follows the sections in the file (COFF symbols, appended data) is pushed back, never overwritten.
 * Undefined when the section table is full.
 */
export function placeForResources(headers: PeHeaders): SectionPlace | undefined {
  const old = resourceSection(headers)
  if (old !== undefined && canGrow(headers, old.section)) {
    return {
      index: old.index,
      virtualAddress: old.section.virtualAddress,
      rawOffset: old.section.rawOffset,
      cutFrom: old.section.rawOffset,
      cutTo: old.section.rawOffset + old.section.rawSize,
      oldVirtualSize: roundUp(old.section.virtualSize || old.section.rawSize, headers.sectionAlignment),
      oldRawSize: old.section.rawSize,
    }
  }
  if (!hasRoom(headers)) return undefined
  const end = endOfSections(headers)
  return {
    index: headers.sections.length,
    virtualAddress: headers.sections.reduce(
      (next, section) => Math.max(next, endInMemory(headers, section)),
      roundUp(headers.sizeOfHeaders, headers.sectionAlignment),
    ),
    rawOffset: roundUp(end, headers.fileAlignment),
    cutFrom: end,
    cutTo: end,
    oldVirtualSize: 0,
    oldRawSize: 0,
    ...(old === undefined ? {} : { retired: old.index }),
  }
}

function resourceSection(headers: PeHeaders): { index: number; section: PeSection } | undefined {
  const address = headers.dataDirectories[directoryIndex.resource]?.virtualAddress ?? 0
  const index = headers.sections.findIndex((section) => section.virtualAddress === address)
  const section = headers.sections[index]
  return address === 0 || section === undefined || section.rawSize === 0 ? undefined : { index, section }
}

/** The section holds nothing but resources, and everything behind it in memory may move. */
function canGrow(headers: PeHeaders, section: PeSection): boolean {
  const shared = headers.dataDirectories.some(
    ({ virtualAddress }, index) =>
      index !== directoryIndex.resource && virtualAddress >= section.virtualAddress && virtualAddress < endInMemory(headers, section),
  )
  const behind = headers.sections.filter(({ virtualAddress }) => virtualAddress > section.virtualAddress)
  return !shared && behind.every(({ characteristics }) => (characteristics & discardable) !== 0)
}

/** One more section header fits between the table and the first section's bytes (or bound imports, which old linkers put there). */
function hasRoom(headers: PeHeaders): boolean {
  const end = headers.sectionTableOffset + (headers.sections.length + 1) * 40
  const firstBytes = headers.sections.reduce(
    (first, { rawOffset, rawSize }) => (rawSize === 0 ? first : Math.min(first, rawOffset)),
    headers.sizeOfHeaders,
  )
  const inHeaders = headers.dataDirectories.filter(({ virtualAddress, size }) => size > 0 && virtualAddress < headers.sizeOfHeaders)
  return end <= firstBytes && inHeaders.every(({ virtualAddress }) => virtualAddress >= end)
}

function endInMemory(headers: PeHeaders, section: PeSection): number {
  return section.virtualAddress + roundUp(section.virtualSize || section.rawSize, headers.sectionAlignment)
}

export function roundUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment
}
