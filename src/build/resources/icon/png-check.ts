import { crc32, inflateSync } from 'node:zlib'
import { resourceError } from '../../../errors/resources.ts'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const sideLimit = 4096
const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
const paletteType = 3
/** Bits a sample may have, by colour type (PNG specification, table 11.1). */
const depths: Readonly<Record<number, readonly number[]>> = { 0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16] }

export interface PngHeader {
  readonly width: number
  readonly height: number
  readonly bitDepth: number
  readonly colorType: number
  readonly interlaced: boolean
}

export const isPng = (bytes: Buffer): boolean => bytes.subarray(0, 8).equals(signature)

/** The IHDR chunk, which is always first; undefined where it is not. */
export function readPngHeader(bytes: Buffer): PngHeader | undefined {
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') return undefined
  return {
    width: bytes.readUInt32BE(16),
    height: bytes.readUInt32BE(20),
    bitDepth: bytes.readUInt8(24),
    colorType: bytes.readUInt8(25),
    interlaced: bytes.readUInt8(28) !== 0,
  }
}

/**
 * Makes sure that a PNG is whole before anything of the size its header announces is allocated.
 * @throws ICON_BROKEN, ICON_TOO_LARGE
 */
export function checkPng(bytes: Buffer, path: string): void {
  const broken = (reason: string): Error => resourceError('ICON_BROKEN', { message: `The icon ${path} is damaged: ${reason}.` })
  const header = readPngHeader(bytes)
  if (header === undefined) throw broken('it has no PNG header')
  const { width, height } = header
  if (width === 0 || height === 0) throw broken(`it claims to be ${width} × ${height} pixels`)
  if (width > sideLimit || height > sideLimit) {
    throw resourceError('ICON_TOO_LARGE', {
      message: `The icon ${path} claims to be ${width} × ${height} pixels; the limit is ${sideLimit} × ${sideLimit}.`,
    })
  }
  const samples = channels[header.colorType]
  if (samples === undefined) throw broken(`it has the unknown colour type ${header.colorType}`)
  if (!depths[header.colorType]!.includes(header.bitDepth)) throw broken(`it has samples of ${header.bitDepth} bits`)
  const { compressed, palette } = chunksOf(bytes, broken)
  if (header.colorType === paletteType && (palette === 0 || palette > 768 || palette % 3 !== 0)) throw broken('it has no palette')
  // Interlaced, there are less than twice as many rows, each with a filter byte and up to a byte of padding.
  const expected = height * (1 + Math.ceil((width * samples * header.bitDepth) / 8))
  const limit = expected + (header.interlaced ? 3 * height + 64 : 0)
  let length: number
  try {
    length = inflateSync(compressed, { maxOutputLength: limit + 64 }).length
  } catch (cause) {
    throw broken(`its image data cannot be unpacked (${(cause as NodeJS.ErrnoException).code ?? 'unknown'})`)
  }
  if (length < expected) throw broken('its image data is cut off')
}

function chunksOf(bytes: Buffer, broken: (reason: string) => Error): { compressed: Buffer; palette: number } {
  const parts: Buffer[] = []
  let palette = 0
  for (let offset = 8; ;) {
    if (offset + 12 > bytes.length) throw broken('it is cut off')
    const length = bytes.readUInt32BE(offset)
    const end = offset + 12 + length
    if (end > bytes.length) throw broken('it is cut off')
    const type = bytes.toString('latin1', offset + 4, offset + 8)
    if (crc32(bytes.subarray(offset + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) throw broken('a checksum in it is wrong')
    if (type === 'IEND') break
    // Where the image begins, the palette must be known.
    if (type === 'PLTE' && parts.length === 0) palette = length
    if (type === 'IDAT') parts.push(bytes.subarray(offset + 8, end - 4))
    offset = end
  }
  if (parts.length === 0) throw broken('it holds no image data')
  return { compressed: Buffer.concat(parts), palette }
}
