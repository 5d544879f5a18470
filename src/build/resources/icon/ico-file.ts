import type { IconImage } from './types.ts'

const headerSize = 6
const entrySize = 16

/** An .ico file of images. */
export function encodeIco(images: readonly IconImage[]): Buffer {
  const directory = Buffer.alloc(headerSize + images.length * entrySize)
  directory.writeUInt16LE(1, 2)
  directory.writeUInt16LE(images.length, 4)
  let offset = directory.length
  for (const [index, image] of images.entries()) {
    const entry = headerSize + index * entrySize
    directory.writeUInt8(image.width >= 256 ? 0 : image.width, entry)
    directory.writeUInt8(image.height >= 256 ? 0 : image.height, entry + 1)
    directory.writeUInt8(image.colors, entry + 2)
    directory.writeUInt16LE(image.planes, entry + 4)
    directory.writeUInt16LE(image.bitCount, entry + 6)
    directory.writeUInt32LE(image.data.length, entry + 8)
    directory.writeUInt32LE(offset, entry + 12)
    offset += image.data.length
  }
  return Buffer.concat([directory, ...images.map(({ data }) => data)])
}
