import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Plan } from '../../src/plan/types.ts'
import { gopack } from '../helpers/gopack.ts'
import { git, moduleOf, helloMain, write } from '../helpers/repository.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'
import { change, monorepo, twoApps } from './monorepo.ts'

/** The apps that `plan --changed` would build. */
async function changedApps(folder: string): Promise<string[]> {
  const { code, stdout, stderr } = await gopack(['plan', '--changed', '--json'], { cwd: folder })
  expect(code, stdout + stderr).toBe(0)
  return (JSON.parse(stdout) as Plan).lanes.map(({ app }) => app)
}

interface Listed {
  readonly artifacts: readonly { readonly app?: string; readonly type: string; readonly path: string; readonly sha256: string }[]
}
const artifactsIn = (folder: string): Listed => JSON.parse(readFileSync(join(folder, 'dist', 'artifacts.json'), 'utf8')) as Listed

describeWith(['go', 'git', 'sha256sum'], '--changed', () => {
  it.each<[string, Readonly<Record<string, string | null>>, string[]]>([
    ['nothing', { 'docs/notes.md': 'more\n' }, []],
    ['a package of one', { 'lib/lib.go': 'package lib\n\nvar Page = "x"\n' }, ['server']],
    ['a file one embeds', { 'lib/page/index.html': '<h1>\n' }, ['server']],
    ['a main package', { 'cmd/client/main.go': helloMain }, ['client']],
    ['a new file in a main package', { 'cmd/client/more.go': 'package main\n' }, ['client']],
    ['go.mod', { 'go.mod': 'module example.com/suite\n\ngo 1.22\n' }, ['server', 'client']],
    ['gopack.yaml', { 'gopack.yaml': `${twoApps}# more\n` }, ['server', 'client']],
    ['a file of the archive', { LICENSE: 'free\n' }, ['server', 'client']],
    ['an icon found by itself', { 'cmd/client/winres/winres.json': '{}' }, ['client']],
  ])('builds what %s is part of', async (_name, files, apps) => {
    const folder = monorepo(twoApps, 'v1.0.0')
    change(folder, files)
    expect(await changedApps(folder)).toEqual(apps)
  })

  it('counts what is not committed, and what is not even tracked', async () => {
    const folder = monorepo(twoApps, 'v1.0.0')
    change(folder, { 'docs/notes.md': 'more\n' })
    expect(await changedApps(folder)).toEqual([])
    write(folder, { 'cmd/server/new.go': 'package main\n' })
    expect(await changedApps(folder)).toEqual(['server'])
    appendFileSync(join(folder, 'cmd/client/main.go'), '// more\n')
    expect(await changedApps(folder)).toEqual(['server', 'client'])
  })

  it('counts a change that was taken back as none', async () => {
    const folder = monorepo(twoApps, 'v1.0.0')
    change(folder, { 'cmd/client/main.go': helloMain })
    git(folder, 'revert', '--no-edit', 'HEAD')
    expect(await changedApps(folder)).toEqual([])
  })

  it('counts an embedded file and a licence that are gone', async () => {
    const config = `${twoApps.replace('./cmd/server}', './cmd/server, archive: {files: []}}')}`
    const folder = monorepo(config)
    change(folder, {
      'lib/lib.go': 'package lib\n\nimport "embed"\n\n//go:embed page\nvar files embed.FS\nvar Page = ""\n',
      'lib/page/b.html': 'b\n',
      LICENSE: 'free\n',
    })
    git(folder, 'tag', 'v1.1.0')
    change(folder, { 'lib/page/b.html': null })
    expect(await changedApps(folder)).toEqual(['server'])
    git(folder, 'tag', 'v1.2.0')
    change(folder, { LICENSE: null })
    expect(await changedApps(folder)).toEqual(['client'])
  })

  it('looks at each app from its own last tag', async () => {
    const folder = monorepo(twoApps, 'v1.0.0')
    change(folder, { 'cmd/client/main.go': helloMain, 'lib/page/index.html': 'new\n' })
    git(folder, 'tag', 'server/v2.0.0')
    // Its own tag stands on this commit: it is what is to be released.
    expect(await changedApps(folder)).toEqual(['server', 'client'])
    change(folder, { 'docs/notes.md': 'more\n' })
    expect(await changedApps(folder)).toEqual(['client'])
  })

  it('builds everything where there is no tag', async () => {
    expect(await changedApps(monorepo(twoApps))).toEqual(['server', 'client'])
  })

  it('follows replaced modules and workspaces', async () => {
    const folder = moduleOf({
      'go.work': 'go 1.21\n\nuse (\n\t./a\n\t./b\n)\n',
      'a/go.mod': 'module example.com/a\n\ngo 1.21\n',
      'a/main.go': 'package main\n\nimport "example.com/b"\n\nfunc main() { println(b.X) }\n',
      'b/go.mod': 'module example.com/b\n\ngo 1.21\n',
      'b/b.go': 'package b\n\nvar X = 1\n',
      'c/go.mod': 'module example.com/c\n\ngo 1.21\n\nrequire example.com/d v0.0.0\n\nreplace example.com/d => ../d\n',
      'c/main.go': 'package main\n\nimport "example.com/d"\n\nfunc main() { println(d.X) }\n',
      'd/go.mod': 'module example.com/d\n\ngo 1.21\n',
      'd/d.go': 'package d\n\nvar X = 1\n',
      'gopack.yaml': 'apps: [{main: ./a}, {main: ./c}]\n',
    })
    write(folder, { 'go.work': 'go 1.21\n\nuse (\n\t./a\n\t./b\n\t./c\n)\n' })
    git(folder, 'init', '-q')
    change(folder, {})
    git(folder, 'tag', 'v1.0.0')
    change(folder, { 'b/b.go': 'package b\n\nvar X = 2\n' })
    expect(await changedApps(folder)).toEqual(['a'])
    git(folder, 'tag', 'v1.1.0')
    change(folder, { 'd/d.go': 'package d\n\nvar X = 2\n' })
    expect(await changedApps(folder)).toEqual(['c'])
  })

  it('believes hooks only where they say what they read', async () => {
    const folder = monorepo(`${twoApps}hooks: {before: [[go, version]]}\n`, 'v1.0.0')
    expect(await changedApps(folder)).toEqual(['server', 'client'])
    write(folder, { 'gopack.yaml': `${twoApps}hooks: {before: [{run: [go, version], inputs: [docs/*.md]}]}\n` })
    change(folder, {})
    git(folder, 'tag', 'v1.1.0')
    change(folder, { 'other.txt': 'more\n' })
    expect(await changedApps(folder)).toEqual([])
    change(folder, { 'docs/notes.md': 'more\n' })
    expect(await changedApps(folder)).toEqual(['server', 'client'])
  })

  it('leaves the artifacts of unchanged apps where they are', async () => {
    const folder = monorepo(twoApps, 'v1.0.0')
    expect((await gopack(['build'], { cwd: folder })).code).toBe(0)
    const before = artifactsIn(folder)
    change(folder, { 'cmd/client/main.go': helloMain })
    const result = await gopack(['build', '--changed'], { cwd: folder })
    expect([result.code, result.stderr]).toEqual([0, expect.stringContaining('server is unchanged since v1.0.0') as string])
    const after = artifactsIn(folder)
    const of = (list: Listed, app: string): unknown => list.artifacts.filter((artifact) => artifact.app === app)
    expect(of(after, 'server')).toEqual(of(before, 'server'))
    expect(of(after, 'client')).not.toEqual(of(before, 'client'))
    const checked = execFileSync('sha256sum', ['-c', '--strict', 'checksums.txt'], { cwd: join(folder, 'dist'), encoding: 'utf8' })
    expect(checked.trim().split('\n')).toHaveLength(2)
    expect((await gopack(['inspect', 'dist'], { cwd: folder })).code).toBe(0)
    // On a tagged commit it is the release before that counts.
    git(folder, 'tag', 'v1.1.0')
    expect((await gopack(['build', '--changed'], { cwd: folder })).code).toBe(0)
    const released = artifactsIn(folder)
    expect(of(released, 'server')).toEqual(of(before, 'server'))
    expect(of(released, 'client')).toMatchObject([{ version: '1.1.0' }, { version: '1.1.0' }])
  })

  it('builds again what the output folder holds of another state', async () => {
    const folder = monorepo(twoApps, 'v1.0.0')
    expect((await gopack(['build'], { cwd: folder })).code).toBe(0)
    change(folder, { 'cmd/server/main.go': 'package main\n\nfunc main() { println("BACKDOOR") }\n' })
    expect((await gopack(['build', '--changed'], { cwd: folder })).code).toBe(0)
    git(folder, 'revert', '--no-edit', 'HEAD')
    expect((await gopack(['build', '--changed'], { cwd: folder })).code).toBe(0)
    expect(readFileSync(join(folder, 'dist/windows_amd64/server.exe'), 'latin1')).not.toContain('BACKDOOR')
  })

  it.each([[['--target', 'windows/386']], [['--set-version', '9.9.9']], [['--snapshot']], [['--ldflags=-w']]])(
    'builds everything where %j asks for something else',
    async (args) => {
      const folder = monorepo(twoApps, 'v1.0.0')
      expect((await gopack(['build'], { cwd: folder })).code).toBe(0)
      change(folder, { 'docs/notes.md': 'more\n' })
      expect(await changedApps(folder)).toEqual([])
      const { stdout } = await gopack(['plan', '--changed', '--json', ...args], { cwd: folder })
      expect((JSON.parse(stdout) as Plan).lanes.map(({ app }) => app)).toEqual(['server', 'client'])
    },
  )

  it('sees changes in a submodule, committed or not', async () => {
    const other = moduleOf({ 'go.mod': 'module example.com/other\n\ngo 1.21\n', 'o.go': 'package other\n\nvar X = 1\n' })
    git(other, 'init', '-q')
    change(other, {})
    const folder = monorepo(twoApps)
    git(folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', other, 'sub')
    const main = 'package main\n\nimport "example.com/other"\n\nfunc main() { println(other.X) }\n'
    const goMod = 'module example.com/suite\n\ngo 1.21\n\nrequire example.com/other v0.0.0\n\nreplace example.com/other => ./sub\n'
    change(folder, { 'go.mod': goMod, 'cmd/client/main.go': main })
    git(folder, 'tag', 'v1.0.0')
    change(folder, { 'docs/notes.md': 'more\n' })
    expect(await changedApps(folder)).toEqual([])
    write(folder, { 'sub/o.go': 'package other\n\nvar X = 2\n' })
    expect(await changedApps(folder)).toEqual(['client'])
    git(join(folder, 'sub'), 'commit', '-qam', 'changed')
    git(folder, 'commit', '-qam', 'newer')
    expect(await changedApps(folder)).toEqual(['client'])
  })

  it('counts code and embedded files that git ignores: no tag tells what they held', async () => {
    const folder = monorepo(twoApps)
    change(folder, { '.gitignore': 'gen.go\n' })
    git(folder, 'tag', 'v1.0.0')
    change(folder, { 'docs/notes.md': 'more\n' })
    expect(await changedApps(folder)).toEqual([])
    write(folder, { 'cmd/client/gen.go': 'package main\n' })
    expect(await changedApps(folder)).toEqual(['client'])
  })

  it('leaves no output where nothing changed and nothing is there', async () => {
    const folder = monorepo(twoApps, 'v1.0.0')
    change(folder, { 'docs/notes.md': 'more\n' })
    const { code, stdout } = await gopack(['build', '--changed'], { cwd: folder })
    expect([code, stdout]).toEqual([0, 'Nothing was built.\n'])
    expect(existsSync(join(folder, 'dist'))).toBe(false)
  })

  it.each(['windows_amd64/server.exe', 'server_v1.0.0-20260304.0506_windows_amd64.zip'])('builds again what lost %s', async (path) => {
    const folder = monorepo(twoApps, 'v1.0.0')
    expect((await gopack(['build'], { cwd: folder })).code).toBe(0)
    change(folder, { 'cmd/client/main.go': helloMain })
    rmSync(join(folder, 'dist', path))
    expect((await gopack(['build', '--changed'], { cwd: folder })).code).toBe(0)
    expect(artifactsIn(folder).artifacts.filter(({ app }) => app === 'server')).toHaveLength(2)
    expect((await gopack(['inspect', 'dist'], { cwd: folder })).code).toBe(0)
  })

  it('builds all or nothing of those that share an archive', async () => {
    const folder = monorepo(`name: suite\narchive: {together: true}\n${twoApps}`, 'v1.0.0')
    change(folder, { 'docs/notes.md': 'more\n' })
    expect(await changedApps(folder)).toEqual([])
    change(folder, { 'cmd/client/main.go': helloMain })
    expect(await changedApps(folder)).toEqual(['server', 'client'])
  })

  it('refuses a shallow clone and a folder without git', async () => {
    const folder = monorepo(twoApps, 'v1.0.0')
    change(folder, { 'cmd/client/main.go': helloMain })
    const shallow = join(temporaryFolder(), 'shallow')
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${folder}`, shallow])
    const inShallow = await gopack(['plan', '--changed', '--json'], { cwd: shallow })
    expect([inShallow.code, JSON.parse(inShallow.stdout)]).toMatchObject([2, { error: { code: 'SHALLOW_CLONE' } }])
    rmSync(join(folder, '.git'), { recursive: true })
    const without = await gopack(['plan', '--changed', '--json'], { cwd: folder })
    expect([without.code, JSON.parse(without.stdout)]).toMatchObject([2, { error: { code: 'USAGE' } }])
  })
})
