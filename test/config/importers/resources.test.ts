import { describe, expect, it } from 'vitest'
import { carriedOf, leftOf, rc, versioninfo, winres } from './context.ts'

describe('winres.json', () => {
  it('gives icon, texts and manifest', () => {
    const imported = winres({
      RT_GROUP_ICON: { '#2': { '0000': 'nothing.ico' }, APP: { '0000': ['small.png', 'large.png'] } },
      RT_MANIFEST: {
        '#1': {
          '0409': {
            identity: { name: '', version: '' },
            description: 'x',
            'minimum-os': 'win7',
            'execution-level': 'administrator',
            'dpi-awareness': 'per monitor v2',
            'use-common-controls-v6': true,
            'gdi-scaling': true,
            'long-path-aware': false,
            'auto-elevate': false,
          },
        },
      },
      RT_VERSION: {
        '#1': {
          '0000': {
            fixed: { file_version: '1.2.3.4', product_version: '0.0.0.0', flags: 'Debug' },
            info: { '0409': { CompanyName: 'Example', Comments: '', FileVersion: '1.2.3.4', PrivateBuild: 'x' } },
          },
        },
      },
      RT_BITMAP: { A: { '0409': 'a.bmp' } },
    })
    expect(imported.config.resources).toEqual({
      icon: 'cmd/hello/large.png',
      company: 'Example',
      strings: { PrivateBuild: 'x' },
      manifest: { executionLevel: 'requireAdministrator', dpiAwareness: 'permonitorv2', longPaths: false, commonControls: true },
    })
    expect(imported.left.map(({ key, reason }) => [key, reason])).toEqual([
      ['RT_GROUP_ICON.#2', 'gopack adds one icon: the first, which Explorer shows'],
      ['RT_GROUP_ICON.APP.0000[0]', 'gopack takes the largest image and scales it'],
      ['RT_MANIFEST.#1.0409.description', expect.stringContaining('FileDescription')],
      ['RT_MANIFEST.#1.0409.gdi-scaling', expect.stringContaining('manifest file of your own')],
      ['RT_VERSION.#1.0000.fixed.file_version', expect.stringContaining('git tag')],
      ['RT_VERSION.#1.0000.fixed.flags', expect.stringContaining('prereleases')],
      ['RT_VERSION.#1.0000.info.0409.FileVersion', expect.stringContaining('git tag')],
      ['RT_BITMAP', expect.stringContaining('.syso')],
    ])
  })

  it('has what go-winres does without a word: system DPI awareness, no long paths', () => {
    expect(winres({ RT_MANIFEST: { '#1': { '0409': {} } } }).config.resources).toEqual({
      manifest: { dpiAwareness: 'system', longPaths: false },
    })
  })

  it('may name files', () => {
    const imported = winres({ RT_GROUP_ICON: { '#1': { '0409': 'app.ico' } }, RT_MANIFEST: { '#1': { '0409': 'none.manifest' } } })
    expect(imported.config.resources).toEqual({ icon: 'cmd/hello/app.ico' })
    expect(leftOf(imported)).toEqual(['9 RT_MANIFEST.#1.0409 [none.manifest] there is no such file'])
  })

  it('may speak several languages', () => {
    const imported = winres({
      '#16': { '#1': { '0000': { info: { '0407': { ProductName: 'Werkzeug' }, '0409': { ProductName: 'Tool' }, x: { a: 'b' } } } } },
    })
    expect(imported.config.resources).toEqual({
      language: '0x0407',
      languages: { '0x0407': { product: 'Werkzeug' }, '0x0409': { product: 'Tool' } },
    })
    expect(imported.left).toHaveLength(1)
  })

  it.each([['[]'], ['{"RT_VERSION":'], ['{"a": {}, "b" 1}']])('is refused: %s', (text) => {
    expect(() => winres(text)).toThrow(
      expect.objectContaining({ code: 'IMPORT_SYNTAX', message: expect.stringContaining('cmd/hello/winres.json') }),
    )
  })
})

describe('versioninfo.json', () => {
  it('gives icon, texts and language', () => {
    const imported = versioninfo({
      FixedFileInfo: {
        FileVersion: { Major: 1, Minor: 0, Patch: 0, Build: 0 },
        ProductVersion: { Major: 0, Minor: 0, Patch: 0, Build: 0 },
        FileFlagsMask: '3f',
        FileFlags: '00',
        FileOS: '040004',
        FileType: '01',
        FileSubType: '00',
      },
      StringFileInfo: { companyname: 'Example', ProductName: '', ProductVersion: 'v1.0.0.0', SpecialBuild: 'line\nbreak', Other: 'x' },
      VarFileInfo: { Translation: { LangID: '0407', CharsetID: '04E4' } },
      IconPath: 'app.ico, other.ico',
      ManifestPath: '',
      Timestamp: true,
    })
    expect(imported.config.resources).toEqual({ icon: 'cmd/hello/app.ico', language: '0x0407', company: 'Example' })
    expect(imported.left.map(({ key, value }) => [key, value])).toEqual([
      ['FixedFileInfo.FileVersion', '1.0.0.0'],
      ['StringFileInfo.ProductVersion', 'v1.0.0.0'],
      ['StringFileInfo.SpecialBuild', 'line break'],
      ['StringFileInfo.Other', 'x'],
      ['IconPath', 'other.ico'],
      ['Timestamp', 'true'],
    ])
    expect(imported.carried.filter(({ difference }) => difference !== undefined).map(({ key }) => key)).toEqual([
      'VarFileInfo.Translation.CharsetID',
    ])
    expect(carriedOf(imported)).toContain('FixedFileInfo.FileOS [040004] nothing: it is so')
  })

  it('finds files beside go.mod too', () => {
    expect(versioninfo({ IconPath: 'README.md' }).config.resources).toEqual({ icon: 'README.md' })
  })
})

describe('a file outside of the repository', () => {
  it.each(['/etc/passwd', '../../../etc/passwd', '..\\..\\..\\etc\\passwd'])('is listed: %s', (path) => {
    const anything = { isFile: () => true }
    const reason = 'it lies outside of the repository'
    const info = versioninfo({ ManifestPath: path, IconPath: path }, anything)
    expect(info.config).toEqual({})
    expect(info.left.map((entry) => [entry.key, entry.value, entry.reason])).toEqual([
      ['ManifestPath', path, reason],
      ['IconPath', path, reason],
    ])
    const res = winres({ RT_GROUP_ICON: { '#1': { '0409': path } }, RT_MANIFEST: { '#1': { '0409': path } } }, anything)
    expect(res.config).toEqual({})
    expect(res.left.map((entry) => entry.reason)).toEqual([reason, reason])
    const script = rc(`1 ICON "${path}"\n1 24 "${path}"\n`, anything)
    expect(script.config).toEqual({})
    expect(script.left.map((entry) => entry.reason)).toEqual([reason, reason])
  })

  it('is one above the top of the repository only', () => {
    const imported = versioninfo({ ManifestPath: '../../../app.manifest' }, { top: '/', isFile: (path) => path === '../app.manifest' })
    expect(imported.config.resources).toEqual({ manifest: '../app.manifest' })
  })
})
