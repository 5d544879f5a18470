import { writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { holdBytes } from '../../src/inspect/archive/held-bytes.ts'
import { fileSource, memorySource, type ByteSource } from '../../src/pe/byte-source.ts'
import { temporaryFolder } from '../helpers/temporary.ts'

const bytes = Buffer.from(Array.from({ length: 2_500_000 }, (_, index) => (index * 7 + (index >> 8)) & 255))

const ranges = [
  [0, 10],
  [65_530, 12],
  [65_536, 65_536],
  [131_070, 200_000],
  [1_048_570, 20],
  [0, 2_500_000],
  [2_499_990, 100],
  [2_500_000, 10],
  [9_000_000, 10],
] as const

async function expectSameBytes(source: ByteSource): Promise<void> {
  expect(source.size).toBe(bytes.length)
  for (const [offset, length] of ranges)
    expect((await source.read(offset, length)).equals(bytes.subarray(offset, offset + length)), `${offset} ${length}`).toBe(true)
}

test('a file, through its cache and past it', async () => {
  const path = join(temporaryFolder(), 'file')
  writeFileSync(path, bytes)
  const file = await open(path)
  const source = await fileSource(file)
  await expectSameBytes(source)
  for (let at = 0; at < bytes.length; at += 20_011) expect((await source.read(at, 3)).equals(bytes.subarray(at, at + 3))).toBe(true)
  await file.close()
})

test('memory', async () => {
  await expectSameBytes(memorySource(bytes))
})

test('what was held of a stream', async () => {
  const held = holdBytes()
  for (let at = 0; at < bytes.length; at += 99_991) held.append(bytes.subarray(at, at + 99_991))
  await expectSameBytes(held.source())
})

test('an aborted read', async () => {
  const path = join(temporaryFolder(), 'file')
  writeFileSync(path, bytes)
  const file = await open(path)
  const stop = new AbortController()
  const source = await fileSource(file, stop.signal)
  stop.abort(new Error('enough'))
  await expect(source.read(0, 10)).rejects.toThrow('enough')
  await file.close()
})
