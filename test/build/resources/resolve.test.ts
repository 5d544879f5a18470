import { describe, expect, it } from 'vitest'
import { languageCode, requireLanguage } from '../../../src/build/resources/language.ts'
import { resolveResources, type ResolveInput } from '../../../src/build/resources/resolve.ts'
import { resourcesSchema } from '../../../src/config/schema/resources.ts'

const base: ResolveInput = {
  found: { strings: {} },
  files: {},
  appName: 'hello',
  version: { text: '1.2.3-beta.1+20261121.1530', file: [1, 2, 3, 0], prerelease: true },
}

describe('what shall be in the exe', () => {
  it('without configuration: names from the program, nothing guessed', () => {
    const request = resolveResources(base)
    expect(request).toMatchObject({
      engine: 'portable',
      version: { file: [1, 2, 3, 0], product: [1, 2, 3, 0], prerelease: true, language: '0409' },
      manifest: { layer: 'fallback' },
    })
    expect(request.version.always).toEqual({ FileVersion: '1.2.3-beta.1+20261121.1530', ProductVersion: '1.2.3-beta.1+20261121.1530' })
    expect(request.version.configured).toEqual({ '0409': {} })
    expect(request.version.fallback).toEqual({
      '0409': { FileDescription: 'hello', InternalName: 'hello', OriginalFilename: 'hello.exe', ProductName: 'hello' },
    })
    expect(request.icon).toBeUndefined()
  })

  it('configuration over found file over default, and texts of one language complete those of another', () => {
    const { version, manifest } = resolveResources({
      ...base,
      config: {
        product: 'Configured',
        strings: { PrivateBuild: 'p' },
        languages: { 'de-DE': { description: 'Deutsch' } },
        manifest: { utf8: true },
      },
      found: {
        language: '040c',
        strings: { '040c': { ProductName: 'Found', CompanyName: 'Found SA' }, '0411': { CompanyName: '見つけた' } },
        manifest: { settings: { executionLevel: 'requireAdministrator', utf8: false } },
      },
    })
    expect(version.language).toBe('040c')
    expect(version.configured).toEqual({
      '040c': { PrivateBuild: 'p', ProductName: 'Configured' },
      '0407': { FileDescription: 'Deutsch', PrivateBuild: 'p', ProductName: 'Configured' },
      '0411': { PrivateBuild: 'p', ProductName: 'Configured' },
    })
    expect(version.fallback['0411']).toMatchObject({ CompanyName: '見つけた', ProductName: 'Found', InternalName: 'hello' })
    expect(version.fallback['0407']).toMatchObject({ CompanyName: 'Found SA', FileDescription: 'hello' })
    expect(manifest).toMatchObject({ layer: 'configured', xml: expect.stringContaining('requireAdministrator') })
    expect(manifest.xml).toContain('UTF-8</activeCodePage>')
  })

  it('files win over settings, `none` takes the icon out, the command line chooses the engine', () => {
    const icon = { layer: 'fallback', path: '/x.ico', sha256: 'abc' } as const
    const manifest = { layer: 'configured', xml: '<assembly/>' } as const
    expect(resolveResources({ ...base, files: { icon, manifest }, config: { engine: 'portable' }, engine: 'rcedit' })).toMatchObject({
      engine: 'rcedit',
      icon,
      manifest,
    })
    expect(resolveResources({ ...base, config: { icon: 'none' } })).toMatchObject({ dropIcon: true })
    expect(resolveResources({ ...base, config: { icon: false } })).toMatchObject({ dropIcon: true })
  })

  it.each([[[1, 2, 3, 70_000]], [[1, 2, 3, -1]], [[1, 2, 3, 0.5]], [[1, 2, 3, 4, 5]]])('%j is no file version', (file) => {
    const good = [1, 2, 3, 0] as const
    for (const numbers of [
      { file: file as never, product: good },
      { file: good, product: file as never },
    ]) {
      expect(() => resolveResources({ ...base, version: { ...base.version, ...numbers } })).toThrow(
        expect.objectContaining({ code: 'RESOURCE_VERSION_RANGE', exitCode: 2 }),
      )
    }
  })
})

describe('languages', () => {
  it.each([
    ['de-DE', '0407'],
    ['de', '0407'],
    ['DE_de', '0407'],
    ['0x0407', '0407'],
    ['040C', '040c'],
    ['zh-Hant', '0404'],
    ['en-US', '0409'],
    ['xx-YY', undefined],
    ['constructor', undefined],
    ['', undefined],
    ['0x407', undefined],
  ])('%s is %s', (text, code) => expect(languageCode(text)).toBe(code))

  it('an unknown one is refused', () => {
    expect(() => requireLanguage('klingon')).toThrow(expect.objectContaining({ code: 'RESOURCE_LANGUAGE_UNKNOWN', exitCode: 2 }))
  })
})

describe('the `resources:` group', () => {
  it.each([
    [
      {
        icon: 'a.ico',
        company: '日本 😀',
        languages: { 'de-DE': { description: 'x' }, '0x0411': {} },
        manifest: { dpiAwareness: 'system' },
      },
    ],
    [{ icon: false, manifest: 'app.manifest', engine: 'rcedit', strings: { PrivateBuild: 'x' } }],
    [{ icon: 'none' }],
    [{}],
  ])('takes %j', (value) => expect(resourcesSchema.safeParse(value).success).toBe(true))

  it.each([
    [{ compny: 'x' }],
    [{ engine: 'windres' }],
    [{ icon: true }],
    [{ company: 'line\nbreak' }],
    [{ languages: { klingon: {} } }],
    [{ languages: { 'de-DE': { icon: 'x' } } }],
    [{ strings: { FileVersion: '1' } }],
    [{ manifest: { executionLevel: 'root' } }],
    [{ manifest: { longpaths: true } }],
    [{ manifest: '' }],
  ])('refuses %j', (value) => expect(resourcesSchema.safeParse(value).success).toBe(false))
})
