import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Plan } from '../../src/plan/types.ts'
import { gopack } from '../helpers/gopack.ts'
import { commitAll, git, helloMain, write } from '../helpers/repository.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'
import { monorepo, twoApps } from './monorepo.ts'

async function planOf(folder: string, ...args: string[]): Promise<Plan> {
  const { code, stdout, stderr } = await gopack(['plan', '--json', ...args], { cwd: folder })
  expect(code, stdout + stderr).toBe(0)
  return JSON.parse(stdout) as Plan
}

const lanesOf = (plan: Plan): string[] =>
  plan.lanes.map(({ app, target, version }) => `${app} ${target.os}/${target.arch} ${version.version}`)

describeWith(['go', 'git', 'unzip', 'exiftool'], 'apps', () => {
  it('each have their own targets, flags, resources and archive, laid over the common ones key by key', async () => {
    const folder = monorepo(
      `targets: [windows/amd64, windows/386]
go: {ldflags: ['-X main.version=common'], tags: [common]}
resources: {company: ACME, product: Suite}
apps:
  - main: ./cmd/server
    targets: [windows/arm64]
    go: {ldflags: ['-X main.version=own']}
    resources: {product: Server}
    archive: {name: '{name}-{os}', files: [docs/notes.md]}
  - {name: tool, main: ./cmd/client}
`,
      'v1.0.0',
    )
    const { lanes } = await planOf(folder)
    expect(lanes.map(({ app, target }) => `${app} ${target.arch}`)).toEqual(['server arm64', 'tool amd64', 'tool 386'])
    const flags = lanes.map(({ steps }) =>
      steps.flatMap((step) => (step.step === 'compile' ? step.command.args.slice(3, -1) : [])).join(' '),
    )
    expect(flags[0]).toMatch(/^-tags=common -ldflags=.*-X main\.version=own$/)
    expect(flags[1]).toMatch(/^-tags=common -ldflags=.*-X main\.version=common$/)
    const texts = lanes.map(({ steps }) => steps.flatMap((step) => (step.step === 'resources' ? [step.request.version.configured] : []))[0])
    expect(Object.values(texts[0]!)[0]).toMatchObject({ CompanyName: 'ACME', ProductName: 'Server' })
    expect(Object.values(texts[1]!)[0]).toMatchObject({ CompanyName: 'ACME', ProductName: 'Suite' })
    const archives = lanes.flatMap(({ steps }) => steps.flatMap((step) => (step.step === 'archive' ? [step] : [])))
    expect(archives[0]).toMatchObject({ path: 'server-windows.zip', files: [{ name: 'docs/notes.md' }] })
    expect(archives[1]!.path).toMatch(/^tool_v1\.0\.0-\d+\.\d+_windows_amd64\.zip$/)
  })

  it('have tags of their own: by folder, by name, by tagPrefix, else those of the module', async () => {
    const folder = monorepo(
      'apps:\n  - {main: ./cmd/server}\n  - {main: ./cmd/client}\n',
      'cmd/server/v2.0.0',
      'client/v3.0.0',
      'other/v4.0.0',
      'v1.0.0',
    )
    expect(lanesOf(await planOf(folder))).toEqual(['server windows/amd64 2.0.0', 'client windows/amd64 3.0.0'])
    write(folder, {
      'gopack.yaml': 'apps:\n  - {main: ./cmd/server, version: {tagPrefix: other/}}\n  - {main: ./cmd/client, version: {tagPrefix: ""}}\n',
    })
    git(folder, 'commit', '-qam', 'prefixes')
    expect(lanesOf(await planOf(folder))).toEqual(['server windows/amd64 4.0.1-dev.1', 'client windows/amd64 1.0.1-dev.1'])
  })

  it.each([
    [['server'], ['server']],
    [['./cmd/client'], ['client']],
    [
      ['--main', 'client', '--main', './cmd/server'],
      ['server', 'client'],
    ],
    [['./...'], ['server', 'client']],
    [['example.com/suite/cmd/client'], ['client']],
  ])('are chosen by name or main package: %j', async (args, apps) => {
    const config = args[0]!.startsWith('example') ? twoApps.replace('./cmd/client', args[0]!) : twoApps
    expect((await planOf(monorepo(config), ...args)).lanes.map(({ app }) => app)).toEqual(apps)
  })

  it('go into one archive a target when they are wanted together', async () => {
    const folder = monorepo(`name: suite\narchive: {together: true, files: [docs/notes.md]}\n${twoApps}`, 'v1.2.3')
    const { code, stderr } = await gopack(['build', '--target', 'windows/amd64,linux/amd64'], { cwd: folder })
    expect(code, stderr).toBe(0)
    const out = join(folder, 'dist')
    const list = JSON.parse(readFileSync(join(out, 'artifacts.json'), 'utf8')) as {
      artifacts: { type: string; app?: string; path: string; version?: string }[]
    }
    const archives = list.artifacts.filter(({ type }) => type === 'archive')
    expect(archives).toMatchObject([
      { app: 'suite', version: '1.2.3', path: expect.stringMatching(/^suite_v1\.2\.3-.*_linux_amd64\.tar\.gz$/) as string },
      { app: 'suite', version: '1.2.3', path: expect.stringMatching(/^suite_v1\.2\.3-.*_windows_amd64\.zip$/) as string },
    ])
    const names = execFileSync('unzip', ['-Z1', join(out, archives[1]!.path)], { encoding: 'utf8' })
      .trim()
      .split('\n')
    expect(names).toEqual(['client.exe', 'docs/notes.md', 'server.exe'])
    const inTar = execFileSync('tar', ['-tvf', join(out, archives[0]!.path)], { encoding: 'utf8' })
    expect(inTar).toMatch(/^-rwxr-xr-x.* client$/m)
    expect(inTar).toMatch(/^-rw-r--r--.* docs\/notes\.md$/m)
    const exif = execFileSync('exiftool', ['-s3', '-ProductName', join(out, 'windows_amd64', 'client.exe')], { encoding: 'utf8' })
    expect(exif.trim()).toBe('client')
    const again = await gopack(['build', '--target', 'windows/amd64,linux/amd64', '--json'], { cwd: folder })
    expect(JSON.parse(again.stdout)).toMatchObject({ artifacts: list.artifacts })
    expect(again.stderr).toMatch(/suite windows\/amd64: archive up to date/)
  })

  it('may lie in several modules of a workspace', async () => {
    const folder = temporaryFolder()
    write(folder, {
      'go.work': 'go 1.21\n\nuse (\n\t./a\n\t./b\n)\n',
      'a/go.mod': 'module example.com/a\n\ngo 1.21\n',
      'a/main.go': helloMain,
      'b/go.mod': 'module example.com/b\n\ngo 1.21\n',
      'b/cmd/tool/main.go': helloMain,
      'gopack.yaml': 'apps: [{main: ./a}, {main: ./b/cmd/tool}]\n',
    })
    commitAll(folder, 'a/v1.1.0')
    git(folder, 'tag', 'b/v2.2.0')
    expect(lanesOf(await planOf(folder))).toEqual(['a windows/amd64 1.1.0', 'tool windows/amd64 2.2.0'])
  })

  it.each([
    [
      'a key that is none',
      'apps:\n  - {main: ./cmd/server, target: [windows/amd64]}\n',
      'CONFIG_UNKNOWN_KEY',
      /gopack\.yaml:2:26: unknown key "target" under "apps\[0\]".*targets/,
    ],
    ['an app without a main package', 'apps:\n  - name: server\n', 'CONFIG_WRONG_TYPE', /gopack\.yaml:2:5: apps\[0\]\.main/],
    [
      'a Go version of its own',
      'apps:\n  - {main: ./cmd/server, go: {version: "1.26"}}\n',
      'CONFIG_UNKNOWN_KEY',
      /gopack\.yaml:2:31: unknown key "version"/,
    ],
    ['main beside apps', `main: ./cmd/server\n${twoApps}`, 'CONFIG_CONFLICT', /gopack\.yaml:1:1: "main" and "apps"/],
    ['together without apps', 'archive: {together: true}\n', 'CONFIG_CONFLICT', /gopack\.yaml:1:11: archive\.together is for several/],
    ['together without a name', `archive: {together: true}\n${twoApps}`, 'CONFIG_CONFLICT', /gopack\.yaml:1:11: .*needs a name/],
    [
      'an archive of one of those together',
      'name: suite\narchive: {together: true}\napps:\n  - {main: ./cmd/server, archive: {wrap: true}}\n',
      'CONFIG_CONFLICT',
      /gopack\.yaml:4:26: this app has no archive/,
    ],
    ['two of one name', 'apps: [{main: ./cmd/server, name: x}, {main: ./cmd/client, name: X}]\n', 'NAME_TWICE', /would both be called X/],
    ['a main package that stands for several', 'apps: [{main: ./cmd/...}]\n', 'NAME_TWICE', /stands for 2 programs/],
    [
      'a template that is none',
      'apps:\n  - main: ./cmd/server\n    archive: {name: "{nam}"}\n',
      'CONFIG_TEMPLATE',
      /gopack\.yaml:3:21: .*\{nam\}/,
    ],
    [
      'a variable gopack decides',
      'apps:\n  - main: ./cmd/server\n    go: {env: {GOOS: linux}}\n',
      'CONFIG_CONFLICT',
      /gopack\.yaml:3:16: GOOS/,
    ],
    [
      'an icon that is not there',
      'apps:\n  - main: ./cmd/client\n  - main: ./cmd/server\n    resources: {icon: gone.ico}\n',
      'ICON_MISSING',
      /gopack\.yaml:4:23: .*gone\.ico/,
    ],
  ])('refuses %s', async (_name, config, code, message) => {
    const result = await gopack(['plan', '--json'], { cwd: monorepo(config) })
    expect([result.code, JSON.parse(result.stdout)]).toMatchObject([
      2,
      { error: { code, message: expect.stringMatching(message) as string } },
    ])
  })

  it('refuses a main package that is none of them, and names those there are', async () => {
    const result = await gopack(['plan', '--json', './cmd/sever'], { cwd: monorepo(twoApps) })
    expect([result.code, JSON.parse(result.stdout)]).toMatchObject([
      2,
      { error: { code: 'USAGE', message: expect.stringMatching(/none of the apps: .*Did you mean "\.\/cmd\/server"/) as string } },
    ])
  })
})
