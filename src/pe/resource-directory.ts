import { peError } from '../errors/pe.ts'
import type { ByteSource } from './byte-source.ts'
import { directoryIndex, fileOffsetOf, type PeHeaders } from './headers.ts'

/** One resource of an executable: its place in the three-level tree, and its bytes. */
export interface ResourceItem {
  /** A number (`resourceType`) or a name. */
  readonly type: number | string
  readonly id: number | string
  /** LANGID. */
  readonly language: number
  readonly codePage: number
  readonly data: Buffer
}

/** Predefined types (PE specification, "Resource Types"). */
export const resourceType = { icon: 3, groupIcon: 14, version: 16, manifest: 24 } as const

const entryLimit = 65_536

/**
 * Reads all resources of a PE file, in the order of the tree (names before numbers, ascending).
 * Only the resources themselves are read.
 * @throws PE_UNREADABLE when the tree points outside the file or is deeper than three levels.
 */
export async function readResources(file: ByteSource, headers: PeHeaders, path: string): Promise<ResourceItem[]> {
  const directory = headers.dataDirectories[directoryIndex.resource]
  if (directory === undefined || directory.virtualAddress === 0 || directory.size === 0) return []
  const section = headers.sections.find(
    ({ virtualAddress, rawSize }) => directory.virtualAddress >= virtualAddress && directory.virtualAddress < virtualAddress + rawSize,
  )
  if (section === undefined) throw damaged(path, 'its resource directory lies in no section')
  const start = directory.virtualAddress - section.virtualAddress
  if (section.rawOffset + section.rawSize > headers.fileSize) throw damaged(path, 'its resource section is cut off')
  const tree = await file.read(section.rawOffset + start, section.rawSize - start)
  const items: ResourceItem[] = []
  for (const leaf of leaves(tree, path)) {
    const offset = leaf.virtualAddress - directory.virtualAddress
    const inside = offset >= 0 && offset + leaf.size <= tree.length
    const data = inside ? Buffer.from(tree.subarray(offset, offset + leaf.size)) : await readElsewhere(file, headers, leaf, path)
    items.push({ type: leaf.type, id: leaf.id, language: leaf.language, codePage: leaf.codePage, data })
  }
  return items
}

interface Leaf extends Omit<ResourceItem, 'data'> {
  readonly virtualAddress: number
  readonly size: number
}

function leaves(tree: Buffer, path: string): Leaf[] {
  const found: Leaf[] = []
  try {
    for (const type of table(tree, 0)) {
      for (const id of table(tree, subtable(type))) {
        for (const language of table(tree, subtable(id))) {
          if (language.subtable || typeof language.key === 'string') throw new Error('its resource tree is not of three levels')
          if (found.length === entryLimit) throw new Error('its resource tree has too many entries')
          found.push({
            type: type.key,
            id: id.key,
            language: language.key,
            virtualAddress: tree.readUInt32LE(language.offset),
            size: tree.readUInt32LE(language.offset + 4),
            codePage: tree.readUInt32LE(language.offset + 8),
          })
        }
      }
    }
  } catch (cause) {
    throw damaged(path, cause instanceof RangeError ? 'its resource tree points outside the section' : (cause as Error).message)
  }
  return found
}

interface TableEntry {
  readonly key: number | string
  readonly offset: number
  readonly subtable: boolean
}

function table(tree: Buffer, offset: number): TableEntry[] {
  const count = tree.readUInt16LE(offset + 12) + tree.readUInt16LE(offset + 14)
  return Array.from({ length: count }, (_, index) => {
    const key = tree.readUInt32LE(offset + 16 + index * 8)
    const target = tree.readUInt32LE(offset + 20 + index * 8)
    const named = key >= 0x8000_0000
    return { key: named ? name(tree, key - 0x8000_0000) : key, offset: target & 0x7fff_ffff, subtable: target >= 0x8000_0000 }
  })
}

function subtable(entry: TableEntry): number {
  if (!entry.subtable) throw new Error('its resource tree is not of three levels')
  return entry.offset
}

function name(tree: Buffer, offset: number): string {
  const length = tree.readUInt16LE(offset) * 2
  if (offset + 2 + length > tree.length) throw new RangeError('name')
  return tree.toString('utf16le', offset + 2, offset + 2 + length)
}

async function readElsewhere(file: ByteSource, headers: PeHeaders, leaf: Leaf, path: string): Promise<Buffer> {
  const offset = fileOffsetOf(headers, leaf.virtualAddress)
  if (offset === undefined || offset + leaf.size > headers.fileSize) throw damaged(path, 'a resource lies outside the file')
  return file.read(offset, leaf.size)
}

const damaged = (path: string, reason: string): Error => peError('PE_UNREADABLE', { message: `${path} cannot be read: ${reason}.` })
