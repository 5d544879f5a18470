import { directoryIndex } from '../../pe/headers.ts'
import type { PeImage } from '../../pe/image.ts'
import { readImage } from '../../pe/image.ts'
import { damaged } from '../damage.ts'

/** One resource: a number or a name at each level, then where its data is. */
export interface ResourceLeaf {
  readonly type: number | string
  readonly name: number | string
  readonly language: number
  readonly virtualAddress: number
  readonly size: number
}

export const resourceType = { icon: 3, version: 16, iconGroup: 14, manifest: 24 } as const

const entryLimit = 16_384
/** Characters; the names resource compilers write are far shorter. */
const nameLimit = 1024

/**
 * Reads the tree of type, name and language (PE/COFF specification, "The .rsrc Section"). A directory is read once:
 * one that is reached again would be a cycle.
 * @throws INSPECT_DAMAGED when the tree is cut off, cyclic, too deep or too large.
 */
export async function readResourceDirectory(image: PeImage): Promise<readonly ResourceLeaf[]> {
  const root = image.headers.dataDirectories[directoryIndex.resource]
  if (root === undefined || root.virtualAddress === 0) return []
  const leaves: ResourceLeaf[] = []
  const seen = new Set<number>()
  let entries = 0

  async function readAt(offset: number, length: number): Promise<Buffer> {
    const bytes = await readImage(image, root!.virtualAddress + offset, length)
    return bytes.length === length ? bytes : damaged('The resource directory is cut off or lies outside the file.')
  }

  async function readKey(id: number): Promise<number | string> {
    if (id < 0x8000_0000) return id
    const length = (await readAt(id - 0x8000_0000, 2)).readUInt16LE(0)
    if (length > nameLimit) damaged(`The resource directory has a name of ${length} characters.`)
    return (await readAt(id - 0x8000_0000 + 2, length * 2)).toString('utf16le')
  }

  async function readDirectory(offset: number, keys: readonly (number | string)[]): Promise<void> {
    if (seen.has(offset)) damaged('The resource directory runs in a circle.')
    seen.add(offset)
    const header = await readAt(offset, 16)
    const count = header.readUInt16LE(12) + header.readUInt16LE(14)
    for (let index = 0; index < count; index++) {
      if (++entries > entryLimit) damaged(`The resource directory has more than ${entryLimit} entries.`)
      const entry = await readAt(offset + 16 + index * 8, 8)
      const path = [...keys, await readKey(entry.readUInt32LE(0))]
      const child = entry.readUInt32LE(4)
      if (child < 0x8000_0000) await readLeaf(child, path)
      else if (path.length < 3) await readDirectory(child - 0x8000_0000, path)
      else damaged('The resource directory has more than three levels.')
    }
  }

  async function readLeaf(offset: number, [type = 0, name = 0, language = 0]: readonly (number | string)[]): Promise<void> {
    const data = await readAt(offset, 16)
    leaves.push({
      type,
      name,
      language: typeof language === 'number' ? language & 0xffff : 0,
      virtualAddress: data.readUInt32LE(0),
      size: data.readUInt32LE(4),
    })
  }

  await readDirectory(0, [])
  return leaves
}

/**
 * The data of a resource.
 * @throws INSPECT_DAMAGED when it is longer than `limit` bytes or lies outside the file.
 */
export async function readResource(image: PeImage, leaf: ResourceLeaf, limit: number): Promise<Buffer> {
  if (leaf.size > limit) damaged(`It states a size of ${leaf.size} bytes.`)
  const bytes = await readImage(image, leaf.virtualAddress, leaf.size)
  return bytes.length === leaf.size ? bytes : damaged('Its data lies outside the file.')
}

const typeNames: Readonly<Record<number, string>> = {
  1: 'RT_CURSOR',
  2: 'RT_BITMAP',
  3: 'RT_ICON',
  4: 'RT_MENU',
  5: 'RT_DIALOG',
  6: 'RT_STRING',
  7: 'RT_FONTDIR',
  8: 'RT_FONT',
  9: 'RT_ACCELERATOR',
  10: 'RT_RCDATA',
  11: 'RT_MESSAGETABLE',
  12: 'RT_GROUP_CURSOR',
  14: 'RT_GROUP_ICON',
  16: 'RT_VERSION',
  17: 'RT_DLGINCLUDE',
  19: 'RT_PLUGPLAY',
  20: 'RT_VXD',
  21: 'RT_ANICURSOR',
  22: 'RT_ANIICON',
  23: 'RT_HTML',
  24: 'RT_MANIFEST',
}

export function resourceTypeName(type: number | string): string {
  return typeof type === 'number' ? (typeNames[type] ?? `#${type}`) : type
}

/** `#1` for a number; names as they are. */
export function resourceName(name: number | string): string {
  return typeof name === 'number' ? `#${name}` : name
}

/** A LANGID as four hex digits. */
export function languageName(language: number): string {
  return language.toString(16).padStart(4, '0')
}
