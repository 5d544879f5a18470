import { describe, expect, it } from 'vitest'
import { differencesOf, settle } from '../../../src/config/importers/settle.ts'
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
