import { describe, expect, it } from 'vitest'
import { memorySource } from '../../../src/pe/byte-source.ts'
import type { PeHeaders } from '../../../src/pe/headers.ts'
import { readResources } from '../../../src/pe/resource-directory.ts'

const address = 0x5000

/** Tables at 0, 32 and 64, each with one entry; the leaf at 96; eight bytes of data at 112. */
function tree(): Buffer {
  const bytes = Buffer.alloc(120)
  for (const [offset, key, target] of [
    [0, 16, 0x8000_0020],
    [32, 1, 0x8000_0040],
    [64, 1033, 96],
  ] as const) {
    bytes.writeUInt16LE(1, offset + 14)
    bytes.writeUInt32LE(key, offset + 16)
    bytes.writeUInt32LE(target, offset + 20)
  }
  bytes.writeUInt32LE(address + 112, 96)
  bytes.writeUInt32LE(8, 100)
  bytes.write('the data', 112, 'latin1')
  return bytes
}

function read(bytes: Buffer) {
  const section = {
    name: '.rsrc',
    virtualAddress: address,
    virtualSize: bytes.length,
    rawOffset: 0,
    rawSize: bytes.length,
    characteristics: 0,
  }
  const headers = {
    fileSize: bytes.length,
    sections: [section],
    dataDirectories: [{}, {}, { virtualAddress: address, size: bytes.length }],
  } as unknown as PeHeaders
  return readResources(memorySource(bytes), headers, 'a.exe')
}

describe('the resource tree of an exe', () => {
  it('is read', async () => {
    expect(await read(tree())).toEqual([{ type: 16, id: 1, language: 1033, codePage: 0, data: Buffer.from('the data') }])
  })

  it.each([
    ['a level too few', (bytes: Buffer) => bytes.writeUInt32LE(96, 20), /three levels/],
    ['a level too many', (bytes: Buffer) => bytes.writeUInt32LE(0x8000_0000, 84), /three levels/],
    ['a loop', (bytes: Buffer) => bytes.writeUInt32LE(0x8000_0000, 52), /three levels/],
    ['a table outside', (bytes: Buffer) => bytes.writeUInt32LE(0x8fff_ffff, 20), /outside/],
    ['a name outside', (bytes: Buffer) => bytes.writeUInt32LE(0x8000_0000 + 117, 16), /outside/],
    ['a language with a name', (bytes: Buffer) => bytes.writeUInt32LE(0x8000_0000 + 112, 80), /three levels|outside/],
    ['data outside', (bytes: Buffer) => bytes.writeUInt32LE(9, 100), /outside/],
    ['far too many entries', (bytes: Buffer) => bytes.writeUInt16LE(0xffff, 14), /outside/],
  ])('with %s is refused', async (_name, damage, reason) => {
    const bytes = tree()
    damage(bytes)
    await expect(read(bytes)).rejects.toMatchObject({ code: 'PE_UNREADABLE', message: expect.stringMatching(reason) })
  })
})
