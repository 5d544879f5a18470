import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { commitAll, copyOf, git, helloMain, moduleOf, write } from '../helpers/repository.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'

const tag = 'v1.4.2-20260304.0506'

/** Builds and gives the output folder. */
async function built(folder: string, ...args: string[]): Promise<string> {
  const { code, stderr } = await gopack(['build', ...args], { cwd: folder })
  expect(code, stderr).toBe(0)
  return join(folder, 'dist')
}

const everyFile = (folder: string): string[] =>
  execFileSync('find', ['.', '-type', 'f'], { cwd: folder, encoding: 'utf8' }).trim().split('\n').sort()

describeWith(['go', 'git', 'unzip', 'sha256sum', 'exiftool'], 'gopack build', () => {
  it('leaves one zip a target that third-party programs agree with', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    const out = await built(folder, '--target', 'windows/amd64', '--target', 'windows/arm64', '--target', 'windows/386')
    expect(everyFile(out)).toEqual([
      './.gitignore',
      './artifacts.json',
      './checksums.txt',
      `./hello_${tag}_windows_386.zip`,
      `./hello_${tag}_windows_amd64.zip`,
      `./hello_${tag}_windows_arm64.zip`,
      './windows_386/hello.exe',
      './windows_amd64/hello.exe',
      './windows_arm64/hello.exe',
    ])
    expect(git(folder, 'status', '--porcelain')).toBe('')
    const exif = JSON.parse(execFileSync('exiftool', ['-json', join(out, 'windows_amd64/hello.exe')], { encoding: 'utf8' })) as Record<
      string,
      unknown
    >[]
    expect(exif[0]).toMatchObject({
      FileVersionNumber: '1.4.2.0',
      ProductVersion: '1.4.2+20260304.0506',
      ProductName: 'hello',
      OriginalFileName: 'hello.exe',
      FileDescription: 'hello',
    })
    const info = execFileSync('go', ['version', '-m', join(out, 'windows_arm64/hello.exe')], { encoding: 'utf8' })
    expect(info).toMatch(/GOARCH=arm64[\s\S]*vcs\.modified=false/)
  })

  it('makes checksums that hold for somebody who downloaded only what they list', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    const out = await built(folder, '--target', 'windows/amd64,linux/amd64')
    const download = temporaryFolder()
    for (const name of readdirSync(out)) if (/\.(zip|gz|txt)$/.test(name)) cpSync(join(out, name), join(download, name))
    expect(execFileSync('sha256sum', ['-c', '--strict', 'checksums.txt'], { cwd: download, encoding: 'utf8' })).toBe(
      `hello_${tag}_linux_amd64.tar.gz: OK\nhello_${tag}_windows_amd64.zip: OK\n`,
    )
  })

  it('lists every file in artifacts.json with its hash, and nothing of the machine', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    const out = await built(folder)
    const text = readFileSync(join(out, 'artifacts.json'), 'utf8')
    const content = JSON.parse(text) as { artifacts: { path: string; sha256: string; size: number }[] }
    expect(content).toMatchObject({
      schema: 1,
      tool: { name: 'gopack' },
      commit: git(folder, 'rev-parse', 'HEAD').trim(),
      timestamp: '2026-03-04T05:06:07Z',
      dirty: false,
    })
    expect(content.artifacts.map(({ path }) => path)).toEqual([
      'checksums.txt',
      `hello_${tag}_windows_amd64.zip`,
      'windows_amd64/hello.exe',
    ])
    for (const { path, sha256, size } of content.artifacts) {
      expect(execFileSync('sha256sum', [join(out, path)], { encoding: 'utf8' })).toContain(sha256)
      expect(statSync(join(out, path)).size).toBe(size)
    }
    expect(text).not.toContain(folder)
  })

  it('packs what was asked for, where it was asked for', async () => {
    const folder = moduleOf({
      'main.go': helloMain,
      LICENSE: 'x',
      'conf/app.yaml': 'a: 1',
      'conf/deep/more.yaml': 'b: 1',
      'docs/read me.txt': 'x',
      'run.sh': '#!/bin/sh\n',
      'gopack.yaml':
        'archive:\n  wrap: true\n  files: ["LICENSE*", {from: "conf/**/*.yaml", to: config}, docs, {from: run.sh, as: bin/start.sh}]\n  folders: [logs, config]\n',
    })
    execFileSync('chmod', ['+x', 'run.sh'], { cwd: folder })
    const out = await built(
      folder,
      '--set-version',
      '1.4.2',
      '--timestamp',
      '2026-03-04T05:06:07Z',
      '--target',
      'windows/amd64,linux/amd64',
    )
    const zip = execFileSync('zipinfo', [join(out, `hello_${tag}_windows_amd64.zip`)], { encoding: 'utf8' })
    const root = `hello_${tag}_windows_amd64`
    const rows = zip
      .split('\n')
      .filter((line) => /^[-d]/.test(line))
      .map((line) => `${line.slice(0, 10)} ${line.split(/\s+/).slice(6).join(' ')}`)
    expect(rows).toEqual([
      `-rw-r--r-- 26-Mar-04 05:06 ${root}/LICENSE`,
      `-rwxr-xr-x 26-Mar-04 05:06 ${root}/bin/start.sh`,
      `-rw-r--r-- 26-Mar-04 05:06 ${root}/config/app.yaml`,
      `-rw-r--r-- 26-Mar-04 05:06 ${root}/config/deep/more.yaml`,
      `-rw-r--r-- 26-Mar-04 05:06 ${root}/docs/read me.txt`,
      `-rwxr-xr-x 26-Mar-04 05:06 ${root}/hello.exe`,
      `drwxr-xr-x 26-Mar-04 05:06 ${root}/logs/`,
    ])
    execFileSync('unzip', ['-tq', join(out, `hello_${tag}_windows_amd64.zip`)])
    const tar = execFileSync('tar', ['--utc', '-tvzf', join(out, `hello_${tag}_linux_amd64.tar.gz`)], { encoding: 'utf8' })
    expect(tar).toMatch(/^-rwxr-xr-x 0\/0 +\d+ 2026-03-04 05:06 hello_v1\.4\.2-20260304\.0506_linux_amd64\/hello$/m)
    expect(tar).toMatch(/^-rw-r--r-- 0\/0 +1 2026-03-04 05:06 .*\/LICENSE$/m)
  })

  it('gives the same bytes from another folder, another zone, another umask, another locale and without caches', async () => {
    const first = await built(commitAll(copyOf('hello'), 'v1.4.2'), '--target', 'windows/amd64,linux/arm64')
    const other = commitAll(copyOf('hello', join(temporaryFolder(), 'quite another name ünïcode')), 'v1.4.2')
    const environment = {
      TZ: 'Pacific/Kiritimati',
      LC_ALL: 'tr_TR.UTF-8',
      LANG: 'tr_TR.UTF-8',
      GOPACK_CACHE: temporaryFolder(),
      HOME: temporaryFolder(),
      GOFLAGS: '-buildvcs=false',
    }
    const { gopackBin, gopackEnvironment } = await import('../helpers/gopack.ts')
    const keep = {
      GOMODCACHE: execFileSync('go', ['env', 'GOMODCACHE'], { encoding: 'utf8' }).trim(),
      GOCACHE: execFileSync('go', ['env', 'GOCACHE'], { encoding: 'utf8' }).trim(),
    }
    execFileSync(
      'sh',
      ['-c', 'umask 077; exec "$@"', 'sh', process.execPath, gopackBin(), 'build', '--no-cache', '--target', 'windows/amd64,linux/arm64'],
      { cwd: other, env: gopackEnvironment({ ...environment, ...keep }), stdio: 'pipe' },
    )
    const second = join(other, 'dist')
    expect(everyFile(second)).toEqual(everyFile(first))
    for (const name of everyFile(first)) expect(readFileSync(join(second, name)).equals(readFileSync(join(first, name))), name).toBe(true)
    expect(statSync(join(second, 'windows_amd64/hello.exe')).mode & 0o777).toBe(0o755)
    expect(statSync(join(second, `hello_${tag}_windows_amd64.zip`)).mode & 0o777).toBe(0o644)
  })

  it('says what changed since the last build, and removes what it no longer makes', async () => {
    const folder = moduleOf({ 'main.go': helloMain })
    const options = ['--set-version', '1.0.0', '--timestamp', '2026-03-04T05:06:07Z']
    const first = await gopack(['build', ...options, '--target', 'windows/amd64,windows/386'], { cwd: folder })
    expect(first.stdout).toMatch(/dist\/windows_386\/hello\.exe +[\d.]+ MB {2}new/)
    write(join(folder, 'dist'), { 'mine.txt': "the user's" })
    const again = await gopack(['build', ...options, '--target', 'windows/amd64'], { cwd: folder })
    expect(again.stdout).toMatch(/dist\/windows_amd64\/hello\.exe +[\d.]+ MB {2}unchanged/)
    expect(everyFile(join(folder, 'dist'))).toEqual([
      './.gitignore',
      './artifacts.json',
      './checksums.txt',
      './hello_v1.0.0-20260304.0506_windows_amd64.zip',
      './mine.txt',
      './windows_amd64/hello.exe',
    ])
    expect(existsSync(join(folder, 'dist/windows_386'))).toBe(false)
  })

  it('prints one JSON document, with the timings where they were asked for', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    const { stdout, code } = await gopack(['build', '--json', '--timings'], { cwd: folder })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      out: join(folder, 'dist'),
      schema: 1,
      timings: [{ lane: 'hello windows/amd64', step: 'compile' }, { step: 'resources' }, { step: 'audit' }, { step: 'archive' }],
    })
  })

  it('keeps symbols with debug, and hides the console with gui', async () => {
    const folder = moduleOf({ 'main.go': helloMain, 'gopack.yaml': 'go: {debug: true, gui: true}\n' })
    const out = await built(folder)
    expect(execFileSync('go', ['tool', 'nm', join(out, 'windows_amd64/hello.exe')], { encoding: 'utf8' })).toMatch(/T main\.main/)
    expect(execFileSync('exiftool', ['-s3', '-Subsystem', join(out, 'windows_amd64/hello.exe')], { encoding: 'utf8' }).trim()).toBe(
      'Windows GUI',
    )
  })

  it('builds with vendored packages, a workspace and code made by a hook', async () => {
    const vendored = moduleOf({
      'go.mod': 'module example.com/hello\n\ngo 1.21\n\nrequire example.com/dep v1.0.0\n',
      'main.go': 'package main\n\nimport "example.com/dep"\n\nfunc main() { println(dep.Name) }\n',
      'vendor/modules.txt': '# example.com/dep v1.0.0\n## explicit; go 1.21\nexample.com/dep\n',
      'vendor/example.com/dep/dep.go': 'package dep\n\nconst Name = "dep"\n',
    })
    expect(existsSync(join(await built(vendored), 'windows_amd64/hello.exe'))).toBe(true)
    const workspace = temporaryFolder()
    write(workspace, {
      'go.work': 'go 1.21\n\nuse (\n\t./app\n\t./lib\n)\n',
      'app/go.mod': 'module example.com/app\n\ngo 1.21\n',
      'app/main.go': 'package main\n\nimport "example.com/lib"\n\nfunc main() { println(lib.Name) }\n',
      'lib/go.mod': 'module example.com/lib\n\ngo 1.21\n',
      'lib/lib.go': 'package lib\n\nconst Name = "lib"\n',
    })
    expect(existsSync(join(await built(workspace), 'windows_amd64/app.exe'))).toBe(true)
    const generated = moduleOf({
      'main.go': 'package main\n\nfunc main() { println(made) }\n',
      'gen/gen.go':
        'package main\n\nimport "os"\n\nfunc main() {\n\tos.WriteFile("made.go", []byte("package main\\n\\nconst made = 1\\n"), 0o644)\n\tos.WriteFile("notes.txt", []byte("x"), 0o644)\n}\n',
      'gopack.yaml': 'main: .\nhooks: {before: [[go, run, ./gen]]}\narchive: {files: [notes.txt]}\n',
    })
    const out = await built(generated)
    const [zip = ''] = readdirSync(out).filter((name) => name.endsWith('.zip'))
    expect(
      execFileSync('zipinfo', ['-1', join(out, zip)], { encoding: 'utf8' })
        .trim()
        .split('\n'),
    ).toEqual(['hello.exe', 'notes.txt'])
  })

  it('keeps the resources of a .syso that nothing replaces', async () => {
    const folder = moduleOf({ 'main.go': helloMain })
    execFileSync('x86_64-w64-mingw32-windres', ['-O', 'coff', '-o', join(folder, 'app_windows_amd64.syso')], {
      input:
        '1 VERSIONINFO\nFILEVERSION 9,9,9,9\nBEGIN\nBLOCK "StringFileInfo"\nBEGIN\nBLOCK "040904b0"\nBEGIN\nVALUE "CompanyName", "From Syso"\nVALUE "ProductName", "Syso"\nEND\nEND\nBLOCK "VarFileInfo"\nBEGIN\nVALUE "Translation", 0x409, 1200\nEND\nEND\n',
    })
    write(folder, { 'gopack.yaml': 'resources: {product: Configured}\n' })
    const out = await built(folder, '--set-version', '2.1.0')
    const exif = JSON.parse(execFileSync('exiftool', ['-json', join(out, 'windows_amd64/hello.exe')], { encoding: 'utf8' })) as Record<
      string,
      unknown
    >[]
    expect(exif[0]).toMatchObject({ CompanyName: 'From Syso', ProductName: 'Configured', FileVersionNumber: '2.1.0.0' })
  })

  it('warns of C code that is left out', async () => {
    const folder = moduleOf({
      'main.go': 'package main\n\nimport "example.com/hello/native"\n\nfunc main() { println(native.One()) }\n',
      'native/c.go': 'package native\n\n// int one(void) { return 1; }\nimport "C"\n\nfunc One() int { return int(C.one()) }\n',
      'native/stub.go': '//go:build !cgo\n\npackage native\n\nfunc One() int { return 0 }\n',
      'gopack.yaml': 'go: {cgo: off}\n',
    })
    for (const text of ['// first', '// second']) {
      write(folder, { 'more.go': `package main\n\nvar more = "${text}"\n` })
      expect((await gopack(['build'], { cwd: folder })).stderr).toContain('example.com/hello/native holds C code that is left out')
    }
  })

  it('runs hooks by host and target, with what they need to know', async () => {
    const folder = moduleOf({
      'main.go': helloMain,
      'gopack.yaml': `hooks:
  before:
    - {run: [sh, -c, 'echo "before {os}/{arch} $GOPACK_ARCH" >> log.txt'], targets: [windows/386, linux]}
    - {run: [sh, -c, 'echo never >> log.txt'], os: [plan9]}
  after:
    - [sh, -c, 'echo "after $GOPACK_TAG $(ls $GOPACK_OUT/artifacts.json | wc -l)" >> log.txt']
`,
    })
    await built(folder, '--set-version', '1.0.0', '--timestamp', '2026-03-04T05:06:07Z', '--target', 'windows/amd64,windows/386')
    expect(readFileSync(join(folder, 'log.txt'), 'utf8')).toBe('before windows/386 386\nafter v1.0.0+20260304.0506 1\n')
  })
})

