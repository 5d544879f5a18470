import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { commitAll, copyOf, git, helloMain, moduleOf, write } from '../helpers/repository.ts'
import { temporaryFolder } from '../helpers/temporary.ts'

interface PlanDocument {
  readonly lanes: readonly {
    readonly app: string
    readonly target: { os: string; arch: string; variant?: string }
    readonly version: { tag: string; version: string }
    readonly executable: string
    readonly steps: readonly Record<string, unknown>[]
  }[]
  readonly outputs: readonly string[]
  readonly warnings: readonly { code: string }[]
  readonly hooks: { readonly before: readonly unknown[]; readonly after: readonly unknown[] }
}

async function planOf(folder: string, ...args: string[]): Promise<PlanDocument> {
  const { code, stdout, stderr } = await gopack(['plan', '--json', ...args], { cwd: folder })
  expect(stderr).toBe('')
  expect(code, stdout).toBe(0)
  return JSON.parse(stdout) as PlanDocument
}

const ldflagsOf = (plan: PlanDocument, lane = 0): string =>
  (plan.lanes[lane]!.steps[0]!['command'] as { args: string[] }).args.find((argument) => argument.startsWith('-ldflags=')) ?? ''

/** What differs between machines, commits and Go versions is named by what it is. */
function stable(text: string, folder: string): string {
  return text
    .replaceAll(folder, '<module>')
    .replaceAll(/\b[0-9a-f]{40}\b/g, '<commit>')
    .replaceAll(/commit [0-9a-f]{12}\b/g, 'commit <12>')
    .replaceAll(/go1\.\d+(\.\d+)?/g, '<go>')
    .replaceAll(/"sha256": "[0-9a-f]{64}"/g, '"sha256": "<sha256>"')
}

