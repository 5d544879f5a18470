import { expect, test } from 'vitest'
import { decodeManifestText, parseManifest } from '../../src/inspect/resources/manifest.ts'

test.each([
  ['UTF-8', Buffer.from('<a/>')],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeff<a/>')],
  ['UTF-16', Buffer.from('\ufeff<a/>', 'utf16le')],
  ['padded with zeros', Buffer.from('<a/>\0\0\0')],
])('%s', (_, bytes) => {
  expect(decodeManifestText(bytes)).toBe('<a/>')
})

test('a megabyte of zeros that are no padding takes no time', () => {
  expect(decodeManifestText(Buffer.concat([Buffer.alloc(1 << 20), Buffer.from('x')]))).toHaveLength((1 << 20) + 1)
})

test.each(['<a>', '<a></b>', '</a>', '<a', '<!-- open', '<a><b></a></b>', '<a>'.repeat(100)])('%s is no well-formed XML', (xml) => {
  expect(() => parseManifest(xml, '#1', '0409')).toThrow()
})

test('the old DPI setting, entities, unknown systems', () => {
  const xml =
    '<assembly><assemblyIdentity name="A &amp; B" version="1.0.0.0"/><supportedOS Id="{0}"/><dpiAware> true/pm </dpiAware><heapType>SegmentHeap</heapType></assembly>'
  expect(parseManifest(xml, '#1', '0409')).toMatchObject({
    identity: { name: 'A & B', version: '1.0.0.0', type: null, architecture: null },
    dpiAware: 'true/pm',
    heap: 'SegmentHeap',
    supportedWindows: ['{0}'],
    executionLevel: null,
    commonControls: false,
  })
})
