import { describe, expect, test } from 'vitest'
import { peAddressSpace, readRawBuildInfo, type AddressSpace } from '../../src/pe/build-info.ts'
import { parseBuildInfoText } from '../../src/pe/build-info-text.ts'
import { memorySource } from '../../src/pe/byte-source.ts'
import type { PeImage } from '../../src/pe/image.ts'

const magic = Buffer.from('\xff Go buildinf:', 'latin1')
const frame = Buffer.alloc(16, 0x30)
const text = 'path\texample.com/p\nmod\texample.com/p\tv1.0.0\t\n'
const base = 0x40_0000

/** Bytes mapped at an address, of which the first `dataSize` may hold the build information. */
function spaceOf(bytes: Buffer, dataSize = bytes.length): AddressSpace {
  return {
    dataStart: { address: base, size: dataSize },
    read: async (address, length) => bytes.subarray(Math.max(0, address - base), Math.max(0, address - base + length)),
  }
}

function counted(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(bytes.length < 128 ? [bytes.length] : [(bytes.length & 0x7f) | 0x80, bytes.length >> 7]), bytes])
}

function inline(before: number, modules: Buffer = Buffer.concat([frame, Buffer.from(text), frame])): Buffer {
  const header = Buffer.concat([magic, Buffer.from([8, 2]), Buffer.alloc(16)])
  return Buffer.concat([Buffer.alloc(before), header, counted(Buffer.from('go1.26.8')), counted(modules)])
}

/** The form before Go 1.18: the header points to two Go strings, which are a pointer and a length each. */
function pointers(size: 4 | 8, bigEndian: boolean): Buffer {
  const modules = Buffer.concat([frame, Buffer.from(text), frame])
  const bytes = Buffer.alloc(512)
  const word = (value: number, at: number): void => {
    const bigEndianBytes = Buffer.alloc(size)
    bigEndianBytes.writeUInt32BE(value, size - 4)
    ;(bigEndian ? bigEndianBytes : bigEndianBytes.reverse()).copy(bytes, at)
  }
  magic.copy(bytes)
  bytes[14] = size
  bytes[15] = bigEndian ? 1 : 0
  word(base + 64, 16)
  word(base + 96, 16 + size)
  word(base + 128, 64)
  word(8, 64 + size)
  word(base + 160, 96)
  word(modules.length, 96 + size)
  bytes.write('go1.16.1', 128)
  modules.copy(bytes, 160)
  return bytes
}

describe('the block the linker leaves', () => {
  test.each([0, 32, (1 << 20) + 64])('is found %i bytes into the data', async (before) => {
    expect(await readRawBuildInfo(spaceOf(inline(before)))).toEqual({ goVersion: 'go1.26.8', modules: text })
  })

  test('is not where its address is not a multiple of 16', async () => {
    expect(await readRawBuildInfo(spaceOf(inline(8)))).toBeUndefined()
    const first = inline(8)
    const second = Buffer.concat([first, Buffer.alloc(16 - (first.length % 16)), inline(0)])
    expect(await readRawBuildInfo(spaceOf(second))).toMatchObject({ goVersion: 'go1.26.8' })
  })

  test.each([
    [4, false],
    [4, true],
    [8, false],
    [8, true],
  ] as const)('of old Go versions, %i-byte pointers, big endian: %s', async (size, bigEndian) => {
    expect(await readRawBuildInfo(spaceOf(pointers(size, bigEndian)))).toEqual({ goVersion: 'go1.16.1', modules: text })
  })

  test('without modules', async () => {
    expect(await readRawBuildInfo(spaceOf(inline(0, Buffer.alloc(0))))).toEqual({ goVersion: 'go1.26.8', modules: '' })
  })

  test('that is cut off is none', async () => {
    const whole = inline(0)
    for (let length = 0; length < whole.length; length++)
      expect(await readRawBuildInfo(spaceOf(whole.subarray(0, length))), `${length}`).toBeUndefined()
  })

  test('whose length is absurd is none', async () => {
    const bytes = Buffer.concat([magic, Buffer.from([8, 2]), Buffer.alloc(16), Buffer.alloc(9, 0xff), Buffer.from([1])])
    const space = spaceOf(bytes)
    const asked: number[] = []
    const watched: AddressSpace = { ...space, read: (address, length) => (asked.push(length), space.read(address, length)) }
    expect(await readRawBuildInfo(watched)).toBeUndefined()
    expect(Math.max(...asked)).toBeLessThanOrEqual(1 << 20)
  })

  test('stands in the first plain read-write section, whatever its alignment', () => {
    const section = { name: '', virtualSize: 100, rawSize: 512, rawOffset: 0 }
    const sections = [
      { ...section, virtualAddress: 0x1000, characteristics: 0x6000_0020 },
      { ...section, virtualAddress: 0x2000, characteristics: 0xc060_0040 },
      { ...section, virtualAddress: 0x3000, characteristics: 0xc000_0040 },
    ]
    const image = { headers: { imageBase: 0x40_0000n, sections }, source: memorySource(Buffer.alloc(0)) } as unknown as PeImage
    expect(peAddressSpace(image).dataStart).toEqual({ address: 0x40_2000, size: 100 })
  })
})

describe('the module text', () => {
  test('modules, replacements and quoted settings', () => {
    const parsed = parseBuildInfoText(
      'path\tcommand\nmod\tm\t(devel)\t\ndep\ta\tv1.0.0\th1:x=\ndep\tb\tv2.0.0\n=>\tc\tv3.0.0\th1:y=\nbuild\t-ldflags="-X \\"a=b c\\""\nbuild\tCGO_CFLAGS=\nbuild\t`odd=key`=v\nfuture\tx\n',
    )
    expect(parsed).toEqual({
      path: 'command',
      main: { path: 'm', version: '(devel)', sum: '', replace: null },
      deps: [
        { path: 'a', version: 'v1.0.0', sum: 'h1:x=', replace: null },
        { path: 'b', version: 'v2.0.0', sum: '', replace: { path: 'c', version: 'v3.0.0', sum: 'h1:y=', replace: null } },
      ],
      settings: [
        { key: '-ldflags', value: '-X "a=b c"' },
        { key: 'CGO_CFLAGS', value: '' },
        { key: 'odd=key', value: 'v' },
      ],
    })
  })

  test.each(['mod\tm\n', 'dep\ta\tb\tc\td\n', '=>\ta\tb\tc\n', 'build\tnothing\n', 'build\t=v\n', 'build\tk="open\n'])(
    '%j is refused',
    (line) => {
      expect(() => parseBuildInfoText(line)).toThrow('line 1')
    },
  )
})