describe('what stops a build', () => {
  const failed = async (
    folder: string,
    ...args: string[]
  ): Promise<{ exit: number | null; code: string; message: string; output: readonly string[] }> => {
    const { code, stdout } = await gopack(['build', '--json', ...args], { cwd: folder })
    const { error } = JSON.parse(stdout) as { error: { code: string; message: string; output?: string[] } }
    return { exit: code, code: error.code, message: error.message, output: error.output ?? [] }
  }

  it('the compiler: exit code 4, its own lines first, nothing left behind', async () => {
    const folder = copyOf('broken')
    const { code, stderr, stdout } = await gopack(['build', '--quiet', '--target', 'windows'], { cwd: folder })
    expect([code, stdout]).toEqual([4, ''])
    expect(stderr).toMatch(
      /^# example\.com\/broken\n\.\/main\.go:4:2: undefined: undefinedName\nerror broken does not compile for windows\//,
    )
    expect(existsSync(join(folder, 'dist'))).toBe(false)
  })

  it('and the last good output stays as it was', async () => {
    const folder = moduleOf({ 'main.go': helloMain })
    const out = await built(folder)
    const before = everyFile(out).map((name) => readFileSync(join(out, name)).toString('base64'))
    write(folder, { 'main.go': 'package main\n\nfunc main() { broken }\n' })
    expect(await failed(folder)).toMatchObject({ exit: 4, code: 'COMPILE_FAILED' })
    expect(everyFile(out).map((name) => readFileSync(join(out, name)).toString('base64'))).toEqual(before)
    expect(readdirSync(out).filter((name) => name.startsWith('.gopack'))).toEqual([])
  })

  it('annotates the lines on GitHub Actions', async () => {
    const folder = copyOf('broken')
    const { stderr } = await gopack(['build'], { cwd: folder, env: { GITHUB_ACTIONS: 'true', CI: 'true' } })
    expect(stderr).toContain('::error file=main.go,line=4,col=2::undefined: undefinedName')
    expect(stderr).toContain('::group::broken windows/amd64 failed')
  })

  it('a missing entry of go.sum: exit code 2', async () => {
    const folder = moduleOf({
      'go.mod': 'module example.com/hello\n\ngo 1.21\n\nrequire golang.org/x/sys v0.30.0\n',
      'main.go': 'package main\n\nimport _ "golang.org/x/sys/cpu"\n\nfunc main() {}\n',
    })
    expect(await failed(folder)).toMatchObject({ exit: 2, code: 'GO_SUM_MISSING' })
  })

  it('cgo without a compiler: exit code 3, names the package and what would do', async () => {
    const folder = moduleOf({
      'main.go': 'package main\n\nimport _ "example.com/hello/native"\n\nfunc main() {}\n',
      'native/native.go': 'package native\n\n// int one(void) { return 1; }\nimport "C"\n\nfunc One() int { return int(C.one()) }\n',
      'gopack.yaml': 'go: {cgo: on}\n',
    })
    const tools = temporaryFolder()
    for (const name of ['go', 'git']) symlinkSync(execFileSync('which', [name], { encoding: 'utf8' }).trim(), join(tools, name))
    const { code, stdout } = await gopack(['build', '--json', '--target', 'windows/arm64'], {
      cwd: folder,
      env: { PATH: tools, CC: undefined },
    })
    expect([code, JSON.parse(stdout)]).toMatchObject([
      3,
      {
        error: {
          code: 'C_COMPILER_MISSING',
          message: expect.stringContaining('example.com/hello/native holds C code') as string,
          hint: expect.stringContaining('aarch64-w64-mingw32-clang') as string,
        },
      },
    ])
  })

  it('a hook: exit code 1, with its lines; a hook that is not there: 3', async () => {
    const failing = moduleOf({ 'main.go': helloMain, 'gopack.yaml': 'hooks: {before: [[sh, -c, "echo why; exit 7"]]}\n' })
    expect(await failed(failing)).toMatchObject({
      exit: 1,
      code: 'HOOK_FAILED',
      output: ['why'],
      message: expect.stringContaining('exit code 7') as string,
    })
    const missing = moduleOf({ 'main.go': helloMain, 'gopack.yaml': 'hooks: {after: [[no-such-program-here]]}\n' })
    expect(await failed(missing)).toMatchObject({ exit: 3, code: 'HOOK_MISSING' })
    const folderAsHook = moduleOf({ 'main.go': helloMain, 'gopack.yaml': 'hooks: {before: [[/tmp]]}\n' })
    expect(await failed(folderAsHook)).toMatchObject({ code: 'HOOK_MISSING', message: expect.stringContaining('EACCES') as string })
  })

  it.each([
    ['a pattern that matches nothing', 'archive: {files: ["nothing-*"]}\n', 'FILES_NO_MATCH'],
    ['a pattern that leaves the module', 'archive: {files: ["../*"]}\n', 'FILES_OUTSIDE'],
    ['an absolute path', 'archive: {files: ["/etc/passwd"]}\n', 'FILES_OUTSIDE'],
    ['a link that leaves the module', 'archive: {files: [outside]}\n', 'FILES_OUTSIDE'],
    ['a link that leads nowhere', 'archive: {files: [nowhere]}\n', 'FILES_NO_MATCH'],
    ['a reserved name', 'archive: {files: [{from: LICENSE, as: aux.txt}]}\n', 'FILES_NAME'],
    ['a path out of the archive', 'archive: {files: [{from: LICENSE, to: "../.."}]}\n', 'FILES_NAME'],
    ['two names that differ in case', 'archive: {files: [LICENSE, {from: main.go, as: license}]}\n', 'FILES_CLASH'],
    ["a file in the program's place", 'archive: {files: [{from: LICENSE, as: HELLO.EXE}]}\n', 'FILES_CLASH'],
    ['a reserved folder', 'archive: {folders: [logs/nul]}\n', 'FILES_NAME'],
    ['an archive name with a slash', 'archive: {name: "a/b"}\n', 'ARCHIVE_NAME'],
    ['archives of one name', 'targets: [windows/amd64, windows/386]\narchive: {name: "{name}"}\n', 'ARCHIVE_NAME'],
    ['an icon that is not there', 'resources: {icon: none.ico}\n', 'ICON_MISSING'],
    ['an icon that is broken', 'resources: {icon: img/broken.ico}\n', 'ICON_BROKEN'],
    ['an icon of three gigabytes', 'resources: {icon: huge.png}\n', 'ICON_TOO_LARGE'],
    ['a manifest that is not there', 'resources: {manifest: none.manifest}\n', 'MANIFEST_MISSING'],
  ])('%s: exit code 2 before compiling', async (_name, text, code) => {
    const folder = moduleOf({
      'main.go': 'package main\n\nfunc main() { doesNotCompile() }\n',
      LICENSE: 'x',
      'img/broken.ico': 'not an icon',
      'gopack.yaml': text,
    })
    symlinkSync('/etc/passwd', join(folder, 'outside'))
    symlinkSync('gone', join(folder, 'nowhere'))
    const png = Buffer.alloc(64)
    Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(png)
    png.writeUInt32BE(30_000, 16)
    png.writeUInt32BE(30_000, 20)
    png.set([8, 6, 0, 0, 0], 24)
    writeFileSync(join(folder, 'huge.png'), png)
    expect(await failed(folder)).toMatchObject({ exit: 2, code })
    expect(existsSync(join(folder, 'dist'))).toBe(false)
  })

  it('reaches up to the git top level, and not further', async () => {
    const top = moduleOf({
      LICENSE: "the repository's",
      'shared/notes.txt': 'x',
      'tool/go.mod': 'module example.com/tool\n\ngo 1.21\n',
      'tool/main.go': helloMain,
      'tool/gopack.yaml': 'archive: {files: [../LICENSE, {from: "../shared/*", to: notes}]}\n',
    })
    rmSync(join(top, 'go.mod'))
    commitAll(top, 'v1.0.0')
    const out = await built(join(top, 'tool'))
    const [zip = ''] = readdirSync(out).filter((name) => name.endsWith('.zip'))
    expect(
      execFileSync('zipinfo', ['-1', join(out, zip)], { encoding: 'utf8' })
        .trim()
        .split('\n'),
    ).toEqual(['LICENSE', 'notes/notes.txt', 'tool.exe'])
    write(join(top, 'tool'), { 'gopack.yaml': 'archive: {files: [../../outside.txt]}\n' })
    write(join(top, '..'), { 'outside.txt': 'x' })
    expect(await failed(join(top, 'tool'))).toMatchObject({ exit: 2, code: 'FILES_OUTSIDE' })
  })

  it('an output folder under a file: exit code 5', async () => {
    const folder = moduleOf({ 'main.go': helloMain, blocked: 'a file' })
    expect(await failed(folder, '--out', 'blocked/dist')).toMatchObject({ exit: 5, code: 'OUT_NOT_FOLDER' })
  })

  it.runIf(existsSync('/proc/self'))('an output folder on a file system that makes no folders: exit code 5', async () => {
    expect(await failed(moduleOf({ 'main.go': helloMain }), '--out', '/proc/gopack/dist')).toMatchObject({
      exit: 5,
      code: 'OUT_NOT_WRITABLE',
    })
  })

  it('an unknown target, before anything is compiled', async () => {
    mkdirSync(join(temporaryFolder(), 'x'))
    expect(await failed(copyOf('broken'), '--target', 'windows/arm')).toMatchObject({
      exit: 2,
      code: 'TARGET_UNKNOWN',
      message: expect.stringContaining('windows/arm64') as string,
    })
  })
})
