import { NtExecutable, NtExecutableResource } from 'pe-library'
import type { ResourceItem } from '../../pe/resource-directory.ts'
import type { ResourceSection } from '../../pe/section-headers.ts'

/**
 * Lays the resource tree out for its address. The order of the items does not matter: they are sorted,
 * so that the same resources always give the same bytes.
 */
export function resourceSection(items: readonly ResourceItem[], virtualAddress: number, fileAlignment: number): ResourceSection {
  const tree = NtExecutableResource.from(NtExecutable.createEmpty())
  tree.entries = toLibraryEntries(items)
  const { bin, rawSize } = tree.generateResourceData(virtualAddress, fileAlignment, false, true)
  const bytes = new Uint8Array(bin)
  bytes.fill(0, rawSize)
  return { bytes, size: rawSize }
}

/** As pe-library wants them, in the order of the tree. */
export function toLibraryEntries(items: readonly ResourceItem[]): NtExecutableResource['entries'] {
  return [...items].sort(byPlace).map(({ type, id, language, codePage, data }) => {
    const bytes = new Uint8Array(data)
    return { type, id, lang: language, codepage: codePage, bin: bytes.buffer }
  })
}

function byPlace(a: ResourceItem, b: ResourceItem): number {
  return byKey(a.type, b.type) || byKey(a.id, b.id) || a.language - b.language
}

/** Names come before numbers, and are compared by code unit: the order Windows searches in. */
function byKey(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  return typeof a === 'string' ? -1 : 1
}