describe('gopack plan', () => {
  it('says everything, in text and as JSON', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    const targets = ['--target', 'windows/amd64/v3', '--target', 'linux/arm64']
    const text = await gopack(['plan', ...targets], { cwd: folder })
    await expect(stable(text.stdout, folder)).toMatchFileSnapshot('plan.golden.txt')
    const json = await gopack(['plan', '--json', ...targets], { cwd: folder })
    await expect(stable(json.stdout, folder)).toMatchFileSnapshot('plan.golden.json')
  })

  it('writes nothing', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    const before = execFileSync('find', [folder, '-printf', '%p %T@ %s\n'], { encoding: 'utf8' })
    await planOf(folder)
    expect(execFileSync('find', [folder, '-printf', '%p %T@ %s\n'], { encoding: 'utf8' })).toBe(before)
  })

  it('fills version, commit and date where they exist and a tag gives them', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    const commit = git(folder, 'rev-parse', 'HEAD').trim()
    expect(ldflagsOf(await planOf(folder))).toBe(
      `-ldflags=-s -w -X main.version=1.4.2 -X main.commit=${commit} -X main.date=2026-03-04T05:06:07Z`,
    )
  })

  it("leaves the program's own version alone where no tag gives one", async () => {
    const folder = commitAll(copyOf('hello'))
    const plan = await planOf(folder)
    expect(ldflagsOf(plan)).toBe('-ldflags=-s -w')
    expect(plan.warnings.map(({ code }) => code)).toEqual(['NO_TAG'])
  })

  it('does not fill what the user sets or what is no string', async () => {
    const folder = moduleOf({
      'main.go': 'package main\n\nvar version string\nvar commit = 3\n\nfunc main() { println(version, commit) }\n',
      'gopack.yaml': 'go: {ldflags: ["-X main.version=own"]}\n',
    })
    expect(ldflagsOf(await planOf(folder, '--set-version', '2.0.0'))).toBe('-ldflags=-s -w -X main.version=own')
  })

  it('expands templates in ldflags, environment, archive name and hooks', async () => {
    const folder = moduleOf({
      'main.go': 'package main\n\nvar channel string\n\nfunc main() { println(channel) }\n',
      'gopack.yaml':
        'go:\n  ldflags: ["-X main.channel={os}-{version}"]\n  env: {MARK: "{arch}"}\narchive: {name: "{name}-{version}-{arch}"}\nhooks: {after: [[echo, "{tag}", "{{x}}"]]}\n',
    })
    const plan = await planOf(folder, '--set-version', '2.0.0', '--timestamp', '2026-11-21T15:30:00Z')
    expect(ldflagsOf(plan)).toContain('-X main.channel=windows-2.0.0')
    expect(plan.outputs).toContain('hello-2.0.0-amd64.zip')
    expect(plan.lanes[0]!.steps[0]).toMatchObject({ command: { env: { MARK: 'amd64' } } })
    expect(plan.hooks.after).toMatchObject([{ command: { file: 'echo', args: ['v2.0.0+20261121.1530', '{x}'] } }])
  })

  it('masks secrets of templates and credentials in addresses', async () => {
    const folder = moduleOf({
      'main.go': 'package main\n\nvar t string\n\nfunc main() { println(t) }\n',
      'gopack.yaml': 'go: {ldflags: ["-X main.t={env.MY_TOKEN}"], env: {P: "https://me:pw@example.com/x"}}\n',
    })
    for (const args of [['plan'], ['plan', '--json']]) {
      const { stdout } = await gopack(args, { cwd: folder, env: { MY_TOKEN: 'hunter2' } })
      expect(stdout).toContain('main.t=***')
      expect(stdout).not.toMatch(/hunter2|me:pw/)
    }
  })

  it('masks secrets in everything a build prints, failures included', async () => {
    const folder = moduleOf({
      'main.go': helloMain,
      'gopack.yaml': 'hooks: {before: [[sh, -c, "echo said {env.MY_TOKEN}", x], [sh, -c, "echo {env.MY_TOKEN}; exit 1"]]}\n',
    })
    for (const args of [['build', '--verbose'], ['build', '--json'], ['build']]) {
      const { code, stdout, stderr } = await gopack(args, { cwd: folder, env: { MY_TOKEN: 'hunt"er2\\x' } })
      expect(code).toBe(1)
      expect(stdout + stderr).toContain('***')
      expect(stdout + stderr).not.toContain('er2')
    }
  })

  it.each(['DB_PWD', 'SIGNING_PFX', 'sentry_dsn', 'SLACK_WEBHOOK'])('masks the value of %s, and not that of BRANCH', async (name) => {
    const folder = moduleOf({ 'main.go': helloMain, 'gopack.yaml': `hooks: {after: [[echo, "{env.${name}}", "{env.BRANCH}"]]}\n` })
    const { stdout } = await gopack(['plan'], { cwd: folder, env: { [name]: 'hunter2', BRANCH: 'release/7' } })
    expect([stdout.includes('hunter2'), stdout.includes('release/7')]).toEqual([false, true])
  })

  it('plans the same on a second call and for every order of the environment', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    const [a, b] = [
      await gopack(['plan', '--json'], { cwd: folder }),
      await gopack(['plan', '--json'], {
        cwd: folder,
        env: {
          TZ: 'Asia/Tokyo',
          LC_ALL: 'tr_TR.UTF-8',
          GOFLAGS: '-mod=mod -buildvcs=false',
          GOOS: 'plan9',
          CGO_ENABLED: '1',
          GOAMD64: 'v3',
          GOEXPERIMENT: 'x',
        },
      }),
    ]
    expect(b.stdout).toBe(a.stdout)
  })
})

