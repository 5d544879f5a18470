import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { jsonErrorOffset } from '../../../src/project/resource-files/json-error.ts'
import { findResources } from '../../../src/project/resource-files/find.ts'
import { png } from '../../build/resources/support/images.ts'
import { temporaryFolder } from '../../helpers/temporary.ts'

/** A module with these files; the main package is in cmd/hello. */
function moduleWith(files: Readonly<Record<string, string | Buffer | object>>) {
  const moduleFolder = temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    const path = join(moduleFolder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content))
  }
  return { name: 'hello', packageFolder: join(moduleFolder, 'cmd/hello'), moduleFolder }
}

describe('icons at the usual places', () => {
  it.each([
    [['cmd/hello/winres/icon.png', 'cmd/hello/one.ico', 'assets/hello.ico'], 'cmd/hello/winres/icon.png'],
    [['cmd/hello/one.ico', 'assets/hello.ico'], 'cmd/hello/one.ico'],
    [['cmd/hello/one.ico', 'cmd/hello/two.ico', 'assets/hello.ico'], 'assets/hello.ico'],
    [['assets/app.png', 'assets/hello.png', 'build/hello.ico'], 'assets/hello.png'],
    [['assets/icon.png', 'assets/icon.ico'], 'assets/icon.ico'],
    [['build/windows/icon.ico', 'build/appicon.png'], 'build/windows/icon.ico'],
    [['cmd/hello/assets/app.ico', 'assets/hello.ico'], 'cmd/hello/assets/app.ico'],
    [['assets/other.ico', 'hello.ico'], undefined],
    [[], undefined],
  ])('of %j it is %s', async (names, expected) => {
    const search = moduleWith({ 'cmd/hello/main.go': '', ...Object.fromEntries(names.map((name) => [name, 'x'])) })
    const found = await findResources(search)
    expect(found.icon).toBe(expected === undefined ? undefined : join(search.moduleFolder, expected))
  })
})

describe('winres.json', () => {
  const winres = (content: object | string) => moduleWith({ 'cmd/hello/winres/winres.json': content, 'cmd/hello/winres/icon.png': 'x' })

  it('gives icon, texts, version and manifest', async () => {
    const search = winres({
      RT_GROUP_ICON: { '#2': { '0000': 'second.ico' }, APP: { '0000': '../../../icons/app.ico' } },
      RT_MANIFEST: {
        '#1': {
          '0409': {
            identity: { name: '' },
            'execution-level': 'administrator',
            'ui-access': true,
            'dpi-awareness': 'per monitor v2',
            'long-path-aware': true,
            'use-common-controls-v6': true,
            'segment-heap': false,
            'minimum-os': 'win7',
          },
        },
      },
      RT_VERSION: {
        '#1': {
          '0000': {
            fixed: { file_version: '1.2.3.4', product_version: '5.6.7.8', flags: 'Prerelease' },
            info: {
              '0409': { CompanyName: 'Acme', Comments: '', FileVersion: '1.2', ProductName: 'Rocket', odd: 7 },
              '040C': { CompanyName: 'Acmé' },
              bad: {},
            },
          },
        },
      },
      RT_RCDATA: { X: { '0000': 'data.bin' } },
      '#77': 'whatever',
    })
    expect(await findResources(search)).toEqual({
      source: join(search.packageFolder, 'winres/winres.json'),
      icon: join(search.moduleFolder, 'icons/app.ico'),
      language: '0409',
      strings: { '0409': { CompanyName: 'Acme', ProductName: 'Rocket' }, '040c': { CompanyName: 'Acmé' } },
      version: [1, 2, 3, 4],
      manifest: {
        settings: {
          executionLevel: 'requireAdministrator',
          uiAccess: true,
          dpiAwareness: 'permonitorv2',
          longPaths: true,
          commonControls: true,
          segmentHeap: false,
        },
      },
    })
  })

  it('the template of go-winres says nothing about the version, and its empty texts are none', async () => {
    const found = await findResources(
      winres({
        RT_VERSION: {
          '#1': { '0000': { fixed: { file_version: '0.0.0.0', product_version: '0.0.0.0' }, info: { '0409': { CompanyName: '' } } } },
        },
      }),
    )
    expect(found).toEqual({
      source: expect.any(String),
      icon: expect.stringContaining('icon.png'),
      language: '0409',
      strings: { '0409': {} },
    })
  })

  it('of several images of an icon the largest is taken; a manifest may be a file', async () => {
    const search = winres({
      RT_GROUP_ICON: { APP: { '0000': ['small.png', 'large.png', 'gone.png'] } },
      RT_MANIFEST: { '#1': { '0409': 'own.manifest' } },
    })
    const folder = join(search.packageFolder, 'winres')
    writeFileSync(
      join(folder, 'small.png'),
      png(16, 16, () => [0, 0, 0, 255]),
    )
    writeFileSync(
      join(folder, 'large.png'),
      png(64, 64, () => [0, 0, 0, 255]),
    )
    expect(await findResources(search)).toMatchObject({ icon: join(folder, 'large.png'), manifest: { file: join(folder, 'own.manifest') } })
  })

  it.each([
    ['{"RT_VERSION": }', 1, 16],
    ['{\n  "a": 1,\n}', 3, 1],
    ['{\n  "a": "x\n"}', 2, 8],
    ['{"a": 1} x', 1, 10],
    ['', 1, 1],
    ['\ufeff{"a" 1}', 1, 6],
  ])('broken as in %j is an error with line and column', async (text, line, column) => {
    const search = winres(text)
    const at = { file: join(search.packageFolder, 'winres/winres.json'), line, column }
    await expect(findResources(search)).rejects.toMatchObject({ code: 'RESOURCE_FILE_BROKEN', exitCode: 2, at })
  })

  it.each(['[]', '7', 'null', '"x"'])('%s is no object', async (text) => {
    await expect(findResources(winres(text))).rejects.toMatchObject({ code: 'RESOURCE_FILE_BROKEN' })
  })

  it.each([{ RT_VERSION: [] }, { RT_VERSION: { '#1': null } }, { RT_GROUP_ICON: 7, RT_MANIFEST: { '#1': { '0409': 7 } } }])(
    '%j is passed over',
    async (content) => {
      expect(await findResources(winres(content))).toMatchObject({ strings: {}, icon: expect.stringContaining('icon.png') })
    },
  )
})

