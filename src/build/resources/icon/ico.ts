import { resourceError } from '../../../errors/resources.ts'
import { isPng, readPngHeader } from './png-check.ts'
import type { IconImage } from './types.ts'

const headerSize = 6
const entrySize = 16
const bitmapHeaderSize = 40
const bitCounts = [1, 4, 8, 16, 24, 32]

export function isIco(bytes: Buffer): boolean {
  return bytes.length >= headerSize && bytes.readUInt32LE(0) === 0x0001_0000
}

/**
 * The images of an .ico file, their bytes untouched; sizes are those of the images themselves.
 * @throws ICON_BROKEN when the directory or an image is damaged: Windows would show nothing, or garbage.
 */
export function parseIco(bytes: Buffer, path: string): IconImage[] {
  const broken = (reason: string): Error => resourceError('ICON_BROKEN', { message: `The icon ${path} is damaged: ${reason}.` })
  const count = bytes.readUInt16LE(4)
  if (count === 0) throw broken('it holds no image')
  if (headerSize + count * entrySize > bytes.length) throw broken('its directory is cut off')
  return Array.from({ length: count }, (_, index) => {
    const entry = headerSize + index * entrySize
    const size = bytes.readUInt32LE(entry + 8)
    const offset = bytes.readUInt32LE(entry + 12)
    if (size === 0 || offset < headerSize + count * entrySize || offset + size > bytes.length)
      throw broken(`image ${index + 1} lies outside the file`)
    const data = bytes.subarray(offset, offset + size)
    const shape = isPng(data) ? pngShape(data) : bitmapShape(data)
    if (typeof shape === 'string') throw broken(`image ${index + 1} ${shape}`)
    return {
      width: shape.width,
      height: shape.height,
      colors: bytes.readUInt8(entry + 2),
      // Some editors leave these out, but Explorer chooses by them.
      planes: bytes.readUInt16LE(entry + 4) || 1,
      bitCount: bytes.readUInt16LE(entry + 6) || shape.bitCount,
      data,
    }
  })
}

interface Shape {
  readonly width: number
  readonly height: number
  readonly bitCount: number
}

function pngShape(data: Buffer): Shape | string {
  const header = readPngHeader(data)
  if (header === undefined) return 'is a PNG without a header'
  if (header.width < 1 || header.height < 1 || header.width > 1024 || header.height > 1024)
    return `claims to be ${header.width} × ${header.height} pixels`
  // The last chunk of a PNG is always the same twelve bytes; without it the image is cut off.
  if (data.indexOf('IEND', 8, 'latin1') === -1) return 'is a PNG that is cut off'
  return { width: header.width, height: header.height, bitCount: 32 }
}

/** A bitmap in an icon has no file header, and states twice its height: the mask follows the colours. */
function bitmapShape(data: Buffer): Shape | string {
  if (data.length < bitmapHeaderSize || data.readUInt32LE(0) !== bitmapHeaderSize) return 'is neither a PNG nor a bitmap'
  const width = data.readInt32LE(4)
  const height = Math.abs(data.readInt32LE(8)) / 2
  const bitCount = data.readUInt16LE(14)
  if (width < 1 || height < 1 || width > 1024 || height > 1024 || !Number.isInteger(height))
    return `claims to be ${width} × ${height} pixels`
  if (!bitCounts.includes(bitCount)) return `claims to have ${bitCount} bits a pixel`
  const palette = bitCount > 8 ? 0 : 4 * (data.readUInt32LE(32) || 2 ** bitCount)
  const row = Math.ceil((width * bitCount) / 32) * 4
  if (bitmapHeaderSize + palette + row * height > data.length) return 'is a bitmap that is cut off'
  return { width, height, bitCount }
}
