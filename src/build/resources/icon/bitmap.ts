import type { Pixels } from './types.ts'

const headerSize = 40

/** A 32-bit bitmap as icons hold it: BITMAPINFOHEADER of twice the height, rows from the bottom as BGRA, then the one-bit mask. */
export function encodeBitmap({ width, height, data }: Pixels): Buffer {
  const maskRow = Math.ceil(width / 32) * 4
  const colours = width * height * 4
  const bitmap = Buffer.alloc(headerSize + colours + maskRow * height)
  bitmap.writeUInt32LE(headerSize, 0)
  bitmap.writeInt32LE(width, 4)
  bitmap.writeInt32LE(height * 2, 8)
  bitmap.writeUInt16LE(1, 12)
  bitmap.writeUInt16LE(32, 14)
  bitmap.writeUInt32LE(colours + maskRow * height, 20)
  for (let y = 0; y < height; y++) {
    const row = height - 1 - y
    for (let x = 0; x < width; x++) {
      const source = (y * width + x) * 4
      const target = headerSize + (row * width + x) * 4
      const alpha = data[source + 3]!
      bitmap[target] = data[source + 2]!
      bitmap[target + 1] = data[source + 1]!
      bitmap[target + 2] = data[source]!
      bitmap[target + 3] = alpha
      // Only programs that know no alpha look at the mask: for them half transparent is transparent.
      if (alpha < 128) bitmap[headerSize + colours + row * maskRow + (x >> 3)]! |= 0x80 >> (x & 7)
    }
  }
  return bitmap
}
