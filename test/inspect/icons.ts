import { PNG } from 'pngjs'

/** A png of noise, so that it stays large. */
export function makePng(side: number): Buffer {
  const png = new PNG({ width: side, height: side })
  for (let index = 0, state = side; index < png.data.length; index++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    png.data[index] = state >>> 16
  }
  return PNG.sync.write(png)
}

/** A bitmap image as it stands in an icon: header, pixels from the bottom, mask. */
function makeBitmap(side: number, depth: 24 | 32): Buffer {
  const rowSize = Math.ceil((side * depth) / 32) * 4
  const maskSize = Math.ceil(side / 32) * 4
  const bytes = Buffer.alloc(40 + (rowSize + maskSize) * side, 0x55)
  bytes.fill(0, 0, 40)
  bytes.writeUInt32LE(40, 0)
  bytes.writeInt32LE(side, 4)
  bytes.writeInt32LE(side * 2, 8)
  bytes.writeUInt16LE(1, 12)
  bytes.writeUInt16LE(depth, 14)
  return bytes
}

export interface IconImage {
  readonly side: number
  readonly depth: 24 | 32
  readonly png?: boolean
}

/** Writes an .ico file. */
export function makeIco(images: readonly IconImage[]): Buffer {
  const bodies = images.map(({ side, depth, png }) => (png === true ? makePng(side) : makeBitmap(side, depth)))
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let offset = head.length
  for (const [index, { side, depth }] of images.entries()) {
    const at = 6 + 16 * index
    head.writeUInt8(side % 256, at)
    head.writeUInt8(side % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(depth, at + 6)
    head.writeUInt32LE(bodies[index]!.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += bodies[index]!.length
  }
  return Buffer.concat([head, ...bodies])
}
