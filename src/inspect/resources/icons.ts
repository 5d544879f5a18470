import type { PeImage } from '../../pe/image.ts'
import { readImage } from '../../pe/image.ts'
import { damaged, ifWhole } from '../damage.ts'
import { languageName, readResource, resourceName, resourceType, type ResourceLeaf } from './directory.ts'

/** One icon group; Explorer shows the first, names before numbers. */
export interface Icon {
  readonly name: string
  readonly language: string
  readonly images: readonly IconImage[]
}

export interface IconImage {
  readonly id: number
  /** Pixels, as the image itself states them. */
  readonly width: number
  readonly height: number
  /** Bits a pixel. */
  readonly depth: number
  readonly format: 'png' | 'bmp'
  readonly size: number
}

const groupLimit = 64 * 1024
const mostImages = 1024
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Samples a pixel by PNG colour type. */
const pngSamples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Reads every icon group and the heads of its images; what is wrong is told and left out. */
export async function readIcons(
  image: PeImage,
  leaves: readonly ResourceLeaf[],
  tell: (message: string) => void,
): Promise<readonly Icon[]> {
  const icons = new Map(leaves.filter(({ type }) => type === resourceType.icon).map((leaf) => [iconKey(leaf.name, leaf.language), leaf]))
  const anyLanguage = new Map(leaves.filter(({ type }) => type === resourceType.icon).map((leaf) => [leaf.name, leaf]))
  const found: Icon[] = []
  let left = mostImages
  for (const group of leaves.filter(({ type }) => type === resourceType.iconGroup)) {
    const name = resourceName(group.name)
    const ids = await ifWhole(
      async () => parseGroup(await readResource(image, group, groupLimit)),
      (reason) => tell(`Icon group ${name}: ${reason}`),
    )
    const images: IconImage[] = []
    if ((ids?.length ?? 0) > left) {
      tell(`There are more than ${mostImages} icon images; the rest was not read.`)
      break
    }
    left -= ids?.length ?? 0
    for (const id of ids ?? []) {
      const leaf = icons.get(iconKey(id, group.language)) ?? anyLanguage.get(id)
      const told = (reason: string): void => tell(`Icon ${id} of group ${name}: ${reason}`)
      const one = await ifWhole(() => (leaf === undefined ? damaged('There is no such image.') : readImageHead(image, leaf, id)), told)
      if (one !== undefined) images.push(one)
    }
    found.push({ name, language: languageName(group.language), images })
  }
  return found
}

function iconKey(name: number | string, language: number): string {
  return `${language}/${resourceName(name)}`
}

/** GRPICONDIR: six bytes, then 14 a image; the last two are the id of the RT_ICON. */
function parseGroup(bytes: Buffer): readonly number[] {
  if (bytes.readUInt16LE(2) !== 1) damaged('It is no icon directory.')
  return Array.from({ length: bytes.readUInt16LE(4) }, (_, index) => bytes.readUInt16LE(6 + index * 14 + 12))
}

async function readImageHead(image: PeImage, leaf: ResourceLeaf, id: number): Promise<IconImage> {
  const head = await readImage(image, leaf.virtualAddress, Math.min(40, leaf.size))
  const lastByte = await readImage(image, leaf.virtualAddress + leaf.size - 1, 1)
  if (lastByte.length === 0) damaged('Its data lies outside the file.')
  if (head.subarray(0, 8).equals(pngSignature)) {
    const depth = head.readUInt8(24) * (pngSamples[head.readUInt8(25)] ?? 0)
    return { id, width: head.readUInt32BE(16), height: head.readUInt32BE(20), depth, format: 'png', size: leaf.size }
  }
  if (head.readUInt32LE(0) !== 40) damaged('It is neither a PNG nor a bitmap.')
  // A bitmap in an icon counts the rows of its mask too.
  return { id, width: head.readInt32LE(4), height: head.readInt32LE(8) / 2, depth: head.readUInt16LE(14), format: 'bmp', size: leaf.size }
}