describe('which programs are planned', () => {
  const mains = (plan: PlanDocument): string[] => plan.lanes.map(({ app }) => app)

  it('refuses two without a choice, and names both', async () => {
    const folder = copyOf('two')
    const { code, stderr } = await gopack(['plan'], { cwd: folder })
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(
        /2 main packages: example\.com\/two\/v2\/cmd\/alpha, example\.com\/two\/v2\/cmd\/beta[\s\S]*--main \.\/cmd\/alpha/,
      ),
    ])
  })

  it.each([
    [
      ['--main', './...'],
      ['alpha', 'beta'],
    ],
    [['./cmd/beta'], ['beta']],
    [
      ['--main', './cmd/alpha', '-m', './cmd/beta'],
      ['alpha', 'beta'],
    ],
    [['example.com/two/v2/cmd/beta'], ['beta']],
    [['--cwd', 'cmd/alpha'], ['alpha']],
    [['--cwd', 'cmd/alpha', '.'], ['alpha']],
  ])('%j', async (args, expected) => {
    expect(mains(await planOf(copyOf('two'), ...args))).toEqual(expected)
  })

  it('names the root program after the module, never the folder or /vN', async () => {
    const folder = moduleOf({ 'go.mod': 'module example.com/tool/v3\n\ngo 1.21\n', 'main.go': helloMain })
    expect(mains(await planOf(folder))).toEqual(['tool'])
  })

  it('sees a program that exists under Windows only', async () => {
    expect(mains(await planOf(copyOf('windows-only')))).toEqual(['windowsonly'])
  })

  it('sees a program that needs a build tag', async () => {
    const folder = moduleOf({ 'main.go': '//go:build special\n\npackage main\n\nfunc main() {}\n', 'lib/lib.go': 'package lib\n' })
    expect(mains(await planOf(folder, '--tags', 'special'))).toEqual(['hello'])
  })

  it('builds a nested module from inside it', async () => {
    const folder = moduleOf({
      'lib.go': 'package hello\n',
      'tools/x/go.mod': 'module example.com/hello/tools/x\n\ngo 1.21\n',
      'tools/x/main.go': helloMain,
    })
    const plan = await planOf(folder, '--main', './tools/x')
    expect(plan.lanes[0]).toMatchObject({ app: 'x', steps: [{ command: { cwd: join(folder, 'tools/x') } }, {}, {}, {}] })
  })

  it('finds the programs of a workspace without a go.mod at its root', async () => {
    const folder = temporaryFolder()
    write(folder, {
      'go.work': 'go 1.21\n\nuse (\n\t./a\n\t./b\n)\n',
      'a/go.mod': 'module example.com/a\n\ngo 1.21\n',
      'a/main.go': helloMain,
      'b/go.mod': 'module example.com/b\n\ngo 1.21\n',
      'b/lib.go': 'package b\n',
    })
    expect(mains(await planOf(folder))).toEqual(['a'])
    write(folder, { 'b/cmd/c/main.go': helloMain })
    expect(mains(await planOf(folder, './...'))).toEqual(['a', 'c'])
  })

  it('takes the workspace inside the repository also when the working folder is reached through a link', async () => {
    const folder = temporaryFolder()
    write(folder, {
      'repository/go.work': 'go 1.21\n\nuse ./a\n',
      'repository/a/go.mod': 'module example.com/a\n\ngo 1.21\n',
      'repository/a/main.go': helloMain,
    })
    const top = commitAll(join(folder, 'repository'))
    symlinkSync('repository', join(folder, 'link'))
    const inside = join(folder, 'link', 'a')
    // A shell tells the way it came by in PWD, and the go command believes it.
    for (const PWD of [inside, join(top, 'a')]) {
      const result = await gopack(['plan', '--json', '--cwd', inside], { cwd: folder, env: { PWD } })
      const [lane] = (JSON.parse(result.stdout) as PlanDocument).lanes
      expect(lane!.steps[0]).toMatchObject({ command: { env: { GOWORK: expect.stringMatching(/go\.work$/) as string } } })
    }
  })

  it.each([
    ['a package that is no program', ['./lib'], 'NOT_A_MAIN_PACKAGE'],
    ['a folder that is not there', ['./nowhere'], 'NO_MAIN_PACKAGE'],
    ['a module without a program', ['--cwd', 'libonly'], 'NO_MAIN_PACKAGE'],
  ])('refuses %s', async (_name, args, code) => {
    const folder = moduleOf({
      'main.go': helloMain,
      'lib/lib.go': 'package lib\n',
      'libonly/go.mod': 'module example.com/libonly\n',
      'libonly/lib.go': 'package libonly\n',
    })
    const result = await gopack(['plan', '--json', ...args], { cwd: folder })
    expect([result.code, JSON.parse(result.stdout)]).toMatchObject([2, { error: { code } }])
  })

  it.each(['a;b', '$(touch x)', '😀', 'con', '-x', 'a/b', 'nul.txt'])('refuses the name %j', async (name) => {
    const folder = moduleOf({ 'main.go': helloMain, 'gopack.json': JSON.stringify({ name }) })
    const { code, stdout } = await gopack(['plan', '--json'], { cwd: folder })
    expect([code, JSON.parse(stdout)]).toMatchObject([2, { error: { code: 'NAME_INVALID' } }])
  })

  it('refuses a folder that is no module', async () => {
    const folder = temporaryFolder()
    const { code, stderr } = await gopack(['build'], { cwd: folder })
    expect([code, stderr]).toEqual([2, expect.stringContaining('NOT_A_MODULE')])
    expect(readdirSync(folder)).toEqual([])
  })

  it('says how to go on without Go: exit code 3', async () => {
    const folder = moduleOf({ 'main.go': helloMain })
    const empty = temporaryFolder()
    const { code, stderr } = await gopack(['build'], { cwd: folder, env: { PATH: empty, GOPROXY: 'off' } })
    expect([code, stderr]).toEqual([3, expect.stringMatching(/GO_UNREACHABLE/)])
    expect(stderr).toContain('Install Go')
  })

  it('refuses a Go that is too old for the module or not the one configured', async () => {
    const newer = moduleOf({ 'go.mod': 'module example.com/x\n\ngo 1.99\n', 'main.go': helloMain })
    const env = { GOPROXY: 'off' }
    expect(await gopack(['plan'], { cwd: newer, env })).toMatchObject({ code: 3, stderr: expect.stringContaining('Go 1.99') as string })
    const other = moduleOf({ 'main.go': helloMain, 'gopack.yaml': 'go: {version: "1.19"}\n' })
    expect(await gopack(['plan'], { cwd: other, env })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('asks for Go 1.19') as string,
    })
  })
})

