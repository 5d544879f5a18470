import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Plan } from '../../src/plan/types.ts'
import { gopack } from '../helpers/gopack.ts'
import { pathWithout } from '../helpers/path.ts'
import { commitAll, git, helloMain, moduleOf, write } from '../helpers/repository.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'

const native = 'package native\n\n// int one(void) { return 1; }\nimport "C"\n\nfunc One() int { return int(C.one()) }\n'
const withC = 'package main\n\nimport "example.com/hello/native"\n\nfunc main() { println(native.One()) }\n'

/** Two programs, one of which uses C. */
const mixed = (config = 'targets: [windows/amd64]\napps: [{main: ./a}, {main: ./b}]\n'): string =>
  commitAll(
    moduleOf({
      'go.mod': 'module example.com/hello\n\ngo 1.21\n',
      'a/main.go': withC,
      'b/main.go': helloMain,
      'native/native.go': native,
      'gopack.yaml': config,
    }),
  )

async function cgoOf(folder: string, ...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await gopack(['plan', '--json', ...args], { cwd: folder })
  expect(code, stdout + stderr).toBe(0)
  const plan = JSON.parse(stdout) as Plan
  return plan.lanes.map(({ app, steps }) => {
    const [step] = steps
    return step?.step === 'compile' ? `${app} ${step.command.env?.['CGO_ENABLED']} ${step.cgoPackages?.join() ?? 'not asked'}` : ''
  })
}

const withoutCompilers = { CC: undefined, PATH: pathWithout(/mingw32|^zig$|^python/) }

