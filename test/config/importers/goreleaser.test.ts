import { describe, expect, it } from 'vitest'
import { carriedOf, goreleaser, leftOf } from './context.ts'

const one = (build: string, rest = ''): string =>
  `version: 2\nproject_name: hello\nbuilds:\n  - ${build.trim().split('\n').join('\n    ')}\n${rest}`

describe('programs and targets', () => {
  it('are those of the defaults where nothing is said', () => {
    const { config, left } = goreleaser('version: 2\n')
    expect(config).toEqual({
      name: 'hello',
      main: '.',
      targets: ['linux/amd64', 'linux/arm64', 'linux/386', 'darwin/amd64', 'darwin/arm64', 'windows/amd64', 'windows/arm64', 'windows/386'],
      archive: { name: '{name}_{version}_{os}_{arch}' },
    })
    expect(left).toEqual([])
  })

  it('are goos × goarch × variants without ignore, in that order', () => {
    const { config } = goreleaser(
      one(
        'goos: [linux, windows]\ngoarch: [arm, amd64, 386]\ngoarm: [6, "7"]\ngoamd64: [v1, v3]\nignore:\n  - goos: windows\n    goarch: 386\n  - goarm: 6\n  - goos: windows\n    goarch: arm',
      ),
    )
    expect(config.targets).toEqual(['linux/arm/7', 'linux/amd64', 'linux/amd64/v3', 'linux/386', 'windows/amd64', 'windows/amd64/v3'])
  })

  it('are listed where this Go has none', () => {
    const imported = goreleaser(
      one('targets: [windows_arm, windows_amd64, windows_amd64_v9, linux_mips64le_softfloat, js_wasm, windoze_amd64]'),
    )
    expect(imported.config.targets).toEqual(['windows/amd64'])
    expect(leftOf(imported)).toEqual([
      '4 builds[0].targets[0] [windows_arm_6] go1.26.8 cannot build for windows/arm',
      '4 builds[0].targets[2] [windows_amd64_v9] gopack knows no variant "v9" of amd64',
      '4 builds[0].targets[3] [linux_mips64le_softfloat] gopack builds mips64le for the default of Go (hardfloat) only',
      '4 builds[0].targets[4] [js_wasm] gopack builds no WebAssembly',
      '4 builds[0].targets[5] [windoze_amd64_v1] go1.26.8 cannot build for windoze/amd64',
    ])
  })

  it('of several builds that differ in targets only are one program', () => {
    const text = `builds:
  - <<: &same
      main: ./cmd/hello
      env: [CGO_ENABLED=0]
    id: a
    goos: [linux]
    goarch: [amd64]
  - <<: *same
    id: b
    goos: [windows]
    goarch: [amd64]
archives:
  - {id: nix, ids: [a], formats: [tar.gz]}
  - {id: win, ids: [b], formats: [zip]}
`
    const imported = goreleaser(text)
    expect(imported.config).toEqual({
      name: 'hello',
      main: './cmd/hello',
      targets: ['linux/amd64', 'windows/amd64'],
      go: { cgo: 'off' },
      archive: { name: '{name}_{version}_{os}_{arch}' },
    })
    expect(imported.left).toEqual([])
  })

  it('of one name with other settings are not mixed: the one for Windows stays', () => {
    const imported = goreleaser(
      'builds:\n  - {id: a, goos: [linux], goarch: [amd64], tags: [x]}\n  - {id: b, goos: [windows], goarch: [amd64]}\n',
    )
    expect(imported.config).toMatchObject({ targets: ['windows/amd64'] })
    expect(imported.config.go).toBeUndefined()
    expect(leftOf(imported)).toContainEqual(
      expect.stringMatching(/^2 builds\[0\] \[a\] a program has one main package and one set of settings/),
    )
  })

  it('are apps where there are several, with what they share above', () => {
    const imported = goreleaser(`project_name: tools
builds:
  - {id: a, main: ./cmd/a, binary: a, goos: [windows], goarch: [amd64], tags: [x]}
  - {id: b, main: ./cmd/b/main.go, binary: b, goos: [windows], goarch: [amd64]}
archives:
  - {id: one, ids: [a], name_template: 'a-{{ .Version }}-{{ .Os }}-{{ .Arch }}'}
  - {id: two, ids: [b], name_template: '{{ .Binary }}-{{ .Os }}-{{ .Arch }}', wrap_in_directory: true}
`)
    expect(imported.config).toEqual({
      targets: ['windows/amd64'],
      apps: [
        { name: 'a', main: './cmd/a', go: { tags: ['x'] }, archive: { name: 'a-{version}-{os}-{arch}' } },
        { name: 'b', main: './cmd/b', archive: { name: '{name}-{os}-{arch}', wrap: true } },
      ],
    })
    expect(imported.left).toEqual([])
  })

  it('are in one archive where GoReleaser puts them into one', () => {
    const { config } = goreleaser(`project_name: tools
builds:
  - {id: a, main: ./cmd/a, binary: a, goos: [windows], goarch: [amd64]}
  - {id: b, main: ./cmd/b, binary: b, goos: [windows], goarch: [amd64]}
`)
    expect(config).toEqual({
      name: 'tools',
      targets: ['windows/amd64'],
      archive: { together: true, name: '{name}_{version}_{os}_{arch}' },
      apps: [
        { name: 'a', main: './cmd/a' },
        { name: 'b', main: './cmd/b' },
      ],
    })
  })

  it('have a name without system and architecture', () => {
    const imported = goreleaser(one('binary: bin/tool_{{ .Os }}_{{ .Arch }}\ngoos: [windows, linux]\ngoarch: [amd64]'))
    expect(imported.config.name).toBe('tool')
    expect(imported.carried.find(({ key }) => key === 'builds[0].binary')?.difference).toContain('the same for all targets: tool')
  })

  it('are refused where none can be built', () => {
    expect(() => goreleaser('builds:\n  - builder: rust\n')).toThrow(expect.objectContaining({ code: 'IMPORT_NOTHING' }))
  })
})

