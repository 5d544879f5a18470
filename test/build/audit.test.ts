import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditFiles, type AuditedFile } from '../../src/build/audit/audit.ts'
import { originOf } from '../../src/build/audit/origins.ts'
import { gopack, type GopackRun } from '../helpers/gopack.ts'
import { commitAll } from '../helpers/repository.ts'
import { makeFolder, temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'

let made: string

/** Compiles with mingw in the folder of the compiled samples. */
const mingw = (tool: string, ...args: string[]): void => void execFileSync(`x86_64-w64-mingw32-${tool}`, args, { cwd: made, stdio: 'pipe' })

/** Makes the DLL `library`, whose one function asks `needs` for its own. */
function makeLibrary(library: string, needs?: string): void {
  const name = (dll: string): string => dll.replace(/\W/g, '_')
  const asks = needs === undefined ? '' : `int ${name(needs)}(void);`
  writeFileSync(
    join(made, 'l.c'),
    `${asks}\n__declspec(dllexport) int ${name(library)}(void) { return ${needs === undefined ? 1 : `${name(needs)}()`}; }\n`,
  )
  const link = needs === undefined ? [] : [`lib${name(needs)}.a`]
  mingw('gcc', '-shared', '-nostdlib', '-e', '0', '-o', `${library}.dll`, 'l.c', ...link, `-Wl,--out-implib,lib${name(library)}.a`)
}

beforeAll(() => {
  made = makeFolder()
})
afterAll(() => rmSync(made, { recursive: true, force: true }))

describe('where DLLs come from', () => {
  it.each([
    ['libgcc_s_seh-1.dll', 'GCC'],
    ['LIBSTDC++-6.DLL', "GCC's C++"],
    ['libwinpthread-1.dll', 'mingw-w64'],
    ['libssp-0.dll', 'stack protector'],
    ['msys-2.0.dll', 'MSYS2'],
    ['cygwin1.dll', 'Cygwin'],
    ['VCRUNTIME140.dll', 'Visual C++ Redistributable'],
    ['VCRUNTIME140_1.dll', 'Visual C++ Redistributable'],
    ['vcruntime140d.dll', 'debug'],
    ['msvcp140.dll', 'Visual C++ Redistributable'],
    ['libc++.dll', 'LLVM'],
    ['vulkan-1.dll', 'driver'],
  ])('%s: %s', (dll, expected) => expect(originOf(dll)?.from).toContain(expected))

  it('is not known of every one', () => expect(originOf('sqlite3.dll')).toBeUndefined())
})

describeWith(['mingw', 'go'], 'what a program needs on a clean Windows', () => {
  const at = (name: string, inside = name): AuditedFile => ({ name: inside, path: join(made, name) })

  beforeAll(() => {
    makeLibrary('second')
    makeLibrary('first', 'second')
    writeFileSync(join(made, 'm.c'), 'int first(void);\nint main(void) { return first(); }\n')
    mingw('gcc', '-o', 'uses.exe', 'm.c', 'libfirst.a')
    writeFileSync(join(made, 'plain.c'), 'int main(void) { return 0; }\n')
    mingw('gcc', '-o', 'plain.exe', 'plain.c')
  })

  it('is Windows alone, or what lies beside it', async () => {
    await auditFiles([at('plain.exe')], [])
    await auditFiles([at('uses.exe'), at('first.dll'), at('second.dll')], [])
    await auditFiles([at('uses.exe', 'app/uses.exe'), at('first.dll', 'app/FIRST.dll'), at('second.dll', 'app/second.dll')], [])
    await auditFiles([at('uses.exe'), at('first.dll')], ['Second.DLL'])
  })

  it('is missing where it lies elsewhere, or is not there; also what a DLL needs', async () => {
    await expect(auditFiles([at('uses.exe')], [])).rejects.toMatchObject({
      code: 'DLL_MISSING',
      exitCode: 5,
      message: 'uses.exe imports first.dll: it is neither part of Windows nor beside the program in the archive.',
    })
    await expect(auditFiles([at('uses.exe'), at('first.dll')], [])).rejects.toThrow('first.dll imports second.dll')
    await expect(auditFiles([at('uses.exe'), at('first.dll', 'lib/first.dll'), at('second.dll')], [])).rejects.toThrow(
      'uses.exe imports first.dll',
    )
    // A plugin may have its own DLLs beside itself.
    await auditFiles([at('plain.exe'), at('first.dll', 'plugins/first.dll'), at('second.dll', 'plugins/second.dll')], [])
  })

  it('is of the same processor', async () => {
    const other = readFileSync(join(made, 'first.dll'))
    other.writeUInt16LE(0xaa64, other.readUInt32LE(0x3c) + 4)
    writeFileSync(join(made, 'other.dll'), other)
    await expect(auditFiles([at('uses.exe'), at('other.dll', 'first.dll'), at('second.dll')], [])).rejects.toMatchObject({
      code: 'DLL_WRONG_KIND',
      message: 'first.dll is for arm64, and uses.exe, which imports it, for amd64.',
    })
  })

  it.each([
    ['cut off', (whole: Buffer) => whole.subarray(0, 3000), 'first.dll, which uses.exe imports, is cut off.'],
    ['no DLL', () => Buffer.from('MZ, but no more'), 'first.dll, which uses.exe imports, is no Windows DLL.'],
    ['empty', () => Buffer.alloc(0), 'first.dll, which uses.exe imports, is no Windows DLL.'],
  ])('is whole: refuses one that is %s', async (_name, harm, message) => {
    writeFileSync(join(made, 'harmed.dll'), harm(readFileSync(join(made, 'first.dll'))))
    await expect(auditFiles([at('uses.exe'), at('harmed.dll', 'first.dll'), at('second.dll')], [])).rejects.toMatchObject({
      code: 'DLL_WRONG_KIND',
      message,
    })
  })

  it('is not asked of what is no Windows program', async () => {
    writeFileSync(join(made, 'text.dll'), 'MZ, but no more')
    await auditFiles([at('text.dll')], [])
  })
})

function project(files: Readonly<Record<string, string>>): string {
  const folder = join(temporaryFolder(), 'hello')
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return commitAll(folder, 'v1.0.0')
}

const module = { 'go.mod': 'module example.com/hello\n\ngo 1.21\n', 'main.go': 'package main\n\nfunc main() { println("hello") }\n' }

describeWith(['mingw', 'go', 'exiftool'], 'a build', () => {
  const build = (cwd: string): Promise<GopackRun> => gopack(['build'], { cwd })

  it('refuses a DLL in archive.files that needs another, and says what it is and what to do', async () => {
    makeLibrary('libwinpthread-1')
    makeLibrary('native', 'libwinpthread-1')
    const cwd = project({ ...module, 'gopack.yaml': 'archive: {files: [native.dll]}\n' })
    writeFileSync(join(cwd, 'native.dll'), readFileSync(join(made, 'native.dll')))
    const { code, stderr } = await build(cwd)
    expect([code, stderr]).toEqual([5, expect.stringContaining('DLL_MISSING')])
    expect(stderr).toContain('native.dll imports libwinpthread-1.dll (the thread library of mingw-w64)')
    expect(stderr).toMatch(/Link it statically.*archive\.files.*archive\.requires: \[libwinpthread-1\.dll\]/s)

    writeFileSync(join(cwd, 'gopack.yaml'), 'archive: {files: [native.dll], requires: [libwinpthread-1.dll]}\n')
    expect((await build(cwd)).code).toBe(0)
    writeFileSync(join(cwd, 'libwinpthread-1.dll'), readFileSync(join(made, 'libwinpthread-1.dll')))
    writeFileSync(join(cwd, 'gopack.yaml'), 'archive: {files: ["*.dll"]}\n')
    expect((await build(cwd)).code).toBe(0)
    expect((await build(cwd)).stderr).toMatch(/audit up to date/)
    rmSync(join(cwd, 'libwinpthread-1.dll'))
    expect((await build(cwd)).code).toBe(5)
  })

  it('refuses a cgo program linked against such a DLL', async () => {
    makeLibrary('corp')
    const source =
      'package main\n\n// #cgo LDFLAGS: -L${SRCDIR} -lcorp\n// int corp(void);\nimport "C"\n\nfunc main() { println(C.corp()) }\n'
    const cwd = project({ ...module, 'main.go': source, 'gopack.yaml': 'go: {cgo: on}\n' })
    writeFileSync(join(cwd, 'libcorp.a'), readFileSync(join(made, 'libcorp.a')))
    const { code, stderr } = await build(cwd)
    expect([code, stderr]).toEqual([5, expect.stringContaining('hello.exe imports corp.dll: it is neither')])
  })

  it('says the lowest Windows in plan, artifacts.json and the zip', async () => {
    const cwd = project({ ...module, 'gopack.yaml': 'targets: [windows/amd64, linux/amd64]\n' })
    const plan = await gopack(['plan'], { cwd })
    expect(plan.stdout).toContain('hello windows/amd64  for Windows 10, Server 2016 or newer\n')
    expect(plan.stdout).toMatch(/hello linux\/amd64\n/)
    const document = JSON.parse((await gopack(['plan', '--json'], { cwd })).stdout) as { lanes: { lowestWindows?: string }[] }
    expect(document.lanes.map(({ lowestWindows }) => lowestWindows)).toEqual(['Windows 10, Server 2016', undefined])
    expect((await build(cwd)).code).toBe(0)
    const { artifacts } = JSON.parse(readFileSync(join(cwd, 'dist/artifacts.json'), 'utf8')) as {
      artifacts: { path: string; type: string; lowestWindows?: string }[]
    }
    const stated = artifacts.filter(({ lowestWindows }) => lowestWindows === 'Windows 10, Server 2016').map(({ type }) => type)
    expect(stated.toSorted()).toEqual(['archive', 'executable'])
    const zip = artifacts.find(({ path }) => path.endsWith('.zip'))!.path
    expect(execFileSync('unzip', ['-z', join(cwd, 'dist', zip)], { encoding: 'utf8' })).toContain('For Windows 10, Server 2016 or newer')
  })
})
