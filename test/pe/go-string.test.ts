import { expect, test } from 'vitest'
import { unquoteGo } from '../../src/pe/go-string.ts'

test.each([
  ['plain', 'plain'],
  ['', ''],
  ['"quoted"', 'quoted'],
  ['`raw \\n`', 'raw \\n'],
  ['"a\\tb\\n\\"c\\"\\\\"', 'a\tb\n"c"\\'],
  ['"\\x41\\101\\u00e9\\U0001F600"', 'AAé😀'],
  ['"\\xe6\\x97\\xa5"', '日'],
  ['"日本"', '日本'],
])('%s', (quoted, text) => {
  expect(unquoteGo(quoted)).toBe(text)
})

test.each(['"', '"open', '"a"b"', '"\\q"', '"\\x4"', '"\\U00110000"', '`', '`a`b`', '"end\\"'])('%s is no quotation', (text) => {
  expect(unquoteGo(text)).toBeUndefined()
})
