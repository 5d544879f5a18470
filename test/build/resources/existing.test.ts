import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { embedResources } from '../../../src/build/resources/embed.ts'
import { makeFolder } from '../../helpers/temporary.ts'
import { describeWith } from '../../helpers/tools.ts'
import { runUnderWine } from '../../helpers/wine.ts'
import { go, goBuild } from './support/go.ts'
import { ico } from './support/images.ts'
import { pefile, tool, wrestool, type PefileReport } from './support/readers.ts'
import { request } from './support/request.ts'
import { existingSyso } from './support/syso.ts'

describeWith(['go', 'mingw', 'pefile', 'wrestool'], 'resources the exe has already, from a .syso', () => {
  let folder: string
  let plain: string
  let icon: string
  beforeAll(() => {
    folder = makeFolder()
    plain = goBuild(folder, 'plain.exe', { syso: existingSyso(folder), stripped: false })
    icon = join(folder, 'new.ico')
    writeFileSync(icon, ico(16, 32, 48, 64, 256))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const places = ({ resources }: PefileReport) => resources.map(({ type, id, language }) => `${type}/${id}/${language}`)

  it('stay where nothing is configured; only the versions are gopack’s', async () => {
    const output = join(folder, 'kept.exe')
    await embedResources(plain, output, request({ icon, iconLayer: 'fallback' }))
    const [before, after] = [pefile(plain), pefile(output)]
    expect(places(after)).toEqual(places(before))
    const untouched = ({ resources }: PefileReport) => resources.filter(({ type }) => type !== 16)
    expect(untouched(after)).toEqual(untouched(before))
    expect(after.versions[0]).toMatchObject({ file: [1, 2, 3, 0], product: [1, 2, 3, 0] })
    expect(after.versions[0]!.tables).toEqual({
      '040704b0': {
        CompanyName: 'Alte Firma',
        FileDescription: 'Alte Beschreibung',
        FileVersion: '1.2.3',
        InternalName: 'hello',
        OriginalFilename: 'hello.exe',
        PrivateBuild: 'behalten',
        ProductName: 'hello',
        ProductVersion: '1.2.3',
      },
    })
  })

  it('are replaced where configured, and only there', async () => {
    const output = join(folder, 'replaced.exe')
    const config = {
      company: 'New Inc.',
      languages: { 'en-US': { description: 'New' }, 'fr-FR': { description: 'Nouveau' } },
      manifest: { longPaths: true },
    }
    await embedResources(plain, output, { ...request({ icon, config }) })
    const report = pefile(output)
    // The first group (names before numbers) has the new icon; the images of group 7 are still there.
    expect(report.groups['APP']!.map(({ width }) => width)).toEqual([16, 32, 48, 64, 0])
    expect(report.groups['7']!.map(({ width }) => width)).toEqual([24, 64])
    const images = report.resources.filter(({ type }) => type === 3)
    expect(images.map(({ id }) => id).sort()).toEqual([...report.groups['APP']!, ...report.groups['7']!].map(({ id }) => id).sort())
    expect(wrestool(output, 10, 3).toString('latin1')).toBe('raw data')
    expect(places(report)).toContain('MYTYPE/LOGO/1031')
    expect(report.manifests).toEqual([expect.stringContaining('longPathAware')])
    expect(Object.keys(report.versions[0]!.tables)).toEqual(['040704b0', '040c04b0'])
    expect(report.versions[0]!.tables['040704b0']).toMatchObject({
      CompanyName: 'New Inc.',
      FileDescription: 'New',
      PrivateBuild: 'behalten',
    })
    expect(report.versions[0]!.tables['040c04b0']).toMatchObject({ CompanyName: 'New Inc.', FileDescription: 'Nouveau' })
    const again = join(folder, 'replaced-again.exe')
    await embedResources(output, again, request({ icon, config }))
    expect(readFileSync(again).equals(readFileSync(output))).toBe(true)
    expect(report.checksum).toBe(report.computedChecksum)
    expect(go(['tool', 'nm', output], folder)).toBe(go(['tool', 'nm', plain], folder))
  })
})

describeWith(['go', 'mingw', 'pefile', 'wrestool', 'wine'], 'executables linked by mingw (cgo)', () => {
  let folder: string
  beforeAll(() => void (folder = makeFolder()))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** All symbols with their values, as binutils read them from the table behind the last section; those of DWARF sections move with these. */
  const symbols = (path: string): string[] =>
    tool('x86_64-w64-mingw32-nm', '--debug-syms', path)
      .toString('utf8')
      .split('\n')
      .map((line) => line.replace(/^[0-9a-f]{16} (N \.)/, '$1'))
  const inMemory = ({ sections, sectionAlignment }: PefileReport) =>
    sections.map(({ address, virtualSize }) => [address, address + Math.ceil(virtualSize / sectionAlignment) * sectionAlignment] as const)

  it.each([
    { name: 'symbol table behind the last section', stripped: false, withSyso: false },
    { name: 'symbols, and .rsrc in the middle of the file', stripped: false, withSyso: true },
    { name: 'stripped, .rsrc before .reloc', stripped: true, withSyso: true },
  ])('$name', async ({ stripped, withSyso }) => {
    const label = `${stripped}-${withSyso}`
    const plain = goBuild(folder, `${label}.exe`, { fixture: 'cgo', stripped, ...(withSyso ? { syso: existingSyso(folder) } : {}) })
    const icon = join(folder, 'icon.ico')
    writeFileSync(icon, ico(16, 24, 32, 48, 64, 128, 256))
    const output = join(folder, `${label}-done.exe`)
    await embedResources(plain, output, request({ icon }))

    const [before, after] = [pefile(plain), pefile(output)]
    expect(after.warnings).toEqual(before.warnings)
    expect(after.checksum).toBe(after.computedChecksum)
    expect(after.symbols).toBe(before.symbols)
    if (!stripped) expect(symbols(output)).toEqual(symbols(plain))
    expect(after.versions[0]!.file).toEqual([1, 2, 3, 0])
    // Windows wants sections side by side in memory, without gaps, up to the end of the image.
    const ranges = inMemory(after)
    ranges.slice(1).forEach(([start], index) => expect(start).toBe(ranges[index]![1]))
    expect(after.sizeOfImage).toBe(ranges.at(-1)![1])
    const relocations = after.sections.find(({ name }) => name === '.reloc')!
    expect(after.relocations).toBe(relocations.address)
    const relocated = (path: string): string =>
      tool('x86_64-w64-mingw32-objdump', '-p', path).toString('utf8').split('PE File Base Relocations')[1]!.split('The .rsrc')[0]!
    expect(relocated(output)).toEqual(relocated(plain))
    if (!stripped) {
      const dwarf = (path: string): string => tool('x86_64-w64-mingw32-objdump', '--dwarf=info', path).toString('utf8').replaceAll(path, '')
      expect(dwarf(output)).toBe(dwarf(plain))
    }
    expect(await runUnderWine(output)).toMatchObject({ exitCode: 0, stdout: 'hello 42\n' })
    const again = join(folder, `${label}-again.exe`)
    await embedResources(output, again, request({ icon }))
    expect(readFileSync(again).equals(readFileSync(output))).toBe(true)
  })
})
