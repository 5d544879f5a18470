import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { commitAll, helloMain, moduleOf, write } from '../helpers/repository.ts'

/** The error of a plan that must be refused with exit code 2. */
async function refusal(folder: string, ...args: string[]): Promise<{ code: string; message: string; hint: string; output?: string[] }> {
  const { code, stdout, stderr } = await gopack(['plan', '--json', ...args], { cwd: folder })
  expect(code, stdout + stderr).toBe(2)
  return (JSON.parse(stdout) as { error: { code: string; message: string; hint: string } }).error
}

describe('files without an end', () => {
  const kinds: readonly (readonly [string, (path: string) => void])[] = [
    ['a pipe', (path) => execFileSync('mkfifo', [path])],
    ['a device', (path) => symlinkSync('/dev/zero', path)],
  ]
  const places = [
    ['gopack.yaml', 'CONFIG_UNREADABLE'],
    ['own.manifest', 'MANIFEST_BROKEN'],
    ['versioninfo.json', 'RESOURCE_FILE_BROKEN'],
    ['winres/winres.json', 'RESOURCE_FILE_BROKEN'],
  ] as const

  it.each(kinds.flatMap(([kind, make]) => places.map(([path, code]) => [kind, path, code, make] as const)))(
    '%s as %s',
    async (_kind, path, code, make) => {
      const folder = moduleOf({
        'main.go': helloMain,
        ...(path === 'own.manifest' ? { 'gopack.yaml': `resources: {manifest: ${path}}\n` } : {}),
      })
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      make(join(folder, path))
      expect(await refusal(folder)).toMatchObject({ code, message: expect.stringContaining('not a regular file') as string })
    },
  )

  it.each(kinds)('%s as package.json is no configuration', async (_kind, make) => {
    const folder = moduleOf({ 'main.go': helloMain })
    make(join(folder, 'package.json'))
    expect((await gopack(['plan', '--json'], { cwd: folder })).code).toBe(0)
    rmSync(join(folder, 'package.json'))
  })

  it('a manifest of more than a megabyte', async () => {
    const folder = moduleOf({ 'main.go': helloMain, 'gopack.yaml': 'resources: {manifest: big}\n', big: ' '.repeat(1024 * 1024 + 1) })
    expect(await refusal(folder)).toMatchObject({ code: 'MANIFEST_BROKEN' })
  })
})

describe('files of git in the archive', () => {
  it.each(['.git/config', '.git', '.git/*', '.git/**', './sub/../.git/HEAD', 'link', 'folder'])('%s', async (pattern) => {
    const folder = moduleOf({ 'main.go': helloMain, 'sub/a.txt': 'x', 'gopack.json': JSON.stringify({ archive: { files: [pattern] } }) })
    commitAll(folder, 'v1.0.0')
    symlinkSync('.git/config', join(folder, 'link'))
    symlinkSync('.git', join(folder, 'folder'))
    expect(await refusal(folder)).toMatchObject({ code: 'FILES_GIT' })
  })

  it('stay behind where the folder around them is taken', async () => {
    const folder = moduleOf({
      'main.go': helloMain,
      'sub/a.txt': 'x',
      'sub/.git/config': 'x',
      'sub/.gitignore': 'x',
      'gopack.yaml': 'archive: {files: [sub]}\n',
    })
    const { stdout } = await gopack(['plan', '--json'], { cwd: folder })
    const plan = JSON.parse(stdout) as { lanes: { steps: { files?: { name: string }[] }[] }[] }
    expect(plan.lanes[0]!.steps.at(-1)!.files!.map(({ name }) => name)).toEqual(['sub/.gitignore', 'sub/a.txt'])
  })
})

