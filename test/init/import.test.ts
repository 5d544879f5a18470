import { join } from 'node:path'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { commitAll, helloMain, moduleOf, write } from '../helpers/repository.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { init, initFails, isThere, planWithoutState, read, settings, snapshotOf } from './run-init.ts'

const goreleaser = `version: 2
project_name: greeter
before:
  hooks:
    - go mod download
builds:
  - goos: [windows, linux]
    goarch: [amd64]
    ldflags: -s -w -X main.version={{ .Version }} -X main.builtBy=goreleaser
archives:
  - name_template: "{{ .ProjectName }}-{{ .Version }}-{{ .Os }}-{{ .Arch }}"
    files: [none*]
brews:
  - name: greeter
`
const main = 'package main\n\nvar version = "dev"\n\nfunc main() { println(version) }\n'

interface Planned {
  readonly lanes: readonly {
    app: string
    target: { os: string }
    steps: readonly { step: string; path?: string; files?: unknown[]; command?: { args: string[] } }[]
  }[]
}

describe('gopack init with a .goreleaser.yml', () => {
  it('finds it, carries over what it can, and lists the rest', async () => {
    const folder = commitAll(moduleOf({ 'main.go': main, '.goreleaser.yml': goreleaser }), 'v1.2.3')
    const { stdout, stderr } = await init(folder)
    expect(stdout).toBe('created gopack.yaml\n')
    expect(settings(folder)).toEqual([
      'name: greeter',
      'main: .',
      'targets: [windows/amd64, linux/amd64]',
      'go:',
      '  ldflags: ["-X main.version={version}"]',
      'archive:',
      '  name: "{name}-{version}-{os}-{arch}"',
      '  files: []',
      'hooks:',
      '  before:',
      '    - [go, mod, download]',
    ])
    expect(stderr.split('\n').filter((line) => line.includes('.goreleaser.yml'))).toEqual([
      expect.stringMatching(/^\.goreleaser\.yml: \d+ carried over, 3 not\.$/),
      '  .goreleaser.yml:9 builds[0].ldflags (-X main.builtBy=goreleaser): package main has no string variable "builtBy" that the linker could set: it did nothing before either',
      '  .goreleaser.yml:12 archives[0].files[0] (none*): nothing matches it now: GoReleaser would only warn, gopack would fail',
      '  .goreleaser.yml:13-14 brews: gopack writes no manifests of package managers yet',
    ])
    const { lanes } = (await planWithoutState(folder)) as unknown as Planned
    const archives = lanes.flatMap(({ steps }) => steps.flatMap(({ step, path, files }) => (step === 'archive' ? [[path, files]] : [])))
    // The tree has a new file: the version is a snapshot.
    expect(archives).toEqual([
      [expect.stringMatching(/^greeter-1\.2\.\d.*-windows-amd64\.zip$/), []],
      [expect.stringMatching(/^greeter-1\.2\.\d.*-linux-amd64\.tar\.gz$/), []],
    ])
  })

  it('builds what it says', async () => {
    const folder = moduleOf({ 'main.go': main, '.goreleaser.yml': goreleaser })
    await init(folder, '--from', '.goreleaser.yml')
    commitAll(folder, 'v1.2.3')
    const { code, stderr } = await gopack(['build'], { cwd: folder })
    expect(code, stderr).toBe(0)
    expect(isThere(folder, 'dist/greeter-1.2.3-windows-amd64.zip')).toBe(true)
    expect(isThere(folder, 'dist/greeter-1.2.3-linux-amd64.tar.gz')).toBe(true)
  })

  it('gives the whole list with --json', async () => {
    const folder = moduleOf({ 'main.go': main, '.goreleaser.yml': goreleaser })
    const document = JSON.parse((await init(folder, '--json', '--dry-run')).stdout) as {
      imported: { file: string; format: string; carried: unknown[]; left: unknown[] }[]
    }
    expect(document.imported).toHaveLength(1)
    expect(document.imported[0]).toMatchObject({
      file: '.goreleaser.yml',
      format: 'goreleaser',
      carried: expect.arrayContaining([{ file: '.goreleaser.yml', line: 2, key: 'project_name', value: 'greeter', to: 'name' }]),
      left: expect.arrayContaining([
        {
          file: '.goreleaser.yml',
          line: 13,
          lastLine: 14,
          key: 'brews',
          value: '[{name}]',
          reason: 'gopack writes no manifests of package managers yet',
        },
      ]),
    })
  })

  it('refuses with --strict, lists everything and writes nothing', async () => {
    const folder = moduleOf({ 'main.go': main, '.goreleaser.yml': goreleaser })
    const before = snapshotOf(folder)
    const { code, stderr } = await gopack(['init', '--strict'], { cwd: folder })
    expect(code).toBe(2)
    expect(stderr).toContain('  .goreleaser.yml:13-14 brews: ')
    expect(stderr).toContain('3 settings cannot be carried over as they are.')
    expect(snapshotOf(folder)).toEqual(before)
    expect(await initFails(folder, '--strict')).toMatchObject({
      code: 'IMPORT_STRICT',
      exit: 2,
      output: expect.arrayContaining([expect.stringContaining('brews')]),
    })
  })

  it('is content with --strict where everything is carried over', async () => {
    const folder = moduleOf({ 'main.go': main, '.goreleaser.yml': 'version: 2\nbuilds:\n  - goos: [windows]\n    goarch: [amd64]\n' })
    await init(folder, '--strict')
    expect(settings(folder)).toEqual([
      'name: hello',
      'main: .',
      'targets: [windows/amd64]',
      'archive:',
      '  name: "{name}_{version}_{os}_{arch}"',
    ])
  })

  it('looks for none with --no-import', async () => {
    const folder = moduleOf({ 'main.go': main, '.goreleaser.yml': goreleaser })
    await init(folder, '--no-import')
    expect(settings(folder)).toEqual([])
    expect(await initFails(folder, '--force', '--no-import', '--from', '.goreleaser.yml')).toMatchObject({ code: 'USAGE', exit: 2 })
  })

  it('is not stopped by one it cannot read, unless that was named', async () => {
    const folder = moduleOf({ 'main.go': main, '.goreleaser.yml': 'builds: [\n' })
    const { stderr } = await init(folder)
    expect(stderr).toContain('.goreleaser.yml was found and not imported: ')
    expect(await initFails(folder, '--force', '--from', '.goreleaser.yml')).toMatchObject({
      code: 'IMPORT_SYNTAX',
      exit: 2,
      file: '.goreleaser.yml',
      line: 2,
    })
    expect(await initFails(folder, '--force', '--strict')).toMatchObject({ code: 'IMPORT_STRICT', exit: 2 })
  })

  it('names several programs apps', async () => {
    const folder = moduleOf({
      'cmd/a/main.go': main,
      'cmd/b/main.go': helloMain,
      '.goreleaser.yaml': `project_name: tools
builds:
  - {id: a, main: ./cmd/a, binary: a, goos: [windows], goarch: [amd64], ldflags: ["-s -w -X main.version={{.Version}}"]}
  - {id: b, main: ./cmd/b, binary: bb, goos: [windows], goarch: [amd64, arm64]}
`,
    })
    await init(folder)
    const { lanes } = (await planWithoutState(folder)) as unknown as Planned
    expect(lanes.map(({ app }) => app)).toEqual(['a', 'bb', 'bb'])
  })
})