describe('versioninfo.json', () => {
  const content = {
    FixedFileInfo: {
      FileVersion: { Major: 0, Minor: 0, Patch: 0, Build: 0 },
      ProductVersion: { Major: 2, Minor: 3, Patch: 4, Build: 5 },
      FileFlagsMask: '3f',
    },
    StringFileInfo: { CompanyName: 'Acme', Comments: '', ProductVersion: 'v1' },
    VarFileInfo: { Translation: { LangID: '040C', CharsetID: '04B0' } },
    IconPath: 'first.ico, second.ico',
    ManifestPath: 'own.manifest',
  }

  it('gives texts in its language, the half of the version that is there, and paths from wherever they exist', async () => {
    const search = moduleWith({ 'cmd/hello/versioninfo.json': content, 'cmd/hello/first.ico': 'x', 'own.manifest': 'x' })
    expect(await findResources(search)).toEqual({
      source: join(search.packageFolder, 'versioninfo.json'),
      language: '040c',
      strings: { '040c': { CompanyName: 'Acme' } },
      icon: join(search.packageFolder, 'first.ico'),
      version: [2, 3, 4, 5],
      manifest: { file: join(search.moduleFolder, 'own.manifest') },
    })
  })

  it('its file version comes before its product version', async () => {
    const both = { FixedFileInfo: { ...content.FixedFileInfo, FileVersion: { Major: 1, Minor: 2 } } }
    expect(await findResources(moduleWith({ 'cmd/hello/versioninfo.json': both }))).toMatchObject({ version: [1, 2, 0, 0] })
  })

  it('with next to nothing in it is no error; winres.json wins over it', async () => {
    expect(await findResources(moduleWith({ 'cmd/hello/versioninfo.json': {} }))).toEqual({
      source: expect.any(String),
      language: '0409',
      strings: { '0409': {} },
    })
    const both = moduleWith({ 'cmd/hello/versioninfo.json': content, 'cmd/hello/winres/winres.json': {} })
    expect(await findResources(both)).toEqual({ source: join(both.packageFolder, 'winres/winres.json'), strings: {} })
  })
})

describe('the place of a JSON error', () => {
  it.each(['{}', '[1, -2.5e3, "a\\u00e9\\n", true, null, {"b": []}]', ' "x" '])('%s has none', (json) =>
    expect(jsonErrorOffset(json)).toBe(json.length),
  )
  it.each([
    ['[1 2]', 3],
    ['{"a":tru}', 5],
    ['[01]', 2],
    ['["\\x"]', 1],
    [`${'['.repeat(100_000)}`, 0],
  ])('%s', (json, offset) => expect(jsonErrorOffset(json)).toBe(offset))
})
