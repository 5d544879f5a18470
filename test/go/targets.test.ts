import { describe, expect, it } from 'vitest'
import { parseTargets, targetEnvironment, targetFolder, targetName, type SupportedTarget } from '../../src/go/targets.ts'

const supported: SupportedTarget[] = [
  'windows/386',
  'windows/amd64',
  'windows/arm64',
  'linux/amd64',
  'linux/arm64',
  'linux/riscv64',
  'darwin/amd64',
  'darwin/arm64',
  'android/arm64',
].map((name) => {
  const [GOOS = '', GOARCH = ''] = name.split('/')
  return { GOOS, GOARCH, CgoSupported: true, FirstClass: !['windows/arm64', 'linux/riscv64', 'android/arm64'].includes(name) }
})

const names = (...texts: string[]): string[] => parseTargets(texts, supported, 'go1.26.8').map(targetName)

describe('targets as users write them', () => {
  it('takes comma lists, repeats and variants in the order given', () => {
    expect(names('windows/arm64,windows/amd64', 'windows/amd64/v3', 'windows/arm64')).toEqual([
      'windows/arm64',
      'windows/amd64',
      'windows/amd64/v3',
    ])
  })

  it('opens a bare system and "all"', () => {
    expect(names('windows')).toEqual(['windows/386', 'windows/amd64', 'windows/arm64'])
    expect(names('all')).toEqual([
      'windows/386',
      'windows/amd64',
      'windows/arm64',
      'linux/amd64',
      'linux/arm64',
      'darwin/amd64',
      'darwin/arm64',
    ])
  })

  it.each([
    ['windows/arm', 'windows/arm64'],
    ['window/amd64', 'windows/amd64'],
    ['windows/x86', 'windows/386'],
    ['Windows/AMD64', 'windows/amd64'],
    ['windwos', 'windows'],
  ])('names the nearest valid one for %s', (text, suggestion) => {
    expect(() => names(text)).toThrow(
      expect.objectContaining({ code: 'TARGET_UNKNOWN', exitCode: 2, message: expect.stringContaining(suggestion) as string }),
    )
  })

  it.each(['', '/', 'windows/', 'windows/amd64/v3/x', 'windows/amd64;rm'])('refuses "%s"', (text) => {
    expect(() => names(text)).toThrow(expect.objectContaining({ code: 'TARGET_UNKNOWN' }))
  })

  it.each(['windows/amd64/v5', 'windows/386/mmx', 'linux/riscv64/v1'])('refuses the variant of %s', (text) => {
    expect(() => names(text)).toThrow(expect.objectContaining({ code: 'TARGET_VARIANT', exitCode: 2 }))
  })

  it("fixes the variant's variable, asked for or not", () => {
    expect(targetEnvironment({ os: 'windows', arch: 'amd64' })).toEqual({ GOOS: 'windows', GOARCH: 'amd64', GOAMD64: 'v1' })
    expect(targetEnvironment({ os: 'windows', arch: 'amd64', variant: 'v3' })['GOAMD64']).toBe('v3')
    expect(targetFolder({ os: 'windows', arch: '386', variant: 'softfloat' })).toBe('windows_386_softfloat')
  })
})
