import { describe, expect, it } from 'vitest'
import { checkClashes, checkEntryName } from '../../../src/build/archive/entry-names.ts'

describe('names in an archive', () => {
  it.each(['README.md', 'config/app.yaml', '日本語.txt', '.hidden', 'a b.txt', 'console.txt'])('takes %s', (name) => {
    expect(() => checkEntryName(name)).not.toThrow()
  })

  it.each([
    '',
    '/etc/passwd',
    'C:/x',
    '../x',
    'a/../b',
    './x',
    'a//b',
    'a\\b',
    'con',
    'CON.txt',
    'docs/nul',
    'COM1',
    'lpt9.log',
    'x.',
    'x ',
    'dir./x',
    'a:b',
    'a*b',
    'a\u0000b',
    'a\nb',
  ])('refuses %j', (name) => {
    expect(() => checkEntryName(name)).toThrow(expect.objectContaining({ code: 'FILES_NAME', exitCode: 2 }))
  })

  it.each([[['README', 'readme']], [['a/X', 'A/x']], [['x', 'x']], [['config', 'config/app.yaml']], [['\u00e9', 'e\u0301']]])(
    'refuses %j together',
    (names) => {
      expect(() => checkClashes(names)).toThrow(expect.objectContaining({ code: 'FILES_CLASH' }))
    },
  )

  it('takes different names', () => {
    expect(() => checkClashes(['a', 'b/a', 'b/c'])).not.toThrow()
  })
})