describe('flags of the compiler', () => {
  it('are sorted into tags, ldflags and flags; what gopack does anyway is left out', () => {
    const imported = goreleaser(
      one(
        'flags: [-trimpath, "-tags=a,b", -v, -mod, vendor, "-ldflags=-X main.a=1", -a, -o=x, -buildvcs=false]\ntags: [c]\ngcflags: all=-l\nldflags:\n  - -s -w -X main.version={{ .Version }} -X \'main.name=a b\'\n  - -X main.rev={{ .ShortCommit }} -buildid=\ngoos: [windows]\ngoarch: [amd64]',
      ),
    )
    expect(imported.config.go).toEqual({
      tags: ['a', 'b', 'c'],
      flags: ['-v', '-mod=vendor', '-gcflags=all=-l'],
      ldflags: ['-X main.version={version}', "-X 'main.name=a b'", '-X main.a=1'],
      rebuild: true,
    })
    expect(leftOf(imported).map((line) => line.replace(/^\d+ /, ''))).toEqual([
      'builds[0].flags[7] [-o=x] gopack decides where the program is written ("out" and "name")',
      'builds[0].flags[8] [-buildvcs=false] gopack stamps the commit wherever there is one',
      'builds[0].ldflags[1] [-X main.rev={{ .ShortCommit }}] gopack has no short commit: {commit} is the whole hash',
      'builds[0].ldflags[1] [-buildid=] gopack keeps the build ID: Go finds up-to-date programs by it, and with -trimpath it is the same everywhere',
    ])
  })

  it.each([
    ['-s -w', undefined],
    ['-w', { ldflags: ['-w'], debug: true }],
    ['-X main.a=b', { ldflags: ['-X main.a=b'], debug: true }],
  ])('keep the symbols where %s does', (ldflags, go) => {
    expect(goreleaser(one(`ldflags: ${ldflags}`)).config.go).toEqual(go)
  })

  it('are the same for all targets, but for programs without a console', () => {
    const imported = goreleaser(
      one(
        'goos: [windows, linux]\ngoarch: [amd64]\nldflags:\n  - -s -w {{ if eq .Os "windows" }}-H=windowsgui{{ end }}\n  - \'-X main.a=1 {{- if eq .Os "linux" }} -linkmode external{{ end }}\'',
      ),
    )
    expect(imported.config.go).toEqual({ gui: true, ldflags: ['-X main.a=1'] })
    expect(leftOf(imported)).toEqual([
      '8 builds[0].ldflags[1] [-linkmode external] only for linux/amd64: a program has the same ldflags for all its targets',
    ])
  })

  it('come from variables too', () => {
    const imported = goreleaser(
      `env:\n  - CHANNEL=stable\n  - USER_NAME={{ .Env.LOGNAME }}\n${one('env: [CGO_ENABLED=1, GOFLAGS=-mod=vendor, GOTOOLCHAIN=go1.26.8, GOARM=7, "A=$HOME/x", "B={{ .Env.CHANNEL }}"]\nldflags: ["-s -w -X main.c={{ .Env.CHANNEL }} -X main.u={{ .Env.USER_NAME }}"]')}`,
    )
    expect(imported.config.go).toEqual({
      cgo: 'on',
      version: '1.26.8',
      flags: ['-mod=vendor'],
      env: { CHANNEL: 'stable', USER_NAME: '{env.LOGNAME}', A: '{env.HOME}/x', B: 'stable' },
      ldflags: ['-X main.c=stable', '-X main.u={env.LOGNAME}'],
    })
    expect(leftOf(imported)).toEqual(['7 builds[0].env[3] [GOARM=7] gopack sets it from the target; name the variant under "targets"'])
  })
})

