import { crc32, deflateSync } from 'node:zlib'

export type Paint = (x: number, y: number) => readonly [number, number, number, number]

/** A disc on a transparent ground: edges, transparency and colour gradients in one. */
export const disc =
  (size: number): Paint =>
  (x, y) => [
    Math.round((255 * x) / size),
    Math.round((255 * y) / size),
    128,
    (x - size / 2) ** 2 + (y - size / 2) ** 2 < (size / 2.2) ** 2 ? 255 : 0,
  ]

/** Noise that is always the same and that nothing compresses. */
export function noise(): Paint {
  let state = 1
  const next = (): number => (state = (state * 48271) % 0x7fffffff) & 0xff
  return () => [next(), next(), next(), 255]
}

/** An RGBA PNG, made here and not by the library under test. */
export function png(width: number, height: number, paint: Paint): Buffer {
  const rows = Buffer.alloc(height * (width * 4 + 1))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(paint(x, y), y * (width * 4 + 1) + 1 + x * 4)
  }
  return pngOf(width, height, deflateSync(rows, { level: 9 }))
}

export interface PngKind {
  readonly bitDepth?: number
  readonly colorType?: number
  readonly interlaced?: boolean
  /** RGB triples. */
  readonly palette?: Buffer
}

/** A PNG with any header and any image data. */
export function pngOf(
  width: number,
  height: number,
  data: Buffer,
  { bitDepth = 8, colorType = 6, interlaced = false, palette }: PngKind = {},
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([bitDepth, colorType, 0, 0, interlaced ? 1 : 0], 8)
  const plte = palette === undefined ? [] : [chunk('PLTE', palette)]
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    ...plte,
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

/** An .ico that holds PNG images. */
export function icoOf(images: readonly { readonly size: number; readonly data: Buffer }[]): Buffer {
  const directory = Buffer.alloc(6 + images.length * 16)
  directory.writeUInt16LE(1, 2)
  directory.writeUInt16LE(images.length, 4)
  let offset = directory.length
  for (const [index, { size, data }] of images.entries()) {
    directory.set([size & 0xff, size & 0xff, 0, 0, 1, 0, 32, 0], 6 + index * 16)
    directory.writeUInt32LE(data.length, 6 + index * 16 + 8)
    directory.writeUInt32LE(offset, 6 + index * 16 + 12)
    offset += data.length
  }
  return Buffer.concat([directory, ...images.map(({ data }) => data)])
}

/** An .ico with one PNG image of each size. */
export function ico(...sizes: readonly number[]): Buffer {
  return icoOf(sizes.map((size) => ({ size, data: png(size, size, disc(size)) })))
}
