import { execFileSync } from 'node:child_process'
import { lstatSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { commitAll, git, helloMain, moduleOf, write } from '../helpers/repository.ts'
import { init, initFails, isThere, read, snapshotOf } from './run-init.ts'

const packageJson = '{\n\t"name": "hello",\n\t"files": ["a", "b"],\n\t"scripts": { "test": "go test ./..." }\n}'
const hello = { 'main.go': helloMain, 'package.json': packageJson }

describe('the files of gopack init', () => {
  it('are printed with --dry-run exactly as they are written without it', async () => {
    const folder = commitAll(moduleOf(hello))
    const before = snapshotOf(folder)
    const dry = await init(folder, '--dry-run', '--ci', 'github')
    expect(snapshotOf(folder)).toEqual(before)
    await init(folder, '--ci', 'github')
    const written = ['gopack.yaml', 'package.json', '.github/workflows/gopack.yml']
    const shown = written.map(
      (name) =>
        `==> ${name} (${name === 'package.json' ? 'update' : 'create'})\n${read(folder, name)}${read(folder, name).endsWith('\n') ? '' : '\n'}`,
    )
    expect(dry.stdout).toBe(shown.join(''))
    expect(
      git(folder, 'status', '--porcelain', '-uall')
        .split('\n')
        .map((line) => line.slice(3))
        .filter((name) => name !== '')
        .sort(),
    ).toEqual([...written].sort())
    expect(read(folder, 'package.json')).toBe(packageJson.replace('./..."', './...", "build:windows": "gopack build"'))
  })

  it('are one JSON document with --json', async () => {
    const folder = moduleOf(hello)
    const { stdout } = await init(folder, '--json', '--quiet')
    const document = JSON.parse(stdout) as { files: { path: string; action: string; content: string }[] }
    expect(document.files.map(({ path, action }) => [path, action])).toEqual([
      ['gopack.yaml', 'create'],
      ['package.json', 'update'],
    ])
    for (const { path, content } of document.files) expect(read(folder, path)).toBe(content)
  })

  it.each(['gopack.yaml', '.github/workflows/gopack.yml'])(
    'are not written at all when %s is there, and with --force they are',
    async (name) => {
      const folder = commitAll(moduleOf({ ...hello, [name]: '# mine\n' }))
      const before = snapshotOf(folder)
      const error = await initFails(folder, '--ci', 'github')
      expect(error).toMatchObject({ code: 'INIT_FILE_EXISTS', exit: 2 })
      expect(error.message).toContain(join(folder, name))
      expect(error.hint).toContain('--force')
      expect(snapshotOf(folder)).toEqual(before)
      const { stdout } = await init(folder, '--ci', 'github', '--force')
      expect(stdout).toContain(`replaced ${name}\n`)
      expect(read(folder, name)).not.toContain('# mine')
    },
  )

  it('are not mixed with a configuration under another name, not even with --force', async () => {
    for (const other of [{ 'gopack.yml': 'name: hello\n' }, { 'package.json': '{"gopack": {"name": "hello"}}' }]) {
      const folder = moduleOf({ 'main.go': helloMain, ...other })
      expect(await initFails(folder, '--force')).toMatchObject({ code: 'INIT_OTHER_CONFIG', exit: 2 })
      expect(isThere(folder, 'gopack.yaml')).toBe(false)
    }
  })

  it('stay away from folders in their place', async () => {
    const folder = moduleOf({ 'main.go': helloMain, '.github': 'a file' })
    expect(await initFails(folder, '--ci', 'github')).toMatchObject({
      code: 'INIT_WRITE',
      exit: 1,
      message: expect.stringContaining('Nothing was written.'),
    })
    mkdirSync(join(folder, 'gopack.yaml'))
    expect(await initFails(folder, '--force')).toMatchObject({ code: 'INIT_FILE_EXISTS', exit: 2 })
    expect(lstatSync(join(folder, 'gopack.yaml')).isDirectory()).toBe(true)
  })

  // Windows lets not everybody make links.
  it.skipIf(process.platform === 'win32')('are written where links point', async () => {
    const folder = moduleOf({ 'main.go': helloMain, 'shared/package.json': packageJson })
    symlinkSync('shared/package.json', join(folder, 'package.json'))
    await init(folder)
    expect(lstatSync(join(folder, 'package.json')).isSymbolicLink()).toBe(true)
    expect(read(folder, 'shared/package.json')).toContain('gopack build')
  })

  it('leave another script of the same name alone, and a broken package.json', async () => {
    const folder = moduleOf({ 'main.go': helloMain, 'package.json': '{"scripts":{"build:windows":"make"}}' })
    const { stdout, stderr } = await init(folder)
    expect(stdout).toBe('created gopack.yaml\n')
    expect(stderr).toContain('another script "build:windows"')
    expect(read(folder, 'package.json')).toContain('"make"')
    write(folder, { 'package.json': '{"scripts":' })
    const before = snapshotOf(folder)
    expect(await initFails(folder, '--force')).toMatchObject({ code: 'INIT_PACKAGE_JSON', exit: 2 })
    expect(snapshotOf(folder)).toEqual(before)
    writeFileSync(join(folder, 'package.json'), Buffer.from('{"author":"\xe9"}', 'latin1'))
    expect(await initFails(folder)).toMatchObject({ code: 'INIT_FILE_EXISTS' })
    expect(await initFails(folder, '--force')).toMatchObject({ code: 'INIT_PACKAGE_JSON', exit: 2 })
  })

  it.skipIf(process.platform === 'win32')('do not wait for a package.json that is a pipe', async () => {
    const folder = moduleOf({ 'main.go': helloMain })
    execFileSync('mkfifo', [join(folder, 'package.json')])
    const { code, stdout } = await gopack(['init', '--json', '--no-import'], { cwd: folder })
    expect([code, JSON.parse(stdout)]).toMatchObject([
      2,
      { error: { code: 'INIT_PACKAGE_JSON', message: expect.stringContaining('not a regular file') as string } },
    ])
  })

  it('come with remarks on what else is there', async () => {
    const folder = moduleOf({
      'sub/go.mod': 'module example.com/hello/sub\n\ngo 1.21\n',
      'sub/main.go': helloMain,
      '.goreleaser.yml': 'version: 2\n',
      'gopack.yaml': 'name: hello\n',
    })
    commitAll(folder)
    const { stderr } = await gopack(['init', '--dry-run'], { cwd: join(folder, 'sub') })
    expect(stderr).toContain('.goreleaser.yml is not read by gopack')
    expect(stderr).toContain(`${join(folder, 'gopack.yaml')} no longer holds for this module`)
  })

  it('are for one CI system only, so far', async () => {
    expect(await initFails(moduleOf(hello), '--ci', 'githb')).toMatchObject({
      code: 'USAGE',
      exit: 2,
      message: '--ci is "githb"; there is github. Did you mean "github"?',
    })
  })
})