describe('archives', () => {
  const named = (template: string, targets = 'goos: [windows, linux]\ngoarch: [amd64, arm64]'): ReturnType<typeof goreleaser> =>
    goreleaser(one(targets, `archives:\n  - name_template: ${JSON.stringify(template)}\n`))

  it.each([
    ['{{ .ProjectName }}-{{.Tag}}-{{ .Os }}-{{ .Arch }}', '{name}-v{version}-{os}-{arch}'],
    ['{{- .Binary -}}_{{ trimprefix .Tag "v" }}_{{ .Os }}_{{ .Arch }}', '{name}_{version}_{os}_{arch}'],
    ['x_{{ printf "%s-%s" .Os .Arch }}_{{ .FullCommit }}', 'x_{os}-{arch}_{commit}'],
    ['{{ if .IsX | not | not }}{{ end }}', undefined],
    ['{{ .ProjectName }}_{{ .Os }}_{{ .Arch }}{{/* note */}}', '{name}_{os}_{arch}'],
    ['{{ .ProjectName }}_{{ with .Os }}{{ . }}{{ end }}_{{ .Arch }}', '{name}_{os}_{arch}'],
  ])('are called %s → %s', (template, name) => {
    const imported = named(template)
    expect(imported.config.archive?.name).toBe(name)
    expect(imported.left).toHaveLength(name === undefined ? 1 : 0)
    expect(imported.carried.filter(({ difference }) => difference !== undefined)).toEqual([])
  })

  it('are called nearly the same where one template cannot say it, and the difference is told', () => {
    const template =
      '{{ .ProjectName }}_{{- title .Os }}_{{- if eq .Arch "amd64" }}x86_64{{- else if eq .Arch "386" }}i386{{- else }}{{ .Arch }}{{ end }}{{ if .Arm }}v{{ .Arm }}{{ end }}'
    const imported = named(template, 'goos: [windows, linux]\ngoarch: [amd64, arm]\ngoarm: [7]')
    expect(imported.config.archive?.name).toBe('{name}_{os}_{arch}')
    const [difference] = imported.carried.flatMap((entry) => entry.difference ?? [])
    expect(difference).toBe('for windows/amd64 and 2 more it is hello_windows_amd64, not hello_Windows_x86_64')
  })

  it('keep their own names where two would have the same', () => {
    const imported = named('{{ .ProjectName }}_{{ .Os }}')
    expect(imported.config.archive).toBeUndefined()
    expect(leftOf(imported)).toEqual([
      '7 archives[0].name_template [{{ .ProjectName }}_{{ .Os }}] two targets would have an archive called hello_windows',
    ])
  })

  it.each([
    ['formats: [tar.gz]', 'tar.gz', 0],
    ['formats: [zip]', 'zip', 0],
    ['format: tar.gz\n    format_overrides: [{goos: windows, format: zip}]', undefined, 0],
    ['formats: [zip]\n    format_overrides: [{goos: windows, formats: [tar.gz]}]', undefined, 2],
    ['formats: [tar.xz]', undefined, 1],
    ['formats: [binary]', undefined, 1],
    ['formats: [zip, tar.gz]', 'zip', 1],
  ])('%s', (text, format, left) => {
    const imported = goreleaser(one('goos: [windows, linux]', `archives:\n  - ${text}\n`))
    expect(imported.config.archive?.format).toBe(format)
    expect(imported.left).toHaveLength(left)
  })

  it('hold the files that are there', () => {
    const text = `archives:
  - files:
      - LICENSE
      - ./README*
      - none*
      - ../up
      - {src: conf, dst: config}
      - {src: conf/*.yaml, dst: config, strip_parent: true}
      - {src: README.md, dst: docs/READ.md, info: {mode: 0644, owner: root, mtime: "{{ .CommitDate }}", group: wheel}}
`
    const imported = goreleaser(one('goos: [windows]', text))
    expect(imported.config.archive?.files).toEqual([
      'LICENSE',
      'README*',
      { from: 'conf', to: 'config' },
      { from: 'conf/*.yaml', to: 'config' },
      { from: 'README.md', as: 'docs/READ.md' },
    ])
    expect(leftOf(imported)).toEqual([
      '9 archives[0].files[2] [none*] nothing matches it now: GoReleaser would only warn, gopack would fail',
      '10 archives[0].files[3] [../up] only files of the module can go into an archive',
      '13 archives[0].files[6].info.group [wheel] files in a tar.gz belong to 0/0',
    ])
  })

  it('may hold what a hook makes', () => {
    const { config } = goreleaser(one('goos: [windows]', 'before: {hooks: [make docs]}\narchives:\n  - files: [docs/*]\n'))
    expect(config).toMatchObject({ archive: { files: ['docs/*'] }, hooks: { before: [['make', 'docs']] } })
  })

  it('of version 1 had other names for systems', () => {
    const imported = goreleaser(
      `project_name: hello\nbuilds: [{goos: [windows, linux], goarch: [amd64]}]\narchives:\n  - name_template: "{{ .ProjectName }}_{{ .Os }}_{{ .Arch }}"\n    replacements: {windows: Win, linux: linux}\n    rlcp: true\n`,
    )
    expect(imported.config.archive?.name).toBe('{name}_{os}_{arch}')
    expect(imported.carried.find(({ difference }) => difference !== undefined)?.difference).toContain(
      'hello_windows_amd64, not hello_Win_amd64',
    )
    expect(imported.left).toEqual([])
  })
})

