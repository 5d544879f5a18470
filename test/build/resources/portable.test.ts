import { appendFileSync, copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { embedResources } from '../../../src/build/resources/embed.ts'
import { makeFolder, temporaryFolder } from '../../helpers/temporary.ts'
import { describeWith } from '../../helpers/tools.ts'
import { runUnderWine } from '../../helpers/wine.ts'
import { buildWitness, go, goBuild } from './support/go.ts'
import { disc, ico, icoOf, noise, png } from './support/images.ts'
import { exiftool, icotool, pefile, tool, wrestool } from './support/readers.ts'
import { request } from './support/request.ts'

const usualSizes = [16, 20, 24, 32, 40, 48, 64, 128, 256]

describeWith(['go', 'pefile', 'exiftool', 'wrestool', 'icotool', '7z'], 'portable engine', () => {
  let folder: string
  let icon: string
  beforeAll(() => {
    folder = makeFolder()
    icon = join(folder, 'icon.png')
    writeFileSync(icon, png(300, 300, disc(300)))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const cases = (['amd64', '386', 'arm64'] as const).flatMap((arch) => [true, false].map((stripped) => ({ arch, stripped })))

  it.each(cases)('$arch, stripped $stripped: readers agree, symbols and DWARF stay', async ({ arch, stripped }) => {
    const plain = goBuild(folder, `${arch}-${stripped}.exe`, { arch, stripped })
    const before = readFileSync(plain)
    const output = join(folder, `${arch}-${stripped}-done.exe`)
    const { size } = await embedResources(
      plain,
      output,
      request({ icon, text: '1.2.3-beta.1+20261121.1530', file: [1, 2, 3, 7], prerelease: true }),
    )
    expect(readFileSync(plain).equals(before)).toBe(true)
    expect(statSync(output).size).toBe(size)
    if (process.platform !== 'win32') expect(statSync(output).mode & 0o777).toBe(0o755)

    const report = pefile(output)
    expect(report.warnings).toEqual([])
    expect(report.checksum).toBe(report.computedChecksum)
    expect(Object.keys(report.groups)).toEqual(['1'])
    expect(report.groups['1']!.map(({ width }) => width || 256)).toEqual(usualSizes)
    expect(report.versions[0]).toMatchObject({
      file: [1, 2, 3, 7],
      product: [1, 2, 3, 7],
      flags: 2,
      mask: 0x3f,
      type: 1,
      translations: ['040904b0'],
    })
    expect(report.versions[0]!.tables['040904b0']).toEqual({
      FileDescription: 'hello',
      FileVersion: '1.2.3-beta.1+20261121.1530',
      InternalName: 'hello',
      OriginalFilename: 'hello.exe',
      ProductName: 'hello',
      ProductVersion: '1.2.3-beta.1+20261121.1530',
    })
    expect(report.manifests).toHaveLength(1)
    expect(report.manifests[0]).toContain('level="asInvoker"')

    expect(exiftool(output)).toMatchObject({
      FileVersion: '1.2.3-beta.1+20261121.1530',
      FileVersionNumber: '1.2.3.7',
      ProductName: 'hello',
      FileFlags: 'Pre-release',
    })
    expect(icotool(output, folder)).toEqual(usualSizes.map((side) => `${side}x${side}x32`))
    expect(tool('7z', 'l', output).toString('utf8')).toContain('FileVersion: 1.2.3.7')
    const restOf = (path: string): string => go(['version', '-m', path], folder).replaceAll(path, '')
    expect(restOf(output)).toBe(restOf(plain))
    const witness = buildWitness(join(folder, 'witness-bin'))
    const [seen, seenBefore] = [output, plain].map((path) => JSON.parse(tool(witness, path).toString('utf8')))
    expect(seen).toEqual({ ...seenBefore, Sections: [...seenBefore.Sections, '.rsrc'] })
    expect(seen.MainMain).toBe(!stripped)
    if (!stripped) expect(go(['tool', 'nm', output], folder)).toBe(go(['tool', 'nm', plain], folder))
  })

  it('gives the same bytes again, from the same input and from its own output', async () => {
    const plain = goBuild(folder, 'same.exe')
    const paths = ['same-1.exe', 'same-2.exe', 'same-3.exe'].map((name) => join(folder, name))
    await embedResources(plain, paths[0]!, request({ icon }))
    await embedResources(plain, paths[1]!, request({ icon }))
    await embedResources(paths[0]!, paths[2]!, request({ icon }))
    const [first, second, third] = paths.map((path) => readFileSync(path))
    expect(second!.equals(first!)).toBe(true)
    expect(third!.equals(first!)).toBe(true)
  })

  it('keeps any text whole: 日本語, ©, emoji, quotes, and the longest that fit', async () => {
    const plain = goBuild(folder, 'text.exe')
    const output = join(folder, 'text-done.exe')
    const texts = {
      company: '日本語株式会社',
      copyright: '© 2026 Müller & Söhne',
      description: 'Rocket 🚀 "quoted" \\ back',
      comments: 'x'.repeat(20_000),
    }
    await embedResources(plain, output, request({ config: texts }))
    const table = pefile(output).versions[0]!.tables['040904b0']!
    expect(table).toMatchObject({
      CompanyName: texts.company,
      LegalCopyright: texts.copyright,
      FileDescription: texts.description,
      Comments: texts.comments,
    })
    expect(wrestool(output, 16, 1).includes(Buffer.from('Rocket 🚀 "quoted"', 'utf16le'))).toBe(true)
    const tooLong = embedResources(plain, join(folder, 'too-long.exe'), request({ config: { comments: 'x'.repeat(33_000) } }))
    await expect(tooLong).rejects.toMatchObject({ code: 'RESOURCE_TEXT_TOO_LONG', exitCode: 2 })
    expect(existsSync(join(folder, 'too-long.exe'))).toBe(false)
  })

  it('writes several languages', async () => {
    const plain = goBuild(folder, 'languages.exe')
    const output = join(folder, 'languages-done.exe')
    const config = {
      company: 'Acme',
      description: 'Hello',
      languages: { 'de-DE': { description: 'Hallo' }, '0x0411': { description: 'こんにちは' } },
    }
    await embedResources(plain, output, request({ config }))
    const { tables, translations } = pefile(output).versions[0]!
    expect(
      Object.entries(tables).map(([language, table]) => [language, table['FileDescription'], table['CompanyName'], table['FileVersion']]),
    ).toEqual([
      ['040904b0', 'Hello', 'Acme', '1.2.3'],
      ['040704b0', 'Hallo', 'Acme', '1.2.3'],
      ['041104b0', 'こんにちは', 'Acme', '1.2.3'],
    ])
    expect(translations).toEqual(['040904b0', '040704b0', '041104b0'])
  })

  it('keeps what is appended to the exe at its end', async () => {
    const plain = goBuild(folder, 'overlay.exe')
    const appended = Buffer.concat([Buffer.from('PK appended data '), Buffer.alloc(70_001, 7)])
    appendFileSync(plain, appended)
    const output = join(folder, 'overlay-done.exe')
    await embedResources(plain, output, request({ icon }))
    const report = pefile(output)
    const bytes = readFileSync(output)
    expect(bytes.subarray(report.overlay!).equals(appended)).toBe(true)
    expect(report.checksum).toBe(report.computedChecksum)
  })

  it('stores a 256-pixel PNG of more than 64 KiB untouched', async () => {
    const plain = goBuild(folder, 'large-icon.exe')
    const image = png(256, 256, noise())
    expect(image.length).toBeGreaterThan(65_536)
    const path = join(folder, 'large.ico')
    writeFileSync(path, icoOf([{ size: 256, data: image }]))
    const output = join(folder, 'large-icon-done.exe')
    await embedResources(plain, output, request({ icon: path }))
    expect(wrestool(output, 3, 1).equals(image)).toBe(true)
    expect(pefile(output).groups['1']).toMatchObject([{ width: 0, height: 0, size: image.length }])
  })

  it('replaces an icon of five images by one of one, without orphans', async () => {
    const plain = goBuild(folder, 'fewer.exe')
    const five = join(folder, 'five.ico')
    const one = join(folder, 'one.ico')
    writeFileSync(five, ico(16, 32, 48, 64, 256))
    writeFileSync(one, ico(32))
    await embedResources(plain, join(folder, 'five.exe'), request({ icon: five }))
    await embedResources(join(folder, 'five.exe'), join(folder, 'one.exe'), request({ icon: one }))
    expect(icotool(join(folder, 'one.exe'), folder)).toEqual(['32x32x32'])
    expect(pefile(join(folder, 'one.exe')).resources.filter(({ type }) => type === 3)).toHaveLength(1)
    await embedResources(join(folder, 'five.exe'), join(folder, 'none.exe'), request({ config: { icon: 'none' } }))
    expect(pefile(join(folder, 'none.exe')).resources.map(({ type }) => type)).toEqual([16, 24])
  })

  it('leaves nothing behind when it fails or is stopped', async () => {
    const own = temporaryFolder()
    const plain = join(own, 'hello.exe')
    copyFileSync(goBuild(folder, 'fails.exe'), plain)
    const before = readFileSync(plain)
    const output = join(own, 'done.exe')
    const gone = { ...request({ icon }), icon: { layer: 'configured' as const, path: join(own, 'gone.ico'), sha256: '' } }
    await expect(embedResources(plain, output, gone)).rejects.toMatchObject({ code: 'ICON_MISSING', exitCode: 2 })
    const changed = { ...request({ icon }), icon: { layer: 'configured' as const, path: icon, sha256: 'of another file' } }
    await expect(embedResources(plain, output, changed)).rejects.toMatchObject({ code: 'ICON_CHANGED' })
    const stop = new AbortController()
    appendFileSync(plain, Buffer.alloc(50_000_000))
    const running = embedResources(plain, output, request(), { signal: stop.signal })
    const watch = setInterval(() => existsSync(output) && stop.abort(new Error('stopped')), 1)
    await expect(running).rejects.toThrow('stopped')
    clearInterval(watch)
    expect(readdirSync(own)).toEqual(['hello.exe'])
    expect(readFileSync(plain).subarray(0, before.length).equals(before)).toBe(true)
    await expect(embedResources(plain, plain, request())).rejects.toThrow(TypeError)
  })
})

describeWith(['go', 'pefile', 'wine', 'mingw'], 'portable engine, under Wine', () => {
  it('a program with all its resources still runs', async () => {
    const folder = temporaryFolder()
    const icon = join(folder, 'icon.ico')
    writeFileSync(icon, ico(16, 256))
    const config = { manifest: { utf8: true, longPaths: true, dpiAwareness: 'permonitorv2', commonControls: true } } as const
    await embedResources(goBuild(folder, 'hello.exe'), join(folder, 'done.exe'), request({ icon, config }))
    await embedResources(
      goBuild(folder, 'cgo.exe', { fixture: 'cgo', stripped: false }),
      join(folder, 'cgo-done.exe'),
      request({ icon, config }),
    )
    expect(await runUnderWine(join(folder, 'done.exe'))).toMatchObject({ exitCode: 0, stdout: 'hello\n' })
    expect(await runUnderWine(join(folder, 'cgo-done.exe'))).toMatchObject({ exitCode: 0, stdout: 'hello 42\n' })
  })
})
