import { execFileSync } from 'node:child_process'
import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { gopack, type GopackRun } from '../helpers/gopack.ts'
import { commitAll, moduleOf } from '../helpers/repository.ts'
import { makeFolder, temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'
import { pathWithout } from '../helpers/path.ts'
import { runUnderWine } from '../helpers/wine.ts'

// The compiler works for minutes with an empty Go cache; only an end to waiting.
const patience = 900_000

const program = `package main

import (
	"database/sql"
	"fmt"

	_ "github.com/mattn/go-sqlite3"
)

func main() {
	database, err := sql.Open("sqlite3", ":memory:")
	var version string
	if err == nil {
		err = database.QueryRow("select sqlite_version()").Scan(&version)
	}
	fmt.Println(version, err)
}
`

/** A program on go-sqlite3, whose go.mod and go.sum are made by the go command; no configuration. */
function sqliteModule(): string {
  const folder = moduleOf(
    { 'go.mod': 'module example.com/notes\n\ngo 1.21\n\nrequire github.com/mattn/go-sqlite3 v1.14.32\n', 'main.go': program },
    makeFolder(),
  )
  execFileSync('go', ['mod', 'tidy'], { cwd: folder, env: { ...process.env, GOFLAGS: '', GOTOOLCHAIN: 'local' }, stdio: 'ignore' })
  return commitAll(folder, 'v1.0.0')
}

const imports = (exe: string): string[] =>
  execFileSync(
    'python3',
    [
      '-c',
      'import pefile,sys;print("\\n".join(sorted(e.dll.decode().lower() for e in pefile.PE(sys.argv[1]).DIRECTORY_ENTRY_IMPORT)))',
      exe,
    ],
    { encoding: 'utf8' },
  )
    .trim()
    .split('\n')

function sqliteTests(target: string, env: Readonly<Record<string, string>>, compiler: RegExp, runs: boolean): void {
  let folder: string
  let result: GopackRun
  beforeAll(async () => {
    folder = sqliteModule()
    result = await gopack(['build', '--target', target], { cwd: folder, env })
  }, patience)
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  const exe = (): string => join(folder, 'dist', target.replace('/', '_'), 'notes.exe')

  it('is built without configuration', async () => {
    expect(result.code, result.stderr).toBe(0)
    const { stdout } = await gopack(['plan', '--target', target], { cwd: folder, env })
    expect(stdout).toMatch(/cgo is on: github\.com\/mattn\/go-sqlite3 holds C code/)
    expect(stdout).toMatch(compiler)
    expect(stdout).toMatch(/CGO_ENABLED=1/)
  })

  it('needs no DLL of the compiler', () => {
    const foreign = imports(exe()).filter((dll) => !/^(kernel32|msvcrt|api-ms-win-crt-.*)\.dll$/.test(dll))
    expect(foreign).toEqual([])
  })

  it('is the same bytes again from another folder, linked anew', { timeout: patience }, async () => {
    const other = join(temporaryFolder(), 'elsewhere')
    execFileSync('git', ['clone', '-q', folder, other])
    const { code, stderr } = await gopack(['build', '--target', target, '--no-cache'], { cwd: other, env: { ...env, TZ: 'Asia/Tokyo' } })
    expect(code, stderr).toBe(0)
    const sums = (where: string): string => readFileSync(join(where, 'dist', 'checksums.txt'), 'utf8')
    expect(sums(other)).toBe(sums(folder))
  })

  // Wine runs programs of this machine's kind only.
  if (!runs) return
  it('runs', async () => {
    const copy = join(temporaryFolder(), 'notes.exe')
    copyFileSync(exe(), copy)
    const { stdout, exitCode } = await runUnderWine(copy)
    expect([stdout.trim(), exitCode]).toEqual(['3.50.4 <nil>', 0])
  })
}

describeWith(['go', 'git', 'mingw', 'pefile', 'wine'], 'a program on go-sqlite3 by mingw-w64', () => {
  sqliteTests('windows/amd64', {}, / CC=x86_64-w64-mingw32-gcc /, true)
})

describeWith(['go', 'git', 'zig', 'pefile', 'wine'], 'a program on go-sqlite3 by zig', () => {
  sqliteTests('windows/amd64', { PATH: pathWithout(/mingw32/) }, / CC='python3 -m ziglang cc -target x86_64-windows-gnu' /, true)
})

describeWith(['go', 'git', 'zig', 'pefile'], 'a program on go-sqlite3 by zig for arm64', () => {
  sqliteTests('windows/arm64', {}, / CC='python3 -m ziglang cc -target aarch64-windows-gnu' /, false)
})