describe('hooks', () => {
  it('are argument arrays; what is for a shell is listed', () => {
    const text = `before:
  hooks:
    - go generate ./...
    - echo "a b" '{{ .Version }}'
    - sh -c 'a | b'
    - a && b
    - cmd: go-winres make
    - {cmd: make, dir: sub, output: true}
`
    const imported = goreleaser(
      one('goos: [windows]\ngoarch: [amd64]\nhooks:\n  pre: make {{ .Os }}\n  post: [{cmd: "upx {{ .Path }}"}]', text),
    )
    expect(imported.config.hooks?.before).toEqual([
      ['go', 'generate', './...'],
      ['echo', 'a b', '{version}'],
      { run: ['make', '{os}'], targets: ['windows/amd64'] },
    ])
    expect(leftOf(imported).map((line) => line.replace(/^\d+ (\S+) .*\] /, '$1 '))).toEqual([
      'builds[0].hooks.post[0] gopack has no hook between compiling and archiving; hooks.after runs when everything is made',
      'before.hooks[2] it is written for a shell, and gopack starts programs with arguments: put it into a script and name that under hooks.before',
      'before.hooks[3] it is written for a shell, and gopack starts programs with arguments: put it into a script and name that under hooks.before',
      'before.hooks[4].cmd gopack writes icon, version information and manifest itself; import the file it reads with --from',
      'before.hooks[5].dir a hook of gopack runs beside gopack.yaml, in the environment gopack is started in',
      'before.hooks[5].cmd it needs its "dir"',
    ])
  })
})