describe("an -X flag of the user's that does nothing", () => {
  const source =
    'package main\n\nvar Version string\nvar computed = f()\nvar number int\n\nfunc f() string { return "" }\nfunc main() { println(Version, computed, number) }\n'

  it.each([
    ['-X main.version=1', 'Did you mean "Version"'],
    ['-X main.number=1', 'main.number does nothing'],
    ['-X example.com/hello.Version=1', 'example.com/hello.Version does nothing'],
    ['-X example.com/hello/nowhere.V=1', 'nowhere.V does nothing'],
  ])('%s', async (flag, message) => {
    const folder = moduleOf({ 'main.go': source })
    const { code, stdout } = await gopack(['plan', '--json', '--ldflags', flag], { cwd: folder })
    expect([code, JSON.parse(stdout)]).toMatchObject([
      2,
      { error: { code: 'X_FLAG_DEAD', message: expect.stringContaining(message) as string } },
    ])
  })

  it('is found after compiling where the declaration cannot tell', async () => {
    const folder = moduleOf({
      'main.go': source.replace('func f() string { return "" }', 'func f() string { return string(make([]byte, len(Version)+3)) }'),
    })
    expect((await gopack(['plan', '--ldflags', '-X main.computed=1'], { cwd: folder })).code).toBe(0)
    const { code, stderr } = await gopack(['build', '--ldflags', '-X main.computed=1'], { cwd: folder })
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/main\.computed does nothing for windows\/amd64: its initial value is computed/),
    ])
  })
})

