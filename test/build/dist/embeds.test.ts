import { describe, expect, it } from 'vitest'
import { embeds } from '../../../src/build/dist/out-folder.ts'

describe('whether a program embeds its own output', () => {
  it.each([
    ['*', 'dist'],
    ['dist', 'dist'],
    ['dist/*', 'dist'],
    ['all:dist', 'dist'],
    ['d?st/x', 'dist'],
    ['web', 'web/dist'],
    ['.', 'dist'],
  ])('%s takes in %s', (pattern, folder) => {
    expect(embeds(pattern, folder)).toBe(true)
  })

  it.each([
    ['web', 'dist'],
    ['*.txt', 'dist'],
    ['*', '../dist'],
    ['dist2', 'dist'],
    ['web/*.html', 'web2'],
    ['.', '.out'],
  ])('%s leaves %s alone', (pattern, folder) => {
    expect(embeds(pattern, folder)).toBe(false)
  })
})
