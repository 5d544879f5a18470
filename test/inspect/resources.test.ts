import { execFileSync } from 'node:child_process'
import { appendFileSync, copyFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspect } from '../../src/inspect/inspect.ts'
import type { PeInspection } from '../../src/inspect/types.ts'
import { makeFolder, temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'
import { makeIco } from './icons.ts'
import { addResources, manifestText, prepareProgram } from './samples.ts'
import { readWithPefile } from './third-party.ts'

const folder = makeFolder()
const path = join(folder, 'program.exe')
let inspection: PeInspection

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describeWith(['go', 'git', 'mingw'], 'resources linked in from a .syso', () => {
  beforeAll(async () => {
    const program = prepareProgram(folder)
    const app = makeIco([
      { side: 16, depth: 32 },
      { side: 32, depth: 24 },
      { side: 48, depth: 32 },
      { side: 256, depth: 32, png: true },
    ])
    addResources(program.source, { app, small: makeIco([{ side: 24, depth: 32 }]) })
    program.build('program.exe', {})
    inspection = (await inspect(path)) as PeInspection
  })

  test('nothing to object to', () => {
    expect(inspection.findings).toEqual([])
    expect(inspection.go!.vcs!.modified).toBe(true)
  })

  test('the manifest, its text and what it means', () => {
    const { xml, ...meaning } = inspection.manifest!
    expect(xml).toBe(manifestText())
    expect(meaning).toEqual({
      name: '#1',
      language: '0409',
      identity: { name: 'Example.Program', version: '1.4.2.7', type: 'win32', architecture: '*' },
      executionLevel: 'highestAvailable',
      uiAccess: false,
      dpiAware: null,
      dpiAwareness: 'PerMonitorV2, PerMonitor',
      longPaths: true,
      codePage: 'UTF-8',
      heap: null,
      gdiScaling: false,
      supportedWindows: ['10/11', '7'],
      commonControls: true,
    })
  })

  test('the fixed part of the version information', () => {
    expect(inspection.versionInformation).toHaveLength(1)
    const { fixed, language, translations } = inspection.versionInformation[0]!
    expect(language).toBe('0409')
    expect(translations).toEqual(['040904b0', '041104b0'])
    expect(fixed).toEqual({
      fileVersion: [1, 4, 2, 7],
      productVersion: [1, 4, 0, 65535],
      flagsMask: 0x3f,
      flags: 2,
      flagNames: ['prerelease'],
      os: 0x40004,
      type: 1,
      subtype: 0,
    })
  })

  describeWith(['pefile'], 'as pefile reads them', () => {
    test('strings of every language', () => {
      expect(inspection.versionInformation[0]!.strings).toEqual(readWithPefile(path).strings)
      expect(inspection.versionInformation[0]!.strings['041104b0']).toEqual({ CompanyName: '例社', ProductName: '日本語プログラム' })
    })

    test('the list of resources', () => {
      const numbers: Readonly<Record<string, number>> = { RT_ICON: 3, RT_RCDATA: 10, RT_GROUP_ICON: 14, RT_VERSION: 16, RT_MANIFEST: 24 }
      const ours = inspection.resources.map(({ type, name, language, size }) => [
        numbers[type],
        name.startsWith('#') ? Number(name.slice(1)) : name,
        Number.parseInt(language, 16),
        size,
      ])
      expect(ours).toEqual(readWithPefile(path).resources)
    })
  })

  describeWith(['exiftool'], 'as exiftool reads them', () => {
    test('version numbers, strings and flags', () => {
      const theirs = (JSON.parse(execFileSync('exiftool', ['-j', path], { encoding: 'utf8' })) as Record<string, string>[])[0]!
      const { fixed, strings } = inspection.versionInformation[0]!
      const english = strings['040904b0']!
      expect(fixed!.fileVersion.join('.')).toBe(theirs.FileVersionNumber)
      expect(fixed!.productVersion.join('.')).toBe(theirs.ProductVersionNumber)
      expect(theirs.FileFlags).toBe('Pre-release')
      for (const key of ['FileDescription', 'FileVersion', 'InternalName', 'LegalCopyright', 'OriginalFileName']) {
        expect(english[key.replace('OriginalFileName', 'OriginalFilename')], key).toBe(theirs[key])
      }
    })
  })

  describeWith(['wrestool', 'icotool'], 'as icoutils read them', () => {
    test.each(['APPICON', '#7'])('icon %s', (name) => {
      const icon = join(temporaryFolder(), 'icon.ico')
      execFileSync('wrestool', ['-x', '-t14', `-n${name.replace('#', '')}`, '-o', icon, path])
      const listed = execFileSync('icotool', ['-l', icon], { encoding: 'utf8' })
      const theirs = Array.from(listed.matchAll(/--width=(\d+) --height=(\d+) --bit-depth=(\d+)/g), ([, ...numbers]) => numbers.map(Number))
      const ours = inspection.icons.find((one) => one.name === name)!.images
      expect(ours.map(({ width, height, depth }) => [width, height, depth])).toEqual(theirs)
    })
  })

  test('icons: names before numbers, sizes, formats', () => {
    expect(inspection.icons.map(({ name }) => name)).toEqual(['APPICON', '#7'])
    const [app] = inspection.icons
    expect(app!.images.map(({ width, format }) => `${width} ${format}`)).toEqual(['16 bmp', '32 bmp', '48 bmp', '256 png'])
    expect(app!.images[3]!.size).toBeGreaterThan(65536)
  })

  describeWith(['osslsigncode'], 'signed', () => {
    let signed: string
    beforeAll(() => {
      const key = join(folder, 'key.pem')
      const certificate = join(folder, 'certificate.pem')
      signed = join(folder, 'signed.exe')
      execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=Test', '-keyout', key, '-out', certificate], {
        stdio: 'ignore',
      })
      execFileSync('osslsigncode', ['sign', '-certs', certificate, '-key', key, '-h', 'sha256', '-in', path, '-out', signed], {
        stdio: 'ignore',
      })
    })

    test('the signature is present, not verified, and no overlay', async () => {
      const { signature, overlay, findings, checksum } = (await inspect(signed)) as PeInspection
      const extracted = join(folder, 'signature.der')
      execFileSync('osslsigncode', ['extract-signature', '-in', signed, '-out', extracted], { stdio: 'ignore' })
      expect(findings).toEqual([])
      // A header of eight bytes, padded to a multiple of eight.
      const size = Math.ceil((statSync(extracted).size + 8) / 8) * 8
      expect(signature).toEqual({ verified: false, offset: statSync(path).size, size, entries: 1 })
      expect(signature!.offset + signature!.size).toBe(statSync(signed).size)
      expect(overlay).toBeNull()
      expect(checksum.state).toBe('right')
    })

    test('data behind the signature is told', async () => {
      const longer = join(temporaryFolder(), 'longer.exe')
      copyFileSync(signed, longer)
      appendFileSync(longer, 'sixteen bytes   ')
      const { findings, signature, ok } = (await inspect(longer)) as PeInspection
      expect(signature).not.toBeNull()
      expect(findings.map(({ code }) => code)).toEqual(['WRONG_CHECKSUM', 'DATA_AFTER_SIGNATURE'])
      expect(ok).toBe(true)
    })

    test('a signature table outside the file is an error', async () => {
      const cut = join(temporaryFolder(), 'cut.exe')
      writeFileSync(cut, readFileSync(signed).subarray(0, statSync(path).size + 16))
      const { findings, ok } = (await inspect(cut)) as PeInspection
      expect(findings.map(({ code }) => code)).toContain('BAD_SIGNATURE_TABLE')
      expect(ok).toBe(false)
    })
  })
})