describe('gopack init with resources of other tools', () => {
  const winres = JSON.stringify({ RT_VERSION: { '#1': { '0000': { info: { '0409': { CompanyName: 'Example' } } } } } })
  const script =
    '#pragma code_page(65001)\n1 VERSIONINFO\nBEGIN\nBLOCK "StringFileInfo"\nBEGIN\nBLOCK "040904b0"\nBEGIN\nVALUE "CompanyName", "Müller"\nEND\nEND\nEND\n'

  it('finds a .rc in the main package', async () => {
    const folder = moduleOf({ 'cmd/tool/main.go': helloMain, 'cmd/tool/tool.rc': script })
    const { stderr } = await init(folder)
    expect(settings(folder)).toEqual(['main: ./cmd/tool', 'resources:', '  company: Müller'])
    expect(stderr).toContain('cmd/tool/tool.rc: 1 carried over, 0 not.')
    expect(JSON.stringify(await planWithoutState(folder))).toContain('"CompanyName":"Müller"')
  })

  it('takes one build and one file with resources', async () => {
    const folder = moduleOf({
      'main.go': main,
      'ci/goreleaser.yml': 'builds: [{goos: [windows], goarch: [amd64], dir: ..}]\n',
      'res/winres.json': winres,
    })
    await init(folder, '--from', 'ci/goreleaser.yml', '--from', 'res/winres.json')
    expect(settings(folder)).toEqual([
      'name: hello',
      'main: .',
      'targets: [windows/amd64]',
      'resources:',
      '  company: Example',
      'archive:',
      '  name: "{name}_{version}_{os}_{arch}"',
    ])
    expect(await initFails(folder, '--force', '--from', 'res/winres.json', '--from', 'res/versioninfo.json')).toMatchObject({
      code: 'IMPORT_TWICE',
      exit: 2,
    })
  })

  it('gives each app its own', async () => {
    const folder = moduleOf({
      'cmd/a/main.go': main,
      'cmd/a/winres/winres.json': winres,
      'cmd/b/main.go': helloMain,
      '.goreleaser.yaml':
        'builds:\n  - {id: a, main: ./cmd/a, binary: a, goos: [windows]}\n  - {id: b, main: ./cmd/b, binary: b, goos: [windows]}\n',
    })
    await init(folder)
    expect(read(folder, 'gopack.yaml')).toContain('  - name: a\n    main: ./cmd/a\n    resources:\n      company: Example\n')
  })

  it.each([
    ['none.rc', undefined, { code: 'IMPORT_MISSING' }],
    ['a.txt', 'x', { code: 'IMPORT_FORMAT' }],
    ['a.rc', '#include "resource.h"\n', { code: 'IMPORT_RC_INCLUDE', file: 'a.rc', line: 1 }],
    ['a.rc', '\n1 ICON "app.ico\n', { code: 'IMPORT_RC_SYNTAX', file: 'a.rc', line: 2, column: 8 }],
    ['winres.json', '{"RT_VERSION": {\n]', { code: 'IMPORT_SYNTAX', file: 'winres.json', line: 2 }],
    ['.goreleaser.yml', Buffer.from('a: b\nc: \xe9\n', 'latin1'), { code: 'IMPORT_UNREADABLE', line: 2 }],
    ['.goreleaser.yml', `a: ${'x'.repeat(1024 * 1024)}\n`, { code: 'IMPORT_UNREADABLE' }],
    ['.goreleaser.yml', 'builds: [{builder: rust}]\n', { code: 'IMPORT_NOTHING' }],
  ])('refuses %s with its place', async (name, content, expected) => {
    const folder = moduleOf({ 'main.go': helloMain })
    if (content !== undefined) writeFileSync(join(folder, name), content)
    expect(await initFails(folder, '--from', name)).toMatchObject({ ...expected, exit: 2 })
    expect(isThere(folder, 'gopack.yaml')).toBe(false)
  })

  it('refuses folders', async () => {
    const folder = moduleOf({ 'main.go': helloMain })
    mkdirSync(join(folder, 'winres.json'))
    expect(await initFails(folder, '--from', 'winres.json')).toMatchObject({ code: 'IMPORT_UNREADABLE', exit: 2 })
  })

  it('knows other names by what they hold', async () => {
    const folder = moduleOf({ 'main.go': helloMain })
    write(folder, {
      'info.json': '{"StringFileInfo": {"CompanyName": "Example"}}',
      'release.yml': 'builds: [{goos: [windows], goarch: [amd64]}]\n',
    })
    await init(folder, '--from', 'info.json', '--from', 'release.yml')
    expect(settings(folder)).toContain('  company: Example')
    expect(settings(folder)).toContain('targets: [windows/amd64]')
  })
})