describe('an output folder', () => {
  it.each(['.git/dist', '.git', 'CON', 'nul.out', 'dist.', 'dist ', 'a:b', 'a?', 'old/windows_amd64/dist', 'old/dist'])(
    '%j',
    async (out) => {
      const folder = moduleOf({
        'main.go': helloMain,
        'old/artifacts.json': '{\n  "schema": 1,\n  "tool": {\n    "name": "gopack"\n  }\n}\n',
      })
      commitAll(folder)
      expect(await refusal(folder, '--out', out)).toMatchObject({ code: 'OUT_REFUSED' })
    },
  )

  it.each([
    ['in the cache', 'cache/dist', 'cache'],
    ['the cache', 'cache', 'cache'],
    ['around the cache', 'cache', 'cache/of/gopack'],
  ])('%s', async (_name, out, cache) => {
    const folder = moduleOf({ 'main.go': helloMain })
    const { code, stdout } = await gopack(['plan', '--json', '--out', out], { cwd: folder, env: { GOPACK_CACHE: join(folder, cache) } })
    expect([code, JSON.parse(stdout)]).toMatchObject([2, { error: { code: 'OUT_REFUSED' } }])
  })

  it('of the same name again, and one beside the artifacts.json of somebody else', async () => {
    const folder = moduleOf({ 'main.go': helloMain, 'artifacts.json': '{"mine": true}' })
    expect((await gopack(['build', '--json', '--out', 'out'], { cwd: folder })).code).toBe(0)
    expect((await gopack(['build', '--json', '--out', 'out'], { cwd: folder })).code).toBe(0)
    expect(await refusal(folder, '--out', 'out/windows_amd64')).toMatchObject({ code: 'OUT_REFUSED' })
  })

  it.each(['.', '..', '/'])('a cache that holds the module: %s', async (cache) => {
    const folder = moduleOf({ 'main.go': helloMain })
    const { code, stdout } = await gopack(['plan', '--json'], { cwd: folder, env: { GOPACK_CACHE: cache } })
    expect([code, JSON.parse(stdout)]).toMatchObject([2, { error: { code: 'CACHE_REFUSED' } }])
  })
})

describe('a file as the main package', () => {
  it.each([
    [['--main', 'main.go'], 'Name its folder: .'],
    [['./main.go'], 'Name its folder: .'],
    [['cmd/x/main.go'], 'Name its folder: ./cmd/x'],
    [['--main', './cmd/x/main.go', '-m', '.'], 'Name its folder: ./cmd/x'],
  ])('%j', async (args, hint) => {
    const folder = moduleOf({ 'main.go': helloMain, 'cmd/x/main.go': helloMain })
    expect(await refusal(folder, ...args)).toMatchObject({ code: 'NOT_A_MAIN_PACKAGE', hint })
  })

  it('is not a folder or a module that ends in .go', async () => {
    const folder = moduleOf({ 'go.mod': 'module example.com/hello.go\n\ngo 1.21\n', 'main.go': helloMain, 'x.go/main.go': helloMain })
    for (const main of ['./x.go', 'example.com/hello.go', 'example.com/hello.go/x.go'])
      expect((await gopack(['plan', '--json', '--main', main], { cwd: folder })).code).toBe(0)
  })
})

describe('a module that its go.work does not list', () => {
  it.each([[[]], [['--main', '.']], [['--main', './...']], [['./cmd/x']]])('%j', async (args) => {
    const folder = moduleOf({
      'main.go': helloMain,
      'cmd/x/main.go': helloMain,
      'other/go.mod': 'module example.com/other\n\ngo 1.21\n',
    })
    write(folder, { 'go.work': 'go 1.21\n\nuse ./other\n' })
    const error = await refusal(folder, ...args)
    expect(error).toMatchObject({ code: 'NO_MAIN_PACKAGE', hint: expect.stringContaining('go work use .') as string })
    expect(error.output?.join(' ')).toContain('go.work')
  })
})

describe('a target', () => {
  it.each(['', 'windows,', ',linux/amd64'])('%j is an empty one', async (target) => {
    const folder = moduleOf({ 'main.go': helloMain })
    expect(await refusal(folder, '--target', target)).toMatchObject({ code: 'TARGET_UNKNOWN', message: 'There is an empty target.' })
  })

  it('of two letters suggests nothing', async () => {
    expect((await refusal(moduleOf({ 'main.go': helloMain }), '--target', 'xy')).message).not.toContain('Did you mean')
  })
})

describe('what a setting causes later', () => {
  it.each([
    ['name: CON\n', 'NAME_INVALID', 'gopack.yaml:1:7: '],
    ['archive:\n  name: "a/b"\n', 'ARCHIVE_NAME', 'gopack.yaml:2:9: '],
    ['archive:\n  files: [main.go, nowhere]\n', 'FILES_NO_MATCH', 'gopack.yaml:2:20: '],
    ['archive:\n  files: [{from: ../../x}]\n', 'FILES_OUTSIDE', 'gopack.yaml:2:11: '],
    ['archive:\n  files: [{from: main.go, as: nul}]\n', 'FILES_NAME', 'gopack.yaml:2:10: '],
    ['resources: {icon: gone.ico}\n', 'ICON_MISSING', 'gopack.yaml:1:19: '],
  ])('%s', async (text, code, place) => {
    const folder = moduleOf({ 'main.go': helloMain, 'gopack.yaml': text })
    expect(await refusal(folder)).toMatchObject({
      code,
      message: expect.stringContaining(place) as string,
      line: expect.any(Number) as number,
    })
  })
})