describeWith(['go', 'git', 'mingw'], 'cgo', () => {
  it('is on only for the programs that need it', async () => {
    expect(await cgoOf(mixed())).toEqual(['a 1 example.com/hello/native', 'b 0 '])
  })

  it('is what the configuration says', async () => {
    expect(await cgoOf(mixed('targets: [windows/amd64]\ngo: {cgo: off}\napps: [{main: ./b}]\n'))).toEqual(['b 0 not asked'])
    expect(await cgoOf(mixed('targets: [windows/amd64]\napps: [{main: ./b, go: {cgo: on}}]\n'))).toEqual(['b 1 '])
  })

  it('is decided anew when a file of the module begins or ceases to use C', async () => {
    const folder = mixed()
    expect((await gopack(['build'], { cwd: folder })).code).toBe(0)
    expect(await cgoOf(folder)).toEqual(['a 1 example.com/hello/native', 'b 0 '])
    write(folder, { 'b/main.go': withC, 'a/main.go': helloMain })
    expect(await cgoOf(folder)).toEqual(['a 0 ', 'b 1 example.com/hello/native'])
    write(folder, { 'native/native.go': 'package native\n\nfunc One() int { return 1 }\n' })
    expect(await cgoOf(folder)).toEqual(['a 0 ', 'b 0 '])
  })

  it('without a compiler: exit code 3, names the package and the compilers that would do, before anything is compiled', async () => {
    const folder = mixed()
    const { code, stdout } = await gopack(['build', '--json', '--target', 'windows/amd64'], { cwd: folder, env: withoutCompilers })
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string; hint: string } }
    expect([code, error.code]).toEqual([3, 'C_COMPILER_MISSING'])
    expect(error.message).toBe('example.com/hello/native holds C code, and no C compiler for windows/amd64 was found.')
    expect(error.hint).toMatch(
      /x86_64-w64-mingw32-gcc, x86_64-w64-mingw32-clang, zig, zig from the Python package ziglang; or set CC; or set go\.cgo to off/,
    )
  })

  it('is off for systems that have none', async () => {
    const folder = mixed('targets: [js/wasm, wasip1/wasm]\nmain: ./a\n')
    write(folder, { 'native/stub.go': '//go:build !cgo\n\npackage native\n\nfunc One() int { return 0 }\n' })
    expect(await cgoOf(folder)).toEqual(['a 0 ', 'a 0 '])
  })

  it('says how a DLL is linked where its library is not found', async () => {
    const folder = mixed('targets: [windows/amd64]\nmain: ./a\n')
    write(folder, { 'native/native.go': native.replace('// int one', '// #cgo LDFLAGS: -lnowhere\n// int one') })
    const { code, stdout } = await gopack(['build', '--json'], { cwd: folder })
    expect([code, JSON.parse(stdout)]).toMatchObject([
      4,
      { error: { code: 'COMPILE_FAILED', hint: expect.stringContaining('-Wl,-Bdynamic') as string } },
    ])
  })

  it('without a compiler is no matter for programs without C', async () => {
    const { code, stderr } = await gopack(['build', '--main', './b'], { cwd: mixed(), env: withoutCompilers })
    expect(code, stderr).toBe(0)
  })

  it.each([
    ['for another system', 'gcc', /"gcc" makes code for linux\/(amd64|arm64), not for windows\/amd64/],
    ['that cannot compile', 'false', /"false" cannot compile one empty function/],
    ['that ends well and makes nothing', 'true', /"true" made no object/],
    ['that only says something', 'sh -c "echo hi"', /made no object/],
  ])('refuses a C compiler %s', async (_name, CC, message) => {
    const { code, stdout } = await gopack(['build', '--json'], { cwd: mixed(), env: { CC } })
    expect([code, JSON.parse(stdout)]).toMatchObject([
      3,
      { error: { code: 'C_COMPILER_WRONG', message: expect.stringMatching(message) as string } },
    ])
  })

  it('refuses a C compiler that is not there', async () => {
    const { code, stdout } = await gopack(['build', '--json'], { cwd: mixed(), env: { CC: 'no-such-cc -O2' } })
    expect([code, JSON.parse(stdout)]).toMatchObject([
      3,
      { error: { code: 'C_COMPILER_MISSING', message: expect.stringContaining('no-such-cc was not found') as string } },
    ])
  })

  it('takes CC with arguments, from the environment and from go.env', async () => {
    const log = join(temporaryFolder(), 'log')
    const wrapper = join(temporaryFolder(), 'own cc')
    writeFileSync(wrapper, `#!/bin/sh\necho "$@" >> '${log}'\n[ "$1" = --mark ] && shift\nexec x86_64-w64-mingw32-gcc "$@"\n`, {
      mode: 0o755,
    })
    const folder = mixed()
    const CC = `'${wrapper}' --mark`
    const first = await gopack(['build', '--main', './a'], { cwd: folder, env: { CC } })
    expect(first.code, first.stderr).toBe(0)
    write(folder, { 'gopack.yaml': `go: {env: {CC: ${JSON.stringify(CC)}}}\nmain: ./a\n` })
    git(folder, 'commit', '-qam', 'CC')
    const second = await gopack(['build'], { cwd: folder })
    expect(second.code, second.stderr).toBe(0)
    // To learn what compiler it is and which flags it knows, Go leaves the arguments out.
    const calls = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !/^-### |trivial\.c$/.test(line))
    expect(calls.filter((line) => !line.startsWith('--mark '))).toEqual([])
    expect(calls.length).toBeGreaterThan(4)
  })

  it('links C++ without its DLLs', async () => {
    const folder = commitAll(
      moduleOf({
        'go.mod': 'module example.com/hello\n\ngo 1.21\n',
        'main.go': 'package main\n\n// int two(void);\nimport "C"\n\nfunc main() { println(C.two()) }\n',
        'two.cpp':
          '#include <string>\n#include <stdexcept>\nextern "C" int two(void) { std::string s("ab"); try { s.at(9); } catch (const std::out_of_range&) {} return (int)s.size(); }\n',
      }),
    )
    const { code, stderr } = await gopack(['build'], { cwd: folder })
    expect(code, stderr).toBe(0)
    const inspection = await gopack(['inspect', '--json', 'dist/windows_amd64/hello.exe'], { cwd: folder })
    expect(inspection.stdout).not.toMatch(/libstdc|libgcc|libwinpthread/)
  })
})
