import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, copyFileSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspect } from '../../src/inspect/inspect.ts'
import type { ExecutableInspection, PeInspection } from '../../src/inspect/types.ts'
import { makeFolder, temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'
import { buildCgo, prepareProgram, type Build } from './samples.ts'
import { readWithGo, readWithPefile } from './third-party.ts'

const folder = makeFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const samples: Readonly<Record<string, Build>> = {
  'stripped.exe': { ldflags: '-s -w -X main.version=1.4.2' },
  'full.exe': { ldflags: '' },
  'gui-386.exe': { arch: '386', ldflags: '-s -w -H=windowsgui' },
  'arm64.exe': { arch: 'arm64', flags: ['-trimpath'] },
  'linux-amd64': { os: 'linux' },
  'linux-mips': { os: 'linux', arch: 'mips', ldflags: '' },
  'darwin-arm64': { os: 'darwin', arch: 'arm64', ldflags: '' },
}

async function inspectPe(path: string): Promise<PeInspection> {
  return (await inspect(path)) as PeInspection
}

describeWith(['go', 'git'], 'executables built by Go', () => {
  beforeAll(() => {
    const program = prepareProgram(folder)
    for (const [name, build] of Object.entries(samples)) program.build(name, build)
  })

  test.each(Object.keys(samples))('%s: build information as `go version -m` reads it', async (name) => {
    const path = join(folder, name)
    const inspection = (await inspect(path)) as ExecutableInspection
    expect(inspection).toMatchObject({ kind: 'executable', ok: true, findings: [] })
    expect(inspection.go).toMatchObject(readWithGo(path))
    expect(inspection.sha256).toBe(createHash('sha256').update(readFileSync(path)).digest('hex'))
    expect(inspection.size).toBe(statSync(path).size)
  })

  test('says what of the build information people ask for', async () => {
    const { go, lowestWindows } = await inspectPe(join(folder, 'stripped.exe'))
    expect(go!.vcs).toEqual({
      system: 'git',
      revision: expect.stringMatching(/^[0-9a-f]{40}$/),
      time: '2026-11-21T15:30:00Z',
      modified: false,
    })
    expect(go).toMatchObject({ cgo: false, ldflags: '-s -w -X main.version=1.4.2', variant: { name: 'GOAMD64', value: 'v1' } })
    expect(go!.main).toMatchObject({ path: 'example.com/program', version: 'v1.4.2' })
    expect(go!.deps).toEqual([
      { path: 'example.com/greet', version: 'v1.2.3', sum: expect.stringMatching(/^h1:.{44}$/), replace: null },
      { path: 'example.com/local', version: 'v0.0.0', sum: '', replace: { path: './local', version: '(devel)', sum: '', replace: null } },
    ])
    expect(lowestWindows).toBe('Windows 10, Server 2016')
  })

  test('tells symbols and debug information apart from a stripped file in every format', async () => {
    const told = async (name: string): Promise<unknown> => {
      const { symbols, debugInformation } = (await inspect(join(folder, name))) as ExecutableInspection
      return { symbols, debugInformation }
    }
    expect(await told('stripped.exe')).toEqual({ symbols: false, debugInformation: false })
    expect(await told('full.exe')).toEqual({ symbols: true, debugInformation: true })
    expect(await told('linux-amd64')).toEqual({ symbols: false, debugInformation: false })
    expect(await told('linux-mips')).toEqual({ symbols: true, debugInformation: true })
    expect(await told('darwin-arm64')).toEqual({ symbols: true, debugInformation: true })
  })

  test('names system, processor and word size', async () => {
    const told = async (name: string): Promise<unknown> => {
      const { format, os, arch, bits } = (await inspect(join(folder, name))) as ExecutableInspection
      return [format, os, arch, bits]
    }
    expect(await told('stripped.exe')).toEqual(['pe', 'windows', 'amd64', 64])
    expect(await told('gui-386.exe')).toEqual(['pe', 'windows', '386', 32])
    expect(await told('arm64.exe')).toEqual(['pe', 'windows', 'arm64', 64])
    expect(await told('linux-amd64')).toEqual(['elf', 'linux', 'amd64', 64])
    expect(await told('linux-mips')).toEqual(['elf', 'linux', 'mips', 32])
    expect(await told('darwin-arm64')).toEqual(['mach-o', 'darwin', 'arm64', 64])
  })

  test('names subsystem and hardening', async () => {
    expect(await inspectPe(join(folder, 'gui-386.exe'))).toMatchObject({ subsystem: 'gui', subsystemVersion: '6.1', machine: '0x014c' })
    const console = await inspectPe(join(folder, 'stripped.exe'))
    expect(console).toMatchObject({ subsystem: 'console', checksum: { state: 'none', stated: 0 }, signature: null, overlay: null })
    expect(console.dllCharacteristics.names).toEqual(['high-entropy-aslr', 'aslr', 'nx', 'terminal-server-aware'])
  })

  test('finds appended data, with and without a symbol table', async () => {
    for (const name of ['stripped.exe', 'full.exe']) {
      const path = join(temporaryFolder(), name)
      copyFileSync(join(folder, name), path)
      appendFileSync(path, 'appended')
      expect((await inspectPe(path)).overlay, name).toEqual({ offset: statSync(join(folder, name)).size, size: 8 })
    }
  })

  test('reports the sections that are cut off', async () => {
    const path = join(temporaryFolder(), 'cut.exe')
    const whole = readFileSync(join(folder, 'stripped.exe'))
    execFileSync(process.execPath, [
      '-e',
      'fs.writeFileSync(process.argv[1], fs.readFileSync(process.argv[2]).subarray(0, -2000))',
      path,
      join(folder, 'stripped.exe'),
    ])
    const inspection = await inspectPe(path)
    expect(inspection.ok).toBe(false)
    expect(inspection.findings[0]).toMatchObject({ level: 'error', code: 'SECTION_OUTSIDE_FILE' })
    expect(inspection.size).toBe(whole.length - 2000)
  })

  describeWith(['pefile'], 'read by pefile too', () => {
    test.each(Object.keys(samples).filter((name) => name.endsWith('.exe')))('%s', async (name) => {
      await expectAsPefile(join(folder, name))
    })
  })

  describeWith(['mingw', 'pefile'], 'linked by the C compiler', () => {
    test.each([
      ['cgo-full.exe', ''],
      ['cgo-stripped.exe', '-s -w'],
    ])('%s', async (name, ldflags) => {
      const path = buildCgo(join(folder, name), ldflags)
      const inspection = await expectAsPefile(path)
      expect(inspection.go).toMatchObject(readWithGo(path))
      // Go writes its build ID into what the C linker has already summed up.
      expect(inspection).toMatchObject({
        ok: true,
        go: { cgo: true },
        checksum: { state: 'wrong' },
        overlay: null,
        symbols: ldflags === '',
        debugInformation: ldflags === '',
      })
      expect(inspection.findings.map(({ code }) => code)).toEqual(['WRONG_CHECKSUM'])
    })

    test('long section names come from the string table', async () => {
      const names = (await inspectPe(join(folder, 'cgo-full.exe'))).sections.map(({ name }) => name)
      const dump = execFileSync('x86_64-w64-mingw32-objdump', ['-h', join(folder, 'cgo-full.exe')], { encoding: 'utf8' })
      expect(names).toEqual(Array.from(dump.matchAll(/^ *\d+ (\S+) /gm), ([, name]) => name))
      expect(names).toContain('.debug_info')
    })
  })
})

/** Every number pefile reads is the number we read. */
async function expectAsPefile(path: string): Promise<PeInspection> {
  const theirs = readWithPefile(path)
  const ours = await inspectPe(path)
  expect(Number(ours.machine)).toBe(theirs.machine)
  expect(ours.timestamp).toBe(theirs.timestamp)
  expect(ours.characteristics.value).toBe(theirs.characteristics)
  expect(ours.dllCharacteristics.value).toBe(theirs.dllCharacteristics)
  expect(ours.imageBase).toBe(theirs.imageBase)
  expect(ours.symbols).toBe(theirs.symbols > 0)
  expect(ours.subsystem).toBe({ 2: 'gui', 3: 'console' }[theirs.subsystem])
  expect(ours.checksum).toMatchObject({ stated: theirs.checksum, computed: theirs.computed })
  expect(ours.sections.map((one) => [one.virtualAddress, one.virtualSize, one.offset, one.size, one.flags.value])).toEqual(
    theirs.sections.map(([, ...numbers]) => numbers),
  )
  const importsOf = (delayed: boolean): unknown =>
    ours.imports.filter((one) => one.delayed === delayed).map(({ dll, functions }) => ({ dll, functions }))
  expect(importsOf(false)).toEqual(theirs.imports)
  expect(importsOf(true)).toEqual(theirs.delayed)
  return ours
}