describe('the version in the plan', () => {
  const tagOf = async (folder: string, ...args: string[]): Promise<string> => (await planOf(folder, ...args)).lanes[0]!.version.tag

  it('follows the repository from commit to dirt', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    expect(await tagOf(folder)).toBe('v1.4.2+20260304.0506')
    write(folder, { 'new.txt': 'x' })
    const dirty = await tagOf(folder)
    expect(dirty).toMatch(/^v1\.4\.3-dev\.0\+20260304\.0506\.g[0-9a-f]{12}\.dirty[0-9a-f]{8}$/)
    write(folder, { 'new.txt': 'y' })
    expect(await tagOf(folder)).not.toBe(dirty)
    expect(await tagOf(folder, '--set-version', '3.0.0')).toMatch(/^v3\.0\.0\+20260304\.0506\.dirty[0-9a-f]{8}$/)
    git(folder, 'add', '-A')
    git(folder, 'commit', '-q', '-m', 'second')
    expect(await tagOf(folder)).toMatch(/^v1\.4\.3-dev\.1\+20260304\.0506\.g[0-9a-f]{12}$/)
  })

  it('warns in a shallow clone', async () => {
    const folder = commitAll(copyOf('hello'))
    write(folder, { 'more.txt': 'x' })
    git(folder, 'add', '-A')
    git(folder, 'commit', '-q', '-m', 'second')
    git(folder, 'tag', 'v1.0.0', 'HEAD~1')
    const clone = join(temporaryFolder(), 'clone')
    git(folder, 'clone', '-q', '--depth', '1', `file://${folder}`, clone)
    const plan = await planOf(clone)
    expect([plan.lanes[0]!.version.version, plan.warnings.map(({ code }) => code)]).toEqual(['0.0.0-dev.shallow', ['SHALLOW']])
  })

  it('is 0.0.0-dev at the first time a zip knows, without git or before the first commit', async () => {
    const folder = copyOf('hello')
    expect(await tagOf(folder)).toBe('v0.0.0-dev+19800101.0000')
    git(folder, 'init', '-q')
    expect(await tagOf(folder)).toBe('v0.0.0-dev+19800101.0000')
  })

  it("takes the tags of a nested module's own folder", async () => {
    const folder = moduleOf({
      'main.go': helloMain,
      'tools/x/go.mod': 'module example.com/hello/tools/x\n\ngo 1.21\n',
      'tools/x/main.go': helloMain,
    })
    commitAll(folder, 'v1.0.0')
    git(folder, 'tag', 'tools/x/v0.3.0')
    expect(await tagOf(folder, '--main', './tools/x')).toBe('v0.3.0+20260304.0506')
    expect(await tagOf(folder, '--main', '.')).toBe('v1.0.0+20260304.0506')
  })

  it('obeys SOURCE_DATE_EPOCH, and refuses a malformed one', async () => {
    const folder = moduleOf({ 'main.go': helloMain })
    const good = await gopack(['plan', '--json'], { cwd: folder, env: { SOURCE_DATE_EPOCH: '1700000000' } })
    expect(JSON.parse(good.stdout)).toMatchObject({ timestamp: '2023-11-14T22:13:20Z' })
    expect(await gopack(['plan'], { cwd: folder, env: { SOURCE_DATE_EPOCH: 'soon' } })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('SOURCE_DATE_EPOCH is "soon"') as string,
    })
  })

  it('refuses a tag whose numbers Windows cannot store', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.70000.0')
    expect(await gopack(['plan'], { cwd: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/the tag v1\.70000\.0[\s\S]*--set-version[\s\S]*version\.tagPrefix/) as string,
    })
    write(folder, { 'more.txt': 'x' })
    git(folder, 'add', '-A')
    git(folder, 'commit', '-q', '-m', 'second')
    git(folder, 'tag', 'v1.4.2', 'HEAD~1')
    expect(await tagOf(folder)).toMatch(/^v1\.4\.3-dev\.1\+/)
  })

  it('refuses a repository of another user', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.0.0')
    const { code, stderr } = await gopack(['plan'], { cwd: folder, env: { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } })
    expect([code, stderr]).toEqual([2, expect.stringContaining(`safe.directory ${folder}`)])
  })
})

describe('an output folder gopack refuses', () => {
  const refused = async (folder: string, ...args: string[]): Promise<unknown> => {
    const { code, stdout } = await gopack(['build', '--json', ...args], { cwd: folder })
    return [code, (JSON.parse(stdout) as { error: { code: string } }).error.code]
  }

  it.each([
    ['the module', '.'],
    ['above the module', '..'],
    ['the root', '/'],
  ])('%s', async (_name, out) => {
    expect(await refused(moduleOf({ 'main.go': helloMain }), '--out', out)).toEqual([2, 'OUT_REFUSED'])
  })

  it('one that holds something else', async () => {
    const folder = moduleOf({ 'main.go': helloMain, 'dist/precious.txt': 'x' })
    expect(await refused(folder)).toEqual([2, 'OUT_REFUSED'])
    expect(readdirSync(join(folder, 'dist'))).toEqual(['precious.txt'])
  })

  it('one with tracked files', async () => {
    const folder = commitAll(moduleOf({ 'main.go': helloMain, 'dist/artifacts.json': '{}' }))
    expect(await refused(folder)).toEqual([2, 'OUT_REFUSED'])
  })

  it('one the program embeds', async () => {
    const folder = moduleOf({
      'main.go': 'package main\n\nimport "embed"\n\n//go:embed *\nvar all embed.FS\n\nfunc main() { _, _ = all.ReadDir(".") }\n',
    })
    expect(await refused(folder)).toEqual([2, 'OUT_REFUSED'])
    expect((await planOf(folder, '--out', join(temporaryFolder(), 'out'))).lanes).toHaveLength(1)
  })

  it('a file, or a link', async () => {
    const file = moduleOf({ 'main.go': helloMain, dist: 'x' })
    expect(await refused(file)).toEqual([5, 'OUT_NOT_FOLDER'])
    expect(statSync(join(file, 'dist')).isFile()).toBe(true)
    const link = moduleOf({ 'main.go': helloMain })
    mkdirSync(join(link, 'elsewhere'))
    execFileSync('ln', ['-s', 'elsewhere', 'dist'], { cwd: link })
    expect(await refused(link)).toEqual([5, 'OUT_NOT_FOLDER'])
    expect(readdirSync(join(link, 'elsewhere'))).toEqual([])
  })
})