describe('what is not known', () => {
  it('is listed with the nearest name there is', () => {
    const imported = goreleaser(
      one(
        'goos: [windows]\nldflag: -s',
        'chekcsum: {}\nbrews:\n  - name: x\n    password: hunter2\nchecksum: {name_template: sums, algorithm: sha256}\n',
      ),
    )
    expect(leftOf(imported)).toEqual([
      '5 builds[0].ldflag [-s] GoReleaser 2.12.7 has no key "ldflag" here. Did you mean "ldflags"?',
      '7 brews [[{name, password}]] gopack writes no manifests of package managers yet',
      '10 checksum.name_template [sums] the file is always called checksums.txt',
    ])
    expect(imported.left.find(({ key }) => key === 'brews')?.lastLine).toBe(9)
  })

  it('names groups of another shape, and groups that are left whole', () => {
    const imported = goreleaser('builds: hello\nbefore: [x]\nenv: {A: b}\nchecksum:\n  name_template: sums\n')
    expect(leftOf(imported)).toEqual([
      '1 builds [hello] its value is not of the kind GoReleaser reads here',
      '2 before [[x]] its value is not of the kind GoReleaser reads here',
      '3 env [{A}] its value is not of the kind GoReleaser reads here',
      '4 checksum [{name_template}] gopack writes checksums.txt, with SHA-256',
    ])
  })

  it('says what only GoReleaser Pro has', () => {
    const imported = goreleaser(
      'version: 2\npro: true\nincludes: [{from_file: {path: x.yml}}]\nmsi: [{id: x}]\nmonorepo: {tag_prefix: tool/, dir: tool}\nbuilds:\n  - builder: prebuilt\n  - {id: x, goos: [windows]}\n',
    )
    expect(imported.left.filter(({ reason }) => reason.includes('GoReleaser Pro')).map(({ key }) => key)).toEqual([
      'pro',
      'includes',
      'msi',
      'monorepo.dir',
      'builds[0]',
    ])
    expect(imported.config.version).toEqual({ tagPrefix: 'tool/' })
  })

  it('shows no password', () => {
    const imported = goreleaser(one('goos: [windows]\napi_token: hunter2'))
    expect(JSON.stringify(imported)).not.toContain('hunter2')
  })

  it('leaves nothing out: each key is carried over or listed', () => {
    const imported = goreleaser(
      one(
        'id: x\ngoos: [windows]\nignore: [{goos: linux}]\nmod_timestamp: "{{ .CommitTimestamp }}"\nno_unique_dist_dir: true\ntool: go\ncommand: build\noverrides: [{goos: linux, goarch: arm64, env: [CC=x]}]',
        'dist: out\nenv: []\nmetadata: {mod_timestamp: "{{ .CommitTimestamp }}"}\n',
      ),
    )
    const keys = [...imported.carried, ...imported.left].map(({ key }) => key)
    for (const key of [
      'version',
      'project_name',
      'builds[0].id',
      'builds[0].goos[0]',
      'builds[0].ignore[0].goos',
      'builds[0].mod_timestamp',
      'builds[0].no_unique_dist_dir',
      'builds[0].tool',
      'builds[0].command',
      'builds[0].overrides[0]',
      'dist',
      'env',
      'metadata.mod_timestamp',
    ])
      expect(keys, key).toContain(key)
    expect(carriedOf(imported)).toContain('builds[0].mod_timestamp [{{ .CommitTimestamp }}] nothing: everything has the time of the commit')
  })
})

