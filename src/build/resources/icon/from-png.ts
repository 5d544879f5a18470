import { PNG } from 'pngjs'
import { resourceError } from '../../../errors/resources.ts'
import { encodeBitmap } from './bitmap.ts'
import { scaleSquare } from './scale.ts'
import type { IconImage, Pixels } from './types.ts'

/** What Windows asks for at 100 to 250 % scaling, and for the largest view. */
const usualSizes = [16, 20, 24, 32, 40, 48, 64, 128, 256]

/**
 * Scales a PNG to the usual icon sizes that are not larger than it; a smaller one than all of them stays as it is.
 * A PNG that is not square is centred on a transparent square.
 * @throws ICON_BROKEN
 */
export async function iconFromPng(bytes: Buffer, path: string): Promise<readonly IconImage[]> {
  const square = centred(decode(bytes, path))
  const sizes = usualSizes.filter((size) => size <= square.width)
  const scaled = await scaleSquare(square, sizes.length === 0 ? [square.width] : sizes)
  return scaled.map(encode)
}

function decode(bytes: Buffer, path: string): Pixels {
  try {
    return PNG.sync.read(bytes)
  } catch (cause) {
    throw resourceError('ICON_BROKEN', { message: `The icon ${path} is damaged: ${(cause as Error).message}.`, cause })
  }
}

function centred(image: Pixels): Pixels {
  const side = Math.max(image.width, image.height)
  if (image.width === image.height) return image
  const data = new Uint8Array(side * side * 4)
  const left = Math.floor((side - image.width) / 2)
  const top = Math.floor((side - image.height) / 2)
  for (let row = 0; row < image.height; row++) {
    data.set(image.data.subarray(row * image.width * 4, (row + 1) * image.width * 4), ((top + row) * side + left) * 4)
  }
  return { width: side, height: side, data }
}

/** PNG for 256 pixels, bitmaps below: what every version of Windows reads. */
function encode(image: Pixels): IconImage {
  const data = image.width >= 256 ? encodePng(image) : encodeBitmap(image)
  return { width: image.width, height: image.height, colors: 0, planes: 1, bitCount: 32, data }
}

/** Run-length matches only (strategy 3): unlike zlib's other strategies it gives the same bytes in every build of zlib. */
function encodePng({ width, height, data }: Pixels): Buffer {
  const png = new PNG({ width, height })
  png.data = Buffer.from(data)
  return PNG.sync.write(png, { colorType: 6, deflateLevel: 9, deflateStrategy: 3, filterType: 4 })
}
