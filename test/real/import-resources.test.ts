import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { commitAll, helloMain, moduleOf } from '../helpers/repository.ts'
import { makeFolder, temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'
import { checkOut } from './support/real-module.ts'
import { exiftool, read } from './support/readers.ts'

interface Resources {
  readonly fixed: Readonly<Record<string, unknown>>
  readonly tables: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly manifest?: Readonly<Record<string, unknown>>
  readonly icons: readonly number[]
}

const reader = fileURLToPath(new URL('support/read_versions.py', import.meta.url))
const pefile = (path: string): Resources => JSON.parse(read('python3', reader, path)) as Resources

const goEnvironment = { ...process.env, GOFLAGS: '-buildvcs=false', GOTOOLCHAIN: 'local', GOWORK: 'off', CGO_ENABLED: '0' }
const rival = (folder: string): string => {
  const env = { ...goEnvironment, GOOS: 'windows', GOARCH: 'amd64' }
  execFileSync('go', ['build', '-o', 'rival.exe', '.'], { cwd: folder, env })
  return join(folder, 'rival.exe')
}

/** Builds with gopack what `init --from` made, the file it came from gone. */
async function imported(folder: string, from: string): Promise<string> {
  const init = await gopack(['init', '--from', from], { cwd: folder })
  expect(init.code, init.stderr).toBe(0)
  rmSync(join(folder, from))
  commitAll(folder, 'v1.2.3')
  const build = await gopack(['build'], { cwd: folder })
  expect(build.code, build.stderr).toBe(0)
  return join(folder, 'dist/windows_amd64/hello.exe')
}

/** Versions as texts are gopack's own: the whole tag with its time. */
const withoutVersions = ({ tables }: Resources): unknown =>
  Object.fromEntries(
    Object.entries(tables).map(([language, texts]) => [
      language.toLowerCase(),
      Object.fromEntries(Object.entries(texts).filter(([name, text]) => !/^(File|Product)Version$/.test(name) && text !== '')),
    ]),
  )

let tools = ''
beforeAll(() => {
  tools = makeFolder()
  const env = { ...goEnvironment, GOBIN: tools, GOFLAGS: '' }
  for (const tool of ['github.com/tc-hib/go-winres@v0.3.3', 'github.com/josephspurrier/goversioninfo/cmd/goversioninfo@v1.7.0'])
    execFileSync('go', ['install', tool], { env, cwd: tools, stdio: 'pipe' })
})
afterAll(() => rmSync(tools, { recursive: true, force: true }))

/** A module with an icon of a real program. */
function withIcon(files: Readonly<Record<string, string>>): string {
  const source = checkOut({ path: 'github.com/prometheus-community/windows_exporter', version: 'v0.30.8' }, temporaryFolder())
  const folder = moduleOf({ 'main.go': helloMain, ...files })
  mkdirSync(join(folder, 'winres'), { recursive: true })
  cpSync(join(source, 'cmd/windows_exporter/winres/icon.png'), join(folder, 'winres/icon.png'))
  return folder
}

const texts = {
  Comments: 'For © testing',
  CompanyName: 'Müller & Söhne',
  FileDescription: '日本語',
  InternalName: 'intern',
  LegalCopyright: '© 2026',
  LegalTrademarks: 'TM',
  OriginalFilename: 'other.exe',
  PrivateBuild: 'private',
  ProductName: 'The Product',
  SpecialBuild: 'special',
}
const german = { ...texts, FileDescription: 'Größe' }

describeWith(['go', 'pefile', 'exiftool'], 'resources after an import, against those of the tool it came from', () => {
  it('winres.json: as go-winres links them', async () => {
    const manifest = {
      description: '',
      'minimum-os': 'win7',
      'execution-level': 'highest',
      'dpi-awareness': 'per monitor',
      'long-path-aware': true,
      'segment-heap': true,
      'use-common-controls-v6': true,
      'ui-access': false,
    }
    const winres = {
      RT_GROUP_ICON: { APP: { '0000': ['icon.png'] } },
      RT_MANIFEST: { '#1': { '0409': manifest } },
      RT_VERSION: {
        '#1': { '0000': { fixed: { file_version: '1.2.3.0', product_version: '1.2.3.0' }, info: { '0409': texts, '0407': german } } },
      },
    }
    const folder = withIcon({ 'winres/winres.json': JSON.stringify(winres) })
    const other = temporaryFolder()
    cpSync(folder, other, { recursive: true })
    execFileSync(join(tools, 'go-winres'), ['make', '--arch', 'amd64'], { cwd: other })
    const theirs = rival(other)
    const ours = await imported(folder, 'winres/winres.json')
    const [a, b] = [pefile(ours), pefile(theirs)]
    expect(withoutVersions(a)).toEqual(withoutVersions(b))
    expect(a.manifest).toEqual(b.manifest)
    expect({ ...a.fixed, mask: 0, os: 0 }).toEqual({ ...b.fixed, mask: 0, os: 0 })
    // gopack has the sizes for scaled displays too.
    expect(a.icons).toEqual(expect.arrayContaining([...b.icons]))
    for (const key of ['CompanyName', 'FileVersionNumber', 'ProductVersionNumber', 'ObjectFileType', 'CharacterSet', 'LegalCopyright'])
      expect(exiftool(ours)[key], key).toEqual(exiftool(theirs)[key])
  })

  it('versioninfo.json: as goversioninfo links them', async () => {
    const version = { Major: 1, Minor: 2, Patch: 3, Build: 0 }
    const info = {
      FixedFileInfo: {
        FileVersion: version,
        ProductVersion: version,
        FileFlagsMask: '3f',
        FileFlags: '00',
        FileOS: '40004',
        FileType: '01',
        FileSubType: '00',
      },
      StringFileInfo: texts,
      VarFileInfo: { Translation: { LangID: '0407', CharsetID: '04B0' } },
      ManifestPath: 'app.manifest',
    }
    const manifest =
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0"><trustInfo xmlns="urn:schemas-microsoft-com:asm.v3"><security><requestedPrivileges><requestedExecutionLevel level="requireAdministrator" uiAccess="false"/></requestedPrivileges></security></trustInfo></assembly>\n'
    const folder = moduleOf({ 'main.go': helloMain, 'versioninfo.json': JSON.stringify(info), 'app.manifest': manifest })
    const other = temporaryFolder()
    cpSync(folder, other, { recursive: true })
    execFileSync(join(tools, 'goversioninfo'), ['-64', '-o', 'resource_windows_amd64.syso'], { cwd: other })
    const theirs = rival(other)
    const ours = await imported(folder, 'versioninfo.json')
    const [a, b] = [pefile(ours), pefile(theirs)]
    expect(withoutVersions(a)).toEqual(withoutVersions(b))
    expect(a.manifest).toEqual(b.manifest)
    expect(a.fixed).toEqual(b.fixed)
    for (const key of ['CompanyName', 'FileVersionNumber', 'LanguageCode', 'CharacterSet', 'FileOS', 'FileDescription'])
      expect(exiftool(ours)[key], key).toEqual(exiftool(theirs)[key])
  })

  describeWith(['mingw', 'wrestool', 'icotool'], 'with mingw', () => {
    it('.rc: as windres links them', async () => {
      const lines = (strings: Readonly<Record<string, string>>): string =>
        Object.entries(strings)
          .map(([name, value]) => `      VALUE "${name}", "${value}"`)
          .join('\n')
      const script = `#pragma code_page(65001)
#include <winver.h>
#define VERSION 1,2,3,0
7 ICON "app.ico"
1 24 "app.manifest"
1 VERSIONINFO
FILEVERSION VERSION
PRODUCTVERSION VERSION
FILEFLAGSMASK VS_FFI_FILEFLAGSMASK
FILEOS VOS_NT_WINDOWS32
FILETYPE VFT_APP
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "040904b0"
    BEGIN
${lines(texts)}
    END
    BLOCK "040704b0"
    BEGIN
${lines(german)}
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x409, 1200, 0x407, 1200
  END
END
`
      const manifest =
        '<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0"><trustInfo xmlns="urn:schemas-microsoft-com:asm.v3"><security><requestedPrivileges><requestedExecutionLevel level="asInvoker" uiAccess="false"/></requestedPrivileges></security></trustInfo></assembly>\n'
      const folder = withIcon({ 'app.rc': script, 'app.manifest': manifest })
      read('icotool', '-c', '-o', join(folder, 'app.ico'), join(folder, 'winres/icon.png'))
      const other = temporaryFolder()
      cpSync(folder, other, { recursive: true })
      execFileSync('x86_64-w64-mingw32-windres', ['-i', 'app.rc', '-O', 'coff', '-o', 'rsrc_windows_amd64.syso'], { cwd: other })
      const theirs = rival(other)
      rmSync(join(folder, 'winres'), { recursive: true })
      const ours = await imported(folder, 'app.rc')
      const [a, b] = [pefile(ours), pefile(theirs)]
      expect(withoutVersions(a)).toEqual(withoutVersions(b))
      expect(a.manifest).toEqual(b.manifest)
      expect(a.fixed).toEqual(b.fixed)
      expect(a.icons).toEqual(b.icons)
      const icons = [ours, theirs].map((exe) => {
        const to = temporaryFolder()
        read('wrestool', '-x', '-t14', '-o', join(to, 'icon.ico'), exe)
        return read('icotool', '-l', join(to, 'icon.ico'))
      })
      expect(icons[0]).toEqual(icons[1])
    })
  })

  it('keeps what a real winres.json says', async () => {
    const source = checkOut({ path: 'github.com/prometheus-community/windows_exporter', version: 'v0.30.8' }, temporaryFolder())
    const folder = moduleOf({ 'main.go': helloMain })
    cpSync(join(source, 'cmd/windows_exporter/winres'), join(folder, 'winres'), { recursive: true })
    const other = temporaryFolder()
    cpSync(folder, other, { recursive: true })
    execFileSync(join(tools, 'go-winres'), ['make', '--arch', 'amd64'], { cwd: other })
    const theirs = pefile(rival(other))
    const ours = pefile(await imported(folder, 'winres/winres.json'))
    expect(readdirSync(join(folder, 'winres'))).toEqual(['icon.png'])
    // What is empty there has gopack's default here.
    expect(withoutVersions(ours)).toEqual({
      '040904b0': { ...(Object.values(withoutVersions(theirs) as object)[0] as object), OriginalFilename: 'hello.exe' },
    })
    expect({ ...ours.manifest }).toEqual({ ...withoutDescription(theirs.manifest) })
  })
})

function withoutDescription(manifest: Resources['manifest']): Record<string, unknown> {
  const { description: _description, ...rest } = manifest ?? {}
  return rest
}
