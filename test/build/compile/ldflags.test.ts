import { describe, expect, it } from 'vitest'
import { linkAssignments, quoteFlag, splitFlags } from '../../../src/build/compile/ldflags.ts'

describe('ldflags', () => {
  it('are split as the go command does', () => {
    expect(splitFlags(` -s  -X 'main.a=two words' "-X=main.b=it's" `)).toEqual(['-s', '-X', 'main.a=two words', "-X=main.b=it's"])
  })

  it('give the names a user sets, the last of a name once', () => {
    expect(linkAssignments(['-X main.a=1 -X=example.com/x/y.b=2', '--X main.a=3'])).toEqual([
      { package: 'main', name: 'a' },
      { package: 'example.com/x/y', name: 'b' },
    ])
  })

  it.each([[`-X 'main.a=1`], ['-X main'], ['-X =1'], ['-X main.a']])('refuse %s', (text) => {
    expect(() => linkAssignments([text])).toThrow(expect.objectContaining({ code: 'LDFLAGS_INVALID', exitCode: 2 }))
  })

  it.each(['plain', 'two words', `it's`, 'say "x"', ''])('quote %s so that it comes back', (word) => {
    expect(splitFlags(quoteFlag(word))).toEqual([word])
  })
})
