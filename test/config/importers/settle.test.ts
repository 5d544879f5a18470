import { describe, expect, it } from 'vitest'
import { differencesOf, settle } from '../../../src/config/importers/settle.ts'
import type { Config } from '../../../src/config/schema/index.ts'
import { validateConfig } from '../../../src/config/validate.ts'
import { goreleaser, leftOf } from './context.ts'

describe('what gopack refuses', () => {
  const imported = settle(
    goreleaser('builds:\n  - goos: [windows]\n    goarch: [amd64]\n    tags: [netgo, a-b]\n    env: ["1A=x", GOTOOLCHAIN=go1.26.8]\n'),
  )

  it('is taken out, and listed with its line', () => {
    expect(imported.config.go).toEqual({ version: '1.26.8', tags: ['netgo'] })
    expect(leftOf(imported).map((line) => line.replace(/ cannot be this: .*/, ''))).toEqual([
      '4 builds[0].tags[1] [a-b] go.tags[1]',
      '5 builds[0].env[0] [x] go.env.1A',
    ])
  })

  it('leaves what is valid', () => {
    const parsed = { value: imported.config, placeOf: () => ({ file: '' }), placeOfKey: () => ({ file: '' }) }
    expect(validateConfig(parsed)).toEqual(imported.config)
    expect(differencesOf(imported).changed).toEqual([])
  })
})

describe('what the rules for names and texts refuse', () => {
  const settled = (config: Config) => settle({ format: 'goreleaser', file: 'x.yaml', config, carried: [], left: [] })

  it.each(['a/b', '../up', '-x', 'con', 'a\0b', '\u001bc', 'a\nb'])('is no name: %j', (name) => {
    const alone = settled({ name, main: '.' })
    expect(alone.config).toEqual({ main: '.' })
    expect(alone.left).toEqual([expect.objectContaining({ key: 'name', reason: expect.stringContaining('the name of a program') })])
    const app = settled({ apps: [{ name, main: './a' }] })
    expect(app.config).toEqual({ apps: [{ main: './a' }] })
  })

  it('is no text', () => {
    const { config, left } = settled({
      main: '.',
      out: 'a\u001bb',
      go: { ldflags: ['-s', '-X main.a=\n'] },
      archive: { files: ['a', 'b\tc'] },
      hooks: { before: [['echo', 'a\0b', 'c'], ['sh', '-c', 'a\n\tb'], ['']] },
    })
    expect(config).toEqual({
      main: '.',
      go: { ldflags: ['-s'] },
      archive: { files: ['a'] },
      hooks: { before: [['sh', '-c', 'a\n\tb']] },
    })
    expect(left.map(({ key, value }) => [key, value])).toEqual([
      ['out', 'a\\u001bb'],
      ['go.ldflags[1]', '-X main.a=\\u000a'],
      ['archive.files[1]', 'b\\u0009c'],
      ['hooks.before[0]', '["echo","a\\u0000b","c"]'],
      ['hooks.before[1]', '[""]'],
    ])
  })
})
