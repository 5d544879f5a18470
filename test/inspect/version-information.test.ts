import { expect, test } from 'vitest'
import { GopackError } from '../../src/errors/gopack-error.ts'
import { parseVersionInformation } from '../../src/inspect/resources/version-information.ts'

/** A block of VS_VERSIONINFO; `length` overrides the true one. */
function block(key: string, content: Buffer, { length = 0, valueLength = 0, type = 1 } = {}): Buffer {
  const head = Buffer.concat([Buffer.alloc(6), Buffer.from(`${key}\0`, 'utf16le')])
  const padded = Buffer.concat([head, Buffer.alloc((4 - (head.length % 4)) % 4), content])
  padded.writeUInt16LE(length === 0 ? padded.length : length, 0)
  padded.writeUInt16LE(valueLength, 2)
  padded.writeUInt16LE(type, 4)
  return Buffer.concat([padded, Buffer.alloc((4 - (padded.length % 4)) % 4)])
}

const text = (key: string, value: string): Buffer => block(key, Buffer.from(`${value}\0`, 'utf16le'), { valueLength: value.length + 1 })
const tree = (entry: Buffer): Buffer => block('VS_VERSION_INFO', block('StringFileInfo', block('040904b0', entry)), { type: 0 })

test('strings, also such that are object properties', () => {
  const strings = Buffer.concat([text('ProductName', 'a'), text('__proto__', 'b'), text('Empty', '')])
  const { strings: tables } = parseVersionInformation(tree(strings), '0409')
  expect(Object.entries(tables['040904b0']!)).toEqual([
    ['ProductName', 'a'],
    ['__proto__', 'b'],
    ['Empty', ''],
  ])
})

test.each([
  ['longer than the block around it', block('Key', Buffer.alloc(4), { length: 4000 })],
  ['shorter than its own head', block('Key', Buffer.alloc(4), { length: 2 })],
])('a block %s is damage', (_, entry) => {
  expect(() => parseVersionInformation(tree(entry), '0409')).toThrow(GopackError)
})

test('something else is damage', () => {
  expect(() => parseVersionInformation(block('OTHER', Buffer.alloc(0)), '0409')).toThrow('VS_VERSION_INFO')
})
