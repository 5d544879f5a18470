import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { embedResources } from '../../../src/build/resources/embed.ts'
import { makeFolder } from '../../helpers/temporary.ts'
import { describeWith } from '../../helpers/tools.ts'
import { wineEnvironment, winePrefix } from '../../helpers/wine.ts'
import { go, goBuild, type GoBuild } from './support/go.ts'
import { disc, ico, icoOf, noise, png } from './support/images.ts'
import { exiftool, icotool, pefile, tool } from './support/readers.ts'
import { request, type RequestInput } from './support/request.ts'
import { existingSyso } from './support/syso.ts'

const odd = {
  company: 'Müller & Söhne 株式会社 ©',
  description: 'a "quoted" text with a \\ and a trailing one \\',
  product: "Rocket 🚀 'x' --set-icon %PATH% $(id) `id`",
  comments: ' ',
  strings: { 'My Key': '-h', PrivateBuild: 'x\\"y' },
}

interface Case {
  readonly name: string
  readonly build?: GoBuild
  readonly withSyso?: boolean
  readonly overlay?: boolean
  readonly input: (icons: Readonly<Record<'png' | 'ico' | 'large', string>>) => RequestInput
}

const cases: readonly Case[] = [
  { name: 'defaults', input: () => ({}) },
  {
    name: 'odd texts, prerelease',
    input: () => ({ config: odd, text: '1.2.3-beta.1+20261121.1530', file: [1, 2, 3, 65535], prerelease: true }),
  },
  { name: 'scaled PNG, 386, unstripped', build: { arch: '386', stripped: false }, input: (icons) => ({ icon: icons.png }) },
  {
    name: 'ico, arm64',
    build: { arch: 'arm64' },
    input: (icons) => ({ icon: icons.ico, config: { manifest: { utf8: true, dpiAwareness: 'permonitorv2' } } }),
  },
  { name: 'PNG over 64 KiB', input: (icons) => ({ icon: icons.large }) },
  { name: 'overlay', overlay: true, input: (icons) => ({ icon: icons.ico }) },
  { name: 'existing resources kept', withSyso: true, input: (icons) => ({ icon: icons.png, iconLayer: 'fallback' }) },
  {
    name: 'existing resources replaced',
    withSyso: true,
    input: (icons) => ({ icon: icons.ico, config: { ...odd, manifest: { longPaths: false } } }),
  },
  { name: 'cgo with symbols', build: { fixture: 'cgo', stripped: false }, input: (icons) => ({ icon: icons.ico }) },
]

describeWith(['go', 'wine', 'mingw', 'pefile', 'exiftool', 'wrestool', 'icotool'], 'both engines, as others read their output', () => {
  let folder: string
  let icons: Record<'png' | 'ico' | 'large', string>
  beforeAll(async () => {
    await wineEnvironment()
    folder = makeFolder()
    icons = { png: join(folder, 'a.png'), ico: join(folder, 'b.ico'), large: join(folder, 'c.ico') }
    writeFileSync(icons.png, png(100, 60, disc(80)))
    writeFileSync(icons.ico, ico(16, 48, 256))
    writeFileSync(icons.large, icoOf([{ size: 256, data: png(256, 256, noise()) }]))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(cases)('$name', async ({ name, build, withSyso, overlay, input }) => {
    const label = name.replaceAll(/\W+/g, '-')
    const plain = goBuild(folder, `${label}.exe`, { ...build, ...(withSyso === true ? { syso: existingSyso(folder) } : {}) })
    if (overlay === true) appendFileSync(plain, 'appended data, of an odd length')
    const wanted = request(input(icons))
    const [portable, rcedit] = ['portable', 'rcedit'].map((engine) => join(folder, `${label}-${engine}.exe`)) as [string, string]
    await embedResources(plain, portable, { ...wanted, engine: 'portable' })
    await embedResources(plain, rcedit, { ...wanted, engine: 'rcedit' }, { wine: { prefix: winePrefix } })

    const [a, b] = [pefile(portable), pefile(rcedit)]
    expect(b.checksum).toBe(b.computedChecksum)
    expect(b.versions).toEqual(a.versions)
    expect(b.manifests).toEqual(a.manifests)
    expect(b.groups).toEqual(a.groups)
    // Version information may hold its strings in another order; everything else is equal to the byte.
    const others = ({ resources }: typeof a) => resources.filter(({ type }) => type !== 16)
    expect(others(b)).toEqual(others(a))
    expect(b.resources.map(({ type, id, language }) => [type, id, language])).toEqual(
      a.resources.map(({ type, id, language }) => [type, id, language]),
    )
    const ofTheFile = /^(SourceFile|FileName|File\w+Date)$/
    const visible = (path: string): unknown =>
      Object.entries(exiftool(path))
        .filter(([key]) => !ofTheFile.test(key))
        .sort()
    expect(visible(rcedit)).toEqual(visible(portable))
    if (a.groups['1'] !== undefined) expect(icotool(rcedit, folder)).toEqual(icotool(portable, folder))
    expect(go(['version', '-m', rcedit], folder).replaceAll(rcedit, '')).toBe(
      go(['version', '-m', portable], folder).replaceAll(portable, ''),
    )
    if (build?.stripped === false) expect(go(['tool', 'nm', rcedit], folder)).toBe(go(['tool', 'nm', portable], folder))
    if (build?.fixture === 'cgo')
      expect(tool('x86_64-w64-mingw32-nm', rcedit).toString()).toBe(tool('x86_64-w64-mingw32-nm', portable).toString())
    if (overlay === true) expect(readFileSync(rcedit).subarray(b.overlay!).toString()).toBe('appended data, of an odd length')
  })
})
