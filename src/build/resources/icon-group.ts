import { resourceType, type ResourceItem } from '../../pe/resource-directory.ts'
import type { IconImage } from './icon/types.ts'
import type { ResourceRequest } from './types.ts'

const groupHeader = 6
const groupEntry = 14
const englishUs = 0x0409

/** The group Explorer shows: the first in the tree, names before numbers. */
export function firstIconGroup(items: readonly ResourceItem[]): ResourceItem | undefined {
  return items.find(({ type }) => type === resourceType.groupIcon)
}

/** A fallback icon is not even read where the exe has one. */
export function wantsIcon(existing: readonly ResourceItem[], request: ResourceRequest): boolean {
  return request.icon !== undefined && (request.icon.layer === 'configured' || firstIconGroup(existing) === undefined)
}

/**
 * Puts an icon in the place of the first icon group, or adds it as group 1; all other groups keep their images.
 * Images no group refers to any longer are dropped.
 */
export function replaceIcon(items: readonly ResourceItem[], images: readonly IconImage[]): ResourceItem[] {
  const old = firstIconGroup(items)
  const kept = withoutGroup(items, old)
  const ids = freeIds(kept, images.length)
  const language = old?.language ?? englishUs
  return [
    ...kept,
    ...images.map(({ data }, index) => ({ type: resourceType.icon, id: ids[index]!, language, codePage: 0, data })),
    { type: resourceType.groupIcon, id: old?.id ?? 1, language, codePage: 0, data: encodeGroup(images, ids) },
  ]
}

/** Takes out every icon group and image. */
export function dropIcons(items: readonly ResourceItem[]): ResourceItem[] {
  return items.filter(({ type }) => type !== resourceType.icon && type !== resourceType.groupIcon)
}

function withoutGroup(items: readonly ResourceItem[], group: ResourceItem | undefined): ResourceItem[] {
  if (group === undefined) return [...items]
  const others = items.filter((item) => item !== group)
  const used = new Set(others.filter(({ type }) => type === resourceType.groupIcon).flatMap(({ data }) => imageIds(data)))
  const orphans = new Set(imageIds(group.data).filter((id) => !used.has(id)))
  return others.filter(({ type, id }) => type !== resourceType.icon || typeof id === 'string' || !orphans.has(id))
}

/** Ids in use in no language: Windows looks an image up by its id alone. */
function freeIds(items: readonly ResourceItem[], count: number): number[] {
  const taken = new Set(items.filter(({ type }) => type === resourceType.icon).map(({ id }) => id))
  const free: number[] = []
  for (let id = 1; free.length < count; id++) if (!taken.has(id)) free.push(id)
  return free
}

/** The ids of the images a group (GRPICONDIR) refers to. */
export function imageIds(group: Buffer): number[] {
  if (group.length < groupHeader) return []
  const count = Math.min(group.readUInt16LE(4), Math.floor((group.length - groupHeader) / groupEntry))
  return Array.from({ length: count }, (_, index) => group.readUInt16LE(groupHeader + index * groupEntry + 12))
}

/**
 * The images of a group, in its order. Their length is that of the data, not what the group states:
 * rcedit writes only the lower 16 bits of it.
 */
export function groupImages(group: ResourceItem, items: readonly ResourceItem[]): IconImage[] {
  return imageIds(group.data).flatMap((id, index) => {
    const image = items.find((item) => item.type === resourceType.icon && item.id === id)
    const offset = groupHeader + index * groupEntry
    if (image === undefined) return []
    return {
      width: group.data.readUInt8(offset) || 256,
      height: group.data.readUInt8(offset + 1) || 256,
      colors: group.data.readUInt8(offset + 2),
      planes: group.data.readUInt16LE(offset + 4),
      bitCount: group.data.readUInt16LE(offset + 6),
      data: image.data,
    }
  })
}

/** GRPICONDIR: like the directory of an .ico, with ids for offsets; 256 pixels are written as 0. */
function encodeGroup(images: readonly IconImage[], ids: readonly number[]): Buffer {
  const group = Buffer.alloc(groupHeader + images.length * groupEntry)
  group.writeUInt16LE(1, 2)
  group.writeUInt16LE(images.length, 4)
  for (const [index, image] of images.entries()) {
    const offset = groupHeader + index * groupEntry
    group.writeUInt8(image.width >= 256 ? 0 : image.width, offset)
    group.writeUInt8(image.height >= 256 ? 0 : image.height, offset + 1)
    group.writeUInt8(image.colors, offset + 2)
    group.writeUInt16LE(image.planes, offset + 4)
    group.writeUInt16LE(image.bitCount, offset + 6)
    group.writeUInt32LE(image.data.length, offset + 8)
    group.writeUInt16LE(ids[index]!, offset + 12)
  }
  return group
}