describe('files that want to be obeyed', () => {
  const go = { 'main.go': 'package main\n\nfunc main() {}\n' }
  const obeyed = /[^\P{Cc}\n]/u

  it('write no name that gopack refuses, nor control characters to the terminal', async () => {
    const text = [
      'project_name: "a/\\e[31mb"',
      'dist: "out\\e[2J"',
      '"bre\\e]0;title\\aws": "x\\e[1m\\nerror: nothing"',
      'builds:',
      '  - goos: [windows]',
      '    ldflags: ["{{ .Nope", "-X main.a=\\e[5m", "{{ .\\e[32m }}"]',
      '    goarm: ["\\u009b31m"]',
    ].join('\n')
    const folder = moduleOf({ ...go, '.goreleaser.yaml': text })
    const strict = await gopack(['init', '--strict'], { cwd: folder })
    expect(strict.code).toBe(2)
    expect(strict.stderr).not.toMatch(obeyed)
    const dry = await init(folder, '--dry-run')
    expect(dry.stdout + dry.stderr).not.toMatch(obeyed)
    const { stdout, stderr } = await init(folder)
    expect(stdout + stderr).not.toMatch(obeyed)
    expect(stderr).toContain('.goreleaser.yaml:1 project_name (a/\\u001b[31mb): the name of a program is letters')
    expect(stderr).toContain('.goreleaser.yaml:3 bre\\u001b]0;title\\u0007ws (x\\u001b[1m error: nothing): ')
    expect(read(folder, 'gopack.yaml')).not.toMatch(/Nope|out|main\.a/)
    expect((await gopack(['plan'], { cwd: folder })).code).toBe(0)
  })

  it.each(['{{ .Env.NOPE }}', '{{ .Nope }}', '{{ if (eq'])('are refused by --strict where the name is lost: %s', async (name) => {
    const folder = moduleOf({ ...go, '.goreleaser.yaml': `project_name: '${name}'\nbuilds: [{goos: [windows], goarch: [amd64]}]\n` })
    const { code, stderr } = await gopack(['init', '--strict'], { cwd: folder })
    expect(code).toBe(2)
    expect(stderr).toContain('.goreleaser.yaml:1 project_name')
    expect(isThere(folder, 'gopack.yaml')).toBe(false)
  })

  it.each([
    ['.goreleaser.yaml', '"a\\e[31m": 1\n"a\\e[31m": 2\n'],
    ['.goreleaser.yaml', 'a: *\u0090x\n'],
    ['a.rc', '#frob\n#error \u001b[31m\n'],
    ['a.rc', '#error \u001b[31m\n'],
    ['a.rc', '#include "\u001b[31m.h"\n'],
    ['a.rc', '1 VERSIONINFO\nBEGIN\n\u001b[31m\nEND\n'],
  ])('are shown escaped in errors: %s %j', async (name, text) => {
    const folder = moduleOf({ ...go, [name]: text })
    const { code, stderr } = await gopack(['init', '--from', name], { cwd: folder })
    expect(code).toBe(2)
    expect(stderr).toContain(name)
    expect(stderr).not.toMatch(obeyed)
    expect(stderr).not.toMatch(/^ +at /m)
  })

  it('name no file outside of the repository', async () => {
    const folder = commitAll(moduleOf({ ...go, 'versioninfo.json': '{"ManifestPath": "/etc/passwd"}' }))
    const { stderr } = await init(folder)
    expect(stderr).toContain('versioninfo.json:1 ManifestPath (/etc/passwd): it lies outside of the repository')
    expect(read(folder, 'gopack.yaml')).not.toContain('passwd')
  })

  it('are found above the module, also by way of a link', async () => {
    const sub = { 'sub/go.mod': 'module example.com/sub\n\ngo 1.22\n', 'sub/main.go': go['main.go'] }
    const manifest = '<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0"/>\n'
    const folder = moduleOf({ ...go, ...sub, 'app.manifest': manifest, 'sub/versioninfo.json': '{"ManifestPath": "../app.manifest"}' })
    commitAll(folder)
    const link = join(temporaryFolder(), 'link')
    symlinkSync(folder, link)
    await init(folder, '--cwd', join(link, 'sub'))
    expect(read(folder, 'sub/gopack.yaml')).toContain('manifest: ../app.manifest')
  })

  it('do not overflow the stack', async () => {
    const folder = moduleOf({ ...go, 'a.rc': `\n#if ${'('.repeat(20_000)}1\n#endif\n` })
    const { code, stderr } = await gopack(['init', '--from', 'a.rc'], { cwd: folder })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^error a\.rc:2: the condition is nested too deeply\.$/m)
  })
})
