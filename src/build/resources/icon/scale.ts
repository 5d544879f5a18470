import { Pica } from 'pica'
import type { Pixels } from './types.ts'

// The small sizes of a large picture are made from this one: several times as fast, and no visible difference.
const intermediate = 256

/**
 * Scales a square picture down to squares, in pure JavaScript: no WebAssembly, no workers, no canvas,
 * and a filter made of multiplications and additions only, so that the result is the same on every machine.
 */
export async function scaleSquare(image: Pixels, sizes: readonly number[]): Promise<Pixels[]> {
  const pica = new Pica({ features: ['js'], concurrency: 1 })
  const scale = async (from: Pixels, size: number): Promise<Pixels> => {
    if (size === from.width) return from
    const data = await pica.resizeBuffer({
      src: from.data,
      width: from.width,
      height: from.height,
      toWidth: size,
      toHeight: size,
      filter: 'mks2013',
    })
    return { width: size, height: size, data }
  }
  const source = image.width > intermediate ? await scale(image, intermediate) : image
  const scaled: Pixels[] = []
  for (const size of sizes) scaled.push(await scale(source, size))
  return scaled
}
