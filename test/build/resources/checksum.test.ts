import { describe, expect, it } from 'vitest'
import { peChecksum } from '../../../src/pe/checksum.ts'

/** The definition, word by word. */
function slow(bytes: Uint8Array): number {
  let sum = 0
  for (let index = 0; index < bytes.length; index += 2) {
    sum += bytes[index]! + (bytes[index + 1] ?? 0) * 256
    sum = (sum & 0xffff) + (sum >>> 16)
  }
  return sum + bytes.length
}

describe('PE checksum', () => {
  it.each([0, 1, 2, 3, 4, 5, 7, 1000, 65_537, 5_000_003])('of %i bytes is that of the definition, in whatever pieces', (length) => {
    const bytes = Uint8Array.from({ length }, (_, index) => (index * index * 7 + (index >> 8)) & 0xff)
    const expected = slow(bytes)
    for (const piece of [4, 1000, 1 << 22].filter((size) => length / size < 10_000)) {
      const sum = peChecksum()
      for (let start = 0; start < length; start += piece) sum.add(bytes.subarray(start, start + piece))
      expect(sum.finish()).toBe(expected)
    }
  })

  it('does not overflow where every bit is set', () => {
    const bytes = new Uint8Array(20_000_006).fill(0xff)
    const sum = peChecksum()
    sum.add(bytes)
    expect(sum.finish()).toBe(slow(bytes))
  })

  it('takes pieces that lie askew in memory', () => {
    const bytes = Uint8Array.from({ length: 103 }, (_, index) => index)
    const sum = peChecksum()
    sum.add(bytes.subarray(3))
    expect(sum.finish()).toBe(slow(bytes.subarray(3)))
  })
})
