import { cpSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { git } from '../../helpers/repository.ts'
import { temporaryFolder } from '../../helpers/temporary.ts'
import type { Tool } from '../../helpers/tools.ts'
import { checksumLines, exiftool, goVersion, lines, pefile, read, readIn, unzip } from './readers.ts'
import { headOf } from './real-module.ts'

/** What third-party programs must find in what was built. */
export interface Expected {
  readonly name: string
  readonly module: string
  /** Import path of the main package. */
  readonly main: string
  /** X.Y.Z */
  readonly version: string
  readonly archs: readonly Arch[]
  readonly files: readonly string[]
  /** Fields of the version information beside those every program has. */
  readonly fields?: Readonly<Record<string, string>>
  readonly resources?: Readonly<Record<string, readonly (readonly [string, number])[]>>
  readonly manifestSettings?: Readonly<Record<string, string>>
}

type Arch = keyof typeof machines

const machines = { amd64: 0x86_64, arm64: 0xaa_64, '386': 0x1_4c }

export const readers: readonly Tool[] = ['go', 'git', 'exiftool', 'pefile', 'osslsigncode', '7z', 'unzip', 'sha256sum']

/** Tests that are the same for every real program. `checkout` gives the folder of the module once it is built. */
export function agrees(expected: Expected, checkout: () => string): void {
  const { name, archs, version } = expected
  const label = `v${version}-20260304.0506`
  const out = (...path: string[]): string => join(checkout(), 'dist', ...path)
  const exe = (arch: Arch): string => out(`windows_${arch}`, `${name}.exe`)
  const zip = (arch: Arch): string => `${name}_${label}_windows_${arch}.zip`

  it('leaves one zip a target, named with the tag and the time, and a clean tree', () => {
    const made = [...archs.flatMap((arch) => [zip(arch), `windows_${arch}`]), '.gitignore', 'artifacts.json', 'checksums.txt']
    expect(readdirSync(out()).sort()).toEqual(made.sort())
    expect(git(checkout(), 'status', '--porcelain')).toBe('')
  })

  it.each(archs)('%s: version information, as exiftool reads it', (arch) => {
    const fields = {
      FileVersionNumber: `${version}.0`,
      ProductVersionNumber: `${version}.0`,
      FileVersion: `${version}+20260304.0506`,
      ProductVersion: `${version}+20260304.0506`,
      FileDescription: name,
      InternalName: name,
      ProductName: name,
      OriginalFileName: `${name}.exe`,
      FileFlags: '(none)',
      FileOS: 'Windows NT 32-bit',
      ObjectFileType: 'Executable application',
      Subsystem: 'Windows command line',
      LanguageCode: 'English (U.S.)',
      CharacterSet: 'Unicode',
      ...expected.fields,
    }
    const read = exiftool(exe(arch))
    expect(read).toMatchObject(fields)
    // Nothing is guessed: a field that nobody set is not there.
    const all = ['CompanyName', 'LegalCopyright', 'LegalTrademarks', 'Comments', 'PrivateBuild', 'SpecialBuild']
    expect(Object.keys(read).filter((key) => all.includes(key) && !(key in fields))).toEqual([])
  })

  it.each(archs)('%s: headers, resources, manifest and imports, as pefile reads them; the checksum, as osslsigncode does', (arch) => {
    expect(pefile(exe(arch))).toEqual({
      machine: machines[arch],
      timestamp: 0,
      subsystem: 3,
      endsRight: true,
      overlay: null,
      dlls: ['kernel32.dll'],
      resources: expected.resources ?? { 16: [['1', 0x409]], 24: [['1', 0x409]] },
      manifest: {
        root: '{urn:schemas-microsoft-com:asm.v1}assembly',
        identity: { type: 'win32', name, version: `${version}.0`, processorArchitecture: '*' },
        level: 'asInvoker',
        supported: 4,
        settings: expected.manifestSettings ?? { longPathAware: 'true' },
      },
    })
    expect(checksumLines(exe(arch))).toEqual([expect.stringMatching(/^PE checksum +: (?!0{8})[0-9A-F]{8}$/)])
  })

  it.each(archs)('%s: build information, as go version -m reads it', (arch) => {
    const info = goVersion(exe(arch))
    expect(info.get('mod')).toBe(`${expected.module} v${version}`)
    expect(info.get('path')).toBe(expected.main)
    const settings = {
      GOOS: 'windows',
      GOARCH: arch,
      CGO_ENABLED: '0',
      '-trimpath': 'true',
      'vcs.revision': headOf(checkout()),
      'vcs.modified': 'false',
      'vcs.time': '2026-03-04T05:06:07Z',
    }
    expect(Object.fromEntries(info)).toMatchObject(settings)
  })

  it.each(archs)('%s: the archive, as unzip, zipinfo and 7z read it', (arch) => {
    const path = out(zip(arch))
    expect(read('unzip', '-tq', path)).toContain('No errors detected')
    expect(read('7z', 't', path)).toContain('Everything is Ok')
    const rows = lines(read('zipinfo', path)).filter((line) => line.startsWith('-'))
    const seen = rows.map((row) => row.split(/\s+/)).map((cells) => [cells[0], cells[6], cells[7], cells.slice(8).join(' ')].join(' '))
    const files = [...expected.files.map((file) => `-rw-r--r-- 26-Mar-04 05:06 ${file}`), `-rwxr-xr-x 26-Mar-04 05:06 ${name}.exe`]
    expect(seen).toEqual(files)
    const unpacked = unzip(path, temporaryFolder())
    expect(readFileSync(join(unpacked, `${name}.exe`)).equals(readFileSync(exe(arch)))).toBe(true)
    for (const file of expected.files)
      expect(readFileSync(join(unpacked, file)).equals(readFileSync(join(checkout(), file))), file).toBe(true)
  })

  it('has checksums that hold for somebody who downloaded only what they list', () => {
    const download = temporaryFolder()
    for (const file of [...archs.map(zip), 'checksums.txt']) cpSync(out(file), join(download, file))
    const rows = archs
      .map(zip)
      .sort()
      .map((file) => `${file}: OK\n`)
    expect(readIn(download, 'sha256sum', '-c', '--strict', 'checksums.txt')).toBe(rows.join(''))
  })
}
