import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'
import { diagnose, diagnoseAsText, git, makeProject, pathWith } from './project.ts'

const usesC = { 'main.go': 'package main\n\n// int one(void) { return 1; }\nimport "C"\n\nfunc main() { println(C.one()) }\n' }

describeWith(['go', 'git'], 'gopack doctor', () => {
  test('a healthy project', async () => {
    const { code, checks } = await diagnose(makeProject(), { env: { GOPROXY: 'https://proxy.example' } })
    expect(Object.entries(checks).filter(([, text]) => !text.startsWith('ok: '))).toEqual([])
    expect(code).toBe(0)
    expect(Object.keys(checks)).toEqual(
      'node configuration module go go-version goroot gopath goflags gotoolchain proxy private-modules netrc network-proxy certificates build-cache module-cache gopack-cache targets c-compilers wine git git-history git-tags git-tree disk clock build'.split(
        ' ',
      ),
    )
    expect(checks['build']).toBe('ok: hello 1.2.3; 1 executable')
  })

  test('as people read it: a line a check, what to do below, the sum at the end', async () => {
    const { code, stdout, stderr } = await diagnoseAsText(makeProject({ repository: 'none' }))
    const lines = stdout.split('\n')
    expect(stderr).toBe('')
    expect(lines[0]).toMatch(/^ok    Node             v\d+/)
    const at = lines.findIndex((line) => line.startsWith('warn  git '))
    expect(lines[at]).toBe(
      'warn  git              this is no git repository: the version will be 0.0.0-dev, and no commit is stamped into the program',
    )
    expect(lines[at + 1]).toBe('                       fix Run `git init` and commit the module, or give the version with --set-version.')
    expect(lines.at(-2)).toBe('Ready to build, with 2 warnings.')
    expect(code).toBe(0)
  })

  describe('Go', () => {
    test('an empty PATH', async () => {
      const { code, checks } = await diagnose(makeProject(), { env: { PATH: temporaryFolder() } })
      expect(code).toBe(3)
      expect(checks['go']).toBe('fail: The go command was not found on PATH. `GOPROXY=off` forbids gopack to fetch it.')
      const never = makeProject({ files: { 'gopack.yaml': 'go: {provision: never}\n' } })
      for (const args of [[], ['--fix']]) {
        const { checks: again } = await diagnose(never, { args, env: { PATH: temporaryFolder(), GOPROXY: 'https://corp.example' } })
        expect(again['go']).toMatch(/^fail: The go command was not found on PATH\. `go\.provision: never` in the configuration forbids/)
      }
      expect(checks['git']).toMatch(/^warn: git is not on PATH/)
      expect(Object.keys(checks)).not.toContain('goroot')
    })

    test('older than go.mod asks for', async () => {
      const files = { 'go.mod': 'module example.com/hello\n\ngo 1.99.0\n' }
      const { code, checks, fixes } = await diagnose(makeProject({ files }), { env: { GOPROXY: 'https://me:secret@corp.example' } })
      expect(checks['go']).toMatch(
        /^warn: go\.mod asks for Go 1\.99\.0 or newer; go1\.\d+\S* is on PATH\. A build fetches Go 1\.99\.0 from/,
      )
      expect(checks['go']).toContain('https://***@corp.example first')
      expect(fixes['go']).toContain('gopack doctor --fix')
      expect(code).toBe(0)
      const never = await diagnose(makeProject({ files: { ...files, 'gopack.yaml': 'go: {provision: never}\n' } }))
      expect([never.code, never.checks['go']]).toEqual([3, expect.stringMatching(/^fail: go\.mod asks for Go 1\.99\.0 or newer; go1/)])
    })

    test('another one than the configuration asks for', async () => {
      const { code, checks } = await diagnose(makeProject({ files: { 'gopack.yaml': 'go: {version: "1.20", provision: never}\n' } }))
      expect(checks['go']).toMatch(/^fail: The configuration asks for Go 1\.20; go1/)
      expect(code).toBe(3)
    })

    test('GOROOT that is not there', async () => {
      const { code, checks, fixes } = await diagnose(makeProject(), { env: { GOROOT: '/none/go' } })
      expect(checks['go']).toMatch(/^fail: .*GOROOT/)
      expect(fixes['go']).toBe('Unset GOROOT (now /none/go): the go command knows its own place.')
      expect(code).toBe(1)
    })

    test('GOROOT without a standard library', async () => {
      const { code, checks } = await diagnose(makeProject(), { env: { GOROOT: temporaryFolder() } })
      expect(`${checks['go']} ${checks['goroot']}`).toMatch(/fail: /)
      expect(code).toBe(1)
    })

    test('GOROOT of another Go than the one on PATH', async () => {
      const root = temporaryFolder()
      mkdirSync(join(root, 'src', 'runtime'), { recursive: true })
      const { checks } = await diagnose(makeProject(), { env: { GOROOT: root } })
      expect(checks['goroot']).toMatch(/^warn: GOROOT is .*, but the go command on PATH belongs to /)
    })

    test('GOPATH inside the module cache', async () => {
      const folder = makeProject()
      const { checks } = await diagnose(folder, { env: { GOMODCACHE: join(folder, '..') } })
      expect(checks['gopath']).toMatch(/^warn: the module lies in the module cache/)
    })

    test('GOFLAGS are not used, and hold their tongue', async () => {
      const { code, checks, text } = await diagnose(makeProject(), { env: { GOFLAGS: '-mod=mod -ldflags=-X=main.token=geheim' } })
      expect(checks['goflags']).toMatch(/^warn: -mod=mod -ldflags=…: builds by gopack do not use it/)
      expect(text).not.toContain('geheim')
      expect(code).toBe(0)
    })

    test('GOFLAGS with which go itself would not start', async () => {
      const { checks } = await diagnose(makeProject(), { env: { GOFLAGS: 'nonsense' } })
      expect(checks['goflags']).toMatch(/^warn: nonsense: /)
    })

    test('settings made with `go env -w`', async () => {
      const file = join(temporaryFolder(), 'env')
      writeFileSync(file, 'GOFLAGS=-trimpath\nGOTOOLCHAIN=go1.20.1\n')
      const { checks } = await diagnose(makeProject(), { env: { GOENV: file, GOFLAGS: undefined, GOTOOLCHAIN: undefined } })
      expect(checks['goflags']).toMatch(/^warn: -trimpath: /)
      expect(checks['gotoolchain']).toMatch(/^warn: go1\.20\.1, but gopack builds with go1/)
    })

    test('a toolchain line above the Go on PATH', async () => {
      const { code, checks } = await diagnose(
        makeProject({ files: { 'go.mod': 'module example.com/hello\n\ngo 1.21\n\ntoolchain go1.99.1\n' } }),
      )
      expect(checks['gotoolchain']).toMatch(/^warn: go\.mod has `toolchain go1\.99\.1`/)
      expect(code).toBe(0)
    })
  })

  describe('module proxy', () => {
    test('credentials are not shown', async () => {
      const env = { GOPROXY: 'https://user:s3cr@et@proxy.example/x?token=hush,direct', HTTPS_PROXY: 'http://me:quiet@gate.example:3128' }
      const { checks, text } = await diagnose(makeProject(), { env })
      expect(checks['proxy']).toBe('ok: https://***@proxy.example/x?***, direct; through http://***@gate.example:3128')
      expect(text).not.toMatch(/s3cr|et@|hush|quiet/)
    })

    test.each([
      ['proxy.example', /^fail: proxy\.example in GOPROXY is no address/],
      ['ftp://u:hush@proxy.example', /^fail: ftp:\/\/\*\*\*@proxy\.example in GOPROXY is no address/],
      [`${pathToFileURL('/none/proxy').href},direct`, /^fail: file:\/\/\/.*none\/proxy in GOPROXY is not there/],
      ['off', /^warn: GOPROXY is off/],
    ])('%s', async (GOPROXY, expected) => {
      const { code, checks } = await diagnose(makeProject(), { env: { GOPROXY } })
      expect(checks['proxy']).toMatch(expected)
      expect(code).toBe(checks['proxy']!.startsWith('fail') ? 1 : 0)
    })

    test('off is fine where the dependencies are vendored', async () => {
      const { checks } = await diagnose(makeProject({ files: { 'vendor/modules.txt': '' } }))
      expect(checks['proxy']).toBe('ok: off')
    })

    test('direct without git', async () => {
      const { checks } = await diagnose(makeProject(), { env: { GOPROXY: 'direct', PATH: pathWith('go') } })
      expect(checks['proxy']).toMatch(/^warn: GOPROXY is direct, and there is no git/)
    })

    test('no checksum database', async () => {
      const { checks } = await diagnose(makeProject(), { env: { GOPROXY: 'https://proxy.example', GOSUMDB: 'off' } })
      expect(checks['proxy']).toMatch(/^warn: GOSUMDB=off: new modules are not checked/)
    })
  })

  describe('caches', () => {
    const unusable = (): string => {
      const file = join(temporaryFolder(), 'file')
      writeFileSync(file, '')
      return join(file, 'cache')
    }

    test.each([
      ['GOCACHE', 'build-cache'],
      ['GOMODCACHE', 'module-cache'],
      ['GOPACK_CACHE', 'gopack-cache'],
    ])('%s that cannot be written to', async (variable, id) => {
      const { code, checks, fixes } = await diagnose(makeProject(), { env: { [variable]: unusable() } })
      expect(checks[id]).toMatch(/^fail: .*file is a file, not a folder$/)
      expect(fixes[id]).toContain(variable)
      expect(code).toBe(1)
    })

    test('GOCACHE=off', async () => {
      const { code, checks } = await diagnose(makeProject(), { env: { GOCACHE: 'off' } })
      expect(checks['build-cache']).toBe('fail: GOCACHE is off, and Go builds nothing without it')
      expect(code).toBe(1)
    })

    test('a module cache that is not needed', async () => {
      const { code, checks } = await diagnose(makeProject({ files: { 'vendor/modules.txt': '' } }), { env: { GOMODCACHE: unusable() } })
      expect(checks['module-cache']).toMatch(/^warn: /)
      expect(code).toBe(0)
    })

    test('one that is yet to be made is not made', async () => {
      const cache = join(temporaryFolder(), 'new', 'cache')
      const { checks } = await diagnose(makeProject(), { env: { GOPACK_CACHE: cache } })
      expect(checks['gopack-cache']).toBe(`ok: ${cache} (not there yet)`)
    })
  })

  describe('targets and compilers', () => {
    test('an unknown target', async () => {
      const { code, checks } = await diagnose(makeProject(), { args: ['--target', 'windows/amd65'] })
      expect(checks['targets']).toMatch(/^fail: .*"windows\/amd65".*windows\/amd64/)
      expect(code).toBe(1)
    })

    test('cgo off: compilers are information', async () => {
      const { checks } = await diagnose(makeProject({ files: { ...usesC, 'gopack.yaml': 'go: {cgo: off}\n' } }), {
        env: { PATH: pathWith('go', 'git') },
      })
      expect(checks['c-compilers']).toBe('ok: not needed, cgo is off (windows/amd64 none)')
    })

    test('cgo on, C code, and no compiler', async () => {
      const files = { ...usesC, 'gopack.yaml': 'go: {cgo: on}\ntargets: [windows/amd64, windows/arm64]\n' }
      const { code, checks, fixes } = await diagnose(makeProject({ files }), { env: { PATH: pathWith('go', 'git') } })
      expect(checks['c-compilers']).toBe('fail: none for windows/amd64, windows/arm64, and example.com/hello needs one')
      expect(fixes['c-compilers']).toMatch(/^Install x86_64-w64-mingw32-gcc or .* for windows\/amd64, aarch64-w64-mingw32-clang or /)
      expect(code).toBe(3)
    })

    test('apps with targets and cgo of their own', async () => {
      const apps = 'go: {cgo: off}\napps: [{main: ., targets: [windows/arm64], go: {cgo: auto}}]\n'
      const files = { ...usesC, 'gopack.yaml': apps }
      const { code, checks } = await diagnose(makeProject({ files }), { env: { PATH: pathWith('go', 'git') } })
      expect([code, checks['c-compilers']]).toEqual([
        3,
        expect.stringMatching(/^fail: none for windows\/arm64, and example.com\/hello needs one/),
      ])
    })

    test('cgo on and no C code', async () => {
      const { code, checks } = await diagnose(makeProject({ files: { 'gopack.yaml': 'go: {cgo: on}\n' } }), {
        env: { PATH: pathWith('go', 'git') },
      })
      expect(checks['c-compilers']).toBe('ok: none for windows/amd64, and no package needs one')
      expect(code).toBe(0)
    })

    test('CC that is not there', async () => {
      const { code, checks } = await diagnose(makeProject({ files: { ...usesC, 'gopack.yaml': 'go: {cgo: on}\n' } }), {
        env: { CC: 'no-such-cc -O2' },
      })
      expect(checks['c-compilers']).toBe('fail: CC is "no-such-cc -O2", and no-such-cc is not on PATH')
      expect(code).toBe(3)
    })

    test('the engine rcedit without Wine', async () => {
      const { code, checks } = await diagnose(makeProject(), {
        args: ['--engine', 'rcedit'],
        env: { PATH: pathWith('go', 'git'), WINE_BINARY: undefined },
      })
      expect(checks['wine']).toBe('fail: the engine rcedit needs Wine; wine64 and wine cannot be found')
      expect(code).toBe(3)
    })
  })

  describe('git', () => {
    test('a shallow clone', async () => {
      const original = makeProject()
      git(original, 'commit', '-q', '--allow-empty', '-m', 'Next')
      const folder = join(temporaryFolder(), 'clone')
      git(original, 'clone', '-q', '--depth', '1', pathToFileURL(original).href, folder)
      const { code, checks, fixes } = await diagnose(folder)
      expect(checks['git-history']).toMatch(/^warn: this is a shallow clone/)
      expect(fixes['git-history']).toContain('git fetch --unshallow --tags')
      expect(checks['git-tags']).toMatch(/^warn: no tag is reachable/)
      expect(code).toBe(0)
    })

    test('no tags, and tags that are no versions', async () => {
      const folder = makeProject({ repository: 'untagged' })
      expect((await diagnose(folder)).checks['git-tags']).toMatch(/^warn: no tag is reachable from this commit/)
      git(folder, 'tag', 'nightly')
      expect((await diagnose(folder)).checks['git-tags']).toMatch(/^warn: 1 tag is, but none that names a version is reachable/)
    })

    test('a dirty tree', async () => {
      const folder = makeProject()
      writeFileSync(join(folder, 'new.txt'), 'x')
      const { code, checks } = await diagnose(folder)
      expect(checks['git-tree']).toMatch(/^warn: there are changes that are not committed/)
      expect(code).toBe(0)
    })

    test('a repository of another user', async () => {
      const { code, checks, fixes } = await diagnose(makeProject(), { env: { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } })
      expect(checks['git']).toMatch(/^fail: git does not trust .*hello: it belongs to another user\./)
      expect(fixes['git']).toContain('safe.directory')
      expect(code).toBe(1)
    })

    test('a linked worktree', async () => {
      const original = makeProject()
      const folder = join(temporaryFolder(), 'tree')
      git(original, 'worktree', 'add', '-q', folder)
      expect((await diagnose(folder)).checks['git-history']).toMatch(/^warn: this is a linked worktree/)
    })

    test('no commit yet', async () => {
      const folder = makeProject({ repository: 'none' })
      git(folder, 'init', '-q')
      expect((await diagnose(folder)).checks['git']).toMatch(/^warn: .* has no commit yet/)
    })
  })

  describe('clock', () => {
    test('behind the last commit', async () => {
      const folder = makeProject()
      process.env['GIT_COMMITTER_DATE'] = '2099-01-01T00:00:00Z'
      git(folder, 'commit', '-q', '--allow-empty', '-m', 'Later')
      delete process.env['GIT_COMMITTER_DATE']
      const { code, checks } = await diagnose(folder)
      expect(checks['clock']).toMatch(/^warn: it is .* here, but the last commit is of 2099-01-01/)
      expect(code).toBe(0)
    })

    test('behind the files', async () => {
      const folder = makeProject()
      utimesSync(join(folder, 'go.mod'), 4_000_000_000, 4_000_000_000)
      expect((await diagnose(folder)).checks['clock']).toMatch(/^warn: it is .* here, but go\.mod was changed on 2096-10-02/)
    })
  })

  describe('project', () => {
    test('a configuration with a mistake', async () => {
      const { code, checks } = await diagnose(makeProject({ files: { 'gopack.yaml': 'name: hello\ntargtes: [windows/amd64]\n' } }))
      expect(checks['configuration']).toMatch(/^fail: gopack\.yaml:2:1: unknown key "targtes"/)
      expect(code).toBe(1)
    })

    test('no module', async () => {
      const { code, checks } = await diagnose(temporaryFolder())
      expect(checks['module']).toMatch(/^fail: There is no go\.mod/)
      expect(checks['build']).toBeUndefined()
      expect(code).toBe(1)
    })

    test('what the plan would stumble over', async () => {
      const program = 'package main\n\nfunc main() {}\n'
      const { code, checks, fixes } = await diagnose(
        makeProject({ files: { 'cmd/a/main.go': program, 'cmd/b/main.go': program, 'main.go': 'package hello\n' } }),
      )
      expect(checks['build']).toMatch(/^fail: There are 2 main packages/)
      expect(fixes['build']).toContain('--main ./cmd/a')
      expect(code).toBe(1)
    })

    test('a wrong option is a usage error, not a diagnosis', async () => {
      await expect(diagnose(makeProject(), { args: ['--engine', 'none'] })).rejects.toThrow()
    })
  })
})