describe('bad input', () => {
  it.each([
    ['a: [1', /^\.goreleaser\.yml:1:\d+: /],
    ['a: 1\na: 2\n', /^\.goreleaser\.yml:2:1: /],
    ['- 1\n', /no group of keys/],
    ['a: &x [*x]\n', /part of/],
    [`a: ${'['.repeat(3000)}`, /nested too deeply/],
  ])('is refused with its place (%#)', (text, message) => {
    expect(() => goreleaser(text)).toThrow(expect.objectContaining({ code: 'IMPORT_SYNTAX', message: expect.stringMatching(message) }))
  })

  it('takes quoted texts over lines that stand no deeper than their key, as GoReleaser does', () => {
    const named = goreleaser(`archives:\n  - name_template: '{{ .ProjectName }}-{{ .Os\n    }}-{{ .Arch }}'\n    wrap_in_directory: true\n`)
    expect(named.config.archive).toEqual({ name: '{name}-{os}-{arch}', wrap: true })
    expect(() => goreleaser("a: 'b\nc: d\n")).toThrow(
      expect.objectContaining({ code: 'IMPORT_SYNTAX', message: expect.stringContaining('Missing closing') }),
    )
  })

  it('reads the first of several documents, and says so', () => {
    expect(leftOf(goreleaser('---\nproject_name: a\n---\nproject_name: b\n'))).toEqual([
      '3  [---] a second document begins here; GoReleaser reads the first one only',
    ])
  })
})

describe('the name of the project', () => {
  it('may be a template of what is known', () => {
    const imported = goreleaser('project_name: "{{ .Env.TOOL }}-cli"\nenv: [TOOL=better]\n')
    expect(imported.config.name).toBe('better-cli')
    expect(carriedOf(imported)).toContain('project_name [{{ .Env.TOOL }}-cli] name')
  })

  it.each(['{{ .Env.NOPE }}', '{{ .Nope }}', '{{ if (eq', '{{ .Version }}', 'a/b', '../up', '-x', 'con', 'a\0b', '\u001b[31mred', 'a\nb'])(
    'is listed where gopack cannot have it: %j',
    (name) => {
      const imported = goreleaser(`project_name: ${JSON.stringify(name)}\n`)
      expect(imported.config.name).toBe('hello')
      expect(imported.left.map(({ line, key }) => [line, key])).toEqual([[1, 'project_name']])
      expect(imported.carried.map(({ key }) => key)).not.toContain('project_name')
    },
  )

  it('of the repository is passed over where gopack cannot have it', () => {
    expect(goreleaser('release: {github: {owner: x, name: "{{ .Env.X }}"}}\n').config.name).toBe('hello')
  })

  it.each(['con', '-x', 'a b'])('of a program has the same rules: %s', (name) => {
    const imported = goreleaser(one(`binary: "${name}"`))
    expect(imported.config.name).toBe('hello')
    expect(imported.left.map(({ key }) => key)).toEqual(['builds[0].binary'])
  })
})

describe('templates that cannot be read', () => {
  it('leave nothing behind in ldflags', () => {
    const imported = goreleaser(one(`goos: [windows]\nldflags: ['{{ .Nope', '-X main.a=b']`))
    expect(imported.config.go?.ldflags).toEqual(['-X main.a=b'])
    expect(imported.left.map(({ key, value }) => [key, value])).toEqual([['builds[0].ldflags[0]', '{{ .Nope']])
  })

  it('leave nothing behind in dist', () => {
    const imported = goreleaser('dist: "{{ .Env.OUT }}"\n')
    expect(imported.config.out).toBeUndefined()
    expect(imported.left.map(({ key }) => key)).toEqual(['dist'])
  })

  it('may be nested without end', () => {
    const deep = 20_000
    for (const text of ['{{ if .X }}'.repeat(deep) + '{{ end }}'.repeat(deep), `{{ ${'('.repeat(deep)}.Tag${')'.repeat(deep)} }}`])
      expect(goreleaser(one(`ldflags: ["-X main.a=${text}"]`)).left.map(({ key }) => key)).toContain('builds[0].ldflags[0]')
  })
})
