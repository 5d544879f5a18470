import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { helloMain, moduleOf, write } from '../helpers/repository.ts'

/** Text of gopack.yaml → code and the message after the file name. */
const cases: readonly (readonly [string, string, string, unknown])[] = [
  ['an unknown key', 'nmae: x\n', 'CONFIG_UNKNOWN_KEY', 'gopack.yaml:1:1: unknown key "nmae". Did you mean "name"?'],
  [
    'an unknown key in a group',
    'name: x\ngo:\n  ldflag: []\n',
    'CONFIG_UNKNOWN_KEY',
    'gopack.yaml:3:3: unknown key "ldflag" under "go". Did you mean "ldflags"?',
  ],
  [
    'an unknown key in a manifest',
    'resources:\n  manifest: {longPath: true}\n',
    'CONFIG_UNKNOWN_KEY',
    'gopack.yaml:2:14: unknown key "longPath" under "resources.manifest". Did you mean "longPaths"?',
  ],
  [
    'an unknown key in a file entry',
    'archive:\n  files:\n    - {form: a, to: b}\n',
    'CONFIG_UNKNOWN_KEY',
    'gopack.yaml:3:8: unknown key "form" under "archive.files[0]". Did you mean "from"?',
  ],
  [
    'a wrong type',
    'name: x\ntargets: windows/amd64\n',
    'CONFIG_WRONG_TYPE',
    'gopack.yaml:2:10: targets must be a list, not "windows/amd64".',
  ],
  [
    'a wrong choice',
    'resources:\n  engine: rcdit\n',
    'CONFIG_WRONG_TYPE',
    'gopack.yaml:2:11: resources.engine must be one of portable, rcedit, not "rcdit". Did you mean "rcedit"?',
  ],
  [
    'a number for a version',
    'go:\n  version: 1.20\n',
    'CONFIG_WRONG_TYPE',
    'gopack.yaml:2:12: go.version must be a quoted string: 1.20 as a number is 1.2.',
  ],
  ['an empty list', 'targets: []\n', 'CONFIG_WRONG_TYPE', 'gopack.yaml:1:10: targets must not be empty.'],
  ['a syntax error', 'name: "x\n', 'CONFIG_SYNTAX', 'gopack.yaml:2:1: Missing closing "quote.'],
  ['a tab as indentation', 'go:\n\tdebug: true\n', 'CONFIG_SYNTAX', 'gopack.yaml:2:1: Tabs are not allowed as indentation.'],
  ['a key twice', 'name: x\ngo: {}\nname: y\n', 'CONFIG_DUPLICATE_KEY', 'gopack.yaml:3:1: this key stands here a second time.'],
  ['a list at the top', '- a\n', 'CONFIG_WRONG_TYPE', 'gopack.yaml:1:1: the configuration must be a group of keys, not ["a"].'],
  [
    'an unknown placeholder',
    'archive: {name: "{nmae}_{os}"}\n',
    'CONFIG_TEMPLATE',
    'gopack.yaml:1:17: there is no placeholder {nmae}. Did you mean "name"?',
  ],
  [
    'an unset variable',
    'go:\n  ldflags: ["-X main.a={env.GOPACK_TEST_UNSET}"]\n',
    'CONFIG_TEMPLATE_ENV',
    'gopack.yaml:2:13: the environment variable GOPACK_TEST_UNSET is not set.',
  ],
  [
    'a control character',
    'resources: {company: "a\\nb"}\n',
    'CONFIG_WRONG_TYPE',
    'gopack.yaml:1:22: resources.company has a value that cannot be used: "a\\nb" (must not hold control characters).',
  ],
  [
    'one name for two programs',
    'name: x\nmain: [./a, ./b]\n',
    'CONFIG_CONFLICT',
    'gopack.yaml:1:1: one name cannot serve the 2 programs under "main"; leave it out and each is named after its folder.',
  ],
  [
    'a window program for linux',
    'targets: [linux/amd64]\ngo: {gui: true}\n',
    'CONFIG_CONFLICT',
    'gopack.yaml:2:11: go.gui is for Windows, and none of the targets is.',
  ],
  [
    'a time that is none',
    'version: {timestamp: today}\n',
    'CONFIG_WRONG_TYPE',
    'gopack.yaml:1:22: version.timestamp must be commit, now or a time such as 2026-11-21T15:30:00Z, not "today".',
  ],
  [
    'a shell line as a hook',
    'hooks: {before: ["go generate ./..."]}\n',
    'CONFIG_WRONG_TYPE',
    'gopack.yaml:1:18: hooks.before[0] has a value of the wrong kind: "go generate ./...".',
  ],
  [
    'a control character in any text',
    'go:\n  ldflags: ["-s", "a\\x1bb"]\n',
    'CONFIG_WRONG_TYPE',
    'gopack.yaml:2:19: go.ldflags[1] holds a control character (a line break, a tab, …).',
  ],
  ['NUL in a hook', 'hooks: {after: [[a, "b\\0"]]}\n', 'CONFIG_WRONG_TYPE', 'gopack.yaml:1:21: hooks.after[0][1] holds a NUL character.'],
  ['NUL in a main package', 'main: ["./a\\0"]\n', 'CONFIG_WRONG_TYPE', 'gopack.yaml:1:8: main[0] holds a NUL character.'],
  [
    'a line break in a name',
    'name: "a\\nb"\n',
    'CONFIG_WRONG_TYPE',
    'gopack.yaml:1:7: name holds a control character (a line break, a tab, …).',
  ],
  [
    'a file for the archive with a tab',
    'archive: {files: [{from: "a\\tb"}]}\n',
    'CONFIG_WRONG_TYPE',
    'gopack.yaml:1:26: archive.files[0].from holds a control character (a line break, a tab, …).',
  ],
  [
    'a hook without a program',
    'hooks: {before: [{run: ["", x]}]}\n',
    'CONFIG_WRONG_TYPE',
    'gopack.yaml:1:25: hooks.before[0].run[0] is empty; a hook begins with a program.',
  ],
  [
    'a target by the back door',
    'go:\n  env:\n    GOOS: linux\n',
    'CONFIG_CONFLICT',
    'gopack.yaml:3:5: GOOS is decided by gopack; name the system under "targets".',
  ],
  ...['GOARCH', 'GOAMD64', 'GOMIPS64', 'CGO_ENABLED', 'GOFLAGS', 'GOTOOLCHAIN', 'GOWORK', 'GOENV', 'goos'].map(
    (name) =>
      [
        `${name} in the environment`,
        `go: {env: {${name}: x}}\n`,
        'CONFIG_CONFLICT',
        expect.stringContaining(`gopack.yaml:1:12: ${name} is`),
      ] as const,
  ),
  ...['-o=x', '--o', '-n', '-C', '-buildvcs=false', '--ldflags=-s', '-tags=x', '-trimpath=false', '-a'].map(
    (flag) =>
      [
        `the flag ${flag}`,
        `go:\n  flags: [-v, ${flag}]\n`,
        'CONFIG_CONFLICT',
        expect.stringMatching(/^gopack\.yaml:2:15: -\w+ is decided by gopack; /),
      ] as const,
  ),
  [
    'another output of the linker',
    'go: {ldflags: ["-s -o /tmp/x"]}\n',
    'CONFIG_CONFLICT',
    'gopack.yaml:1:16: -o is decided by gopack; use "out" for the folder and "name" for the file.',
  ],
  [
    'a day that is none',
    'version: {timestamp: 2026-02-30T00:00:00Z}\n',
    'CONFIG_WRONG_TYPE',
    'gopack.yaml:1:22: version.timestamp must be commit, now or a time such as 2026-11-21T15:30:00Z, not "2026-02-30T00:00:00Z".',
  ],
  ['an alias to itself', 'targets: &a [*a]\n', 'CONFIG_SYNTAX', 'gopack.yaml:1:14: the alias *a stands for something it is a part of.'],
  ['an alias to nothing', 'name: x\nout: *a\n', 'CONFIG_SYNTAX', 'gopack.yaml:2:6: no anchor "&a" stands before this alias.'],
  [
    'an alias bomb',
    `a: &a [x, x, x, x, x, x, x, x, x, x]\n${[...'bcdefgh'].map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]}, `.repeat(10)}x]\n`).join('')}`,
    'CONFIG_SYNTAX',
    expect.stringMatching(/^gopack\.yaml:\d:\d+: the aliases stand for far more values than a configuration has\.$/),
  ],
  ['two documents', 'name: x\n---\nname: y\n', 'CONFIG_SYNTAX', 'gopack.yaml:2:1: a second document begins here; gopack reads one.'],
  [
    'thousands of brackets',
    `targets: ${'['.repeat(3000)}${']'.repeat(3000)}\n`,
    'CONFIG_SYNTAX',
    'gopack.yaml:1:110: the groups and lists in it are nested too deeply.',
  ],
  [
    'hundreds of brackets',
    `targets: ${'['.repeat(300)}${']'.repeat(300)}\n`,
    'CONFIG_SYNTAX',
    expect.stringMatching(/^gopack\.yaml:1:\d+: the groups and lists in it are nested too deeply\.$/),
  ],
  ['a list as a key', 'go:\n  ? [a, b]\n  : c\n', 'CONFIG_SYNTAX', 'gopack.yaml:2:5: a key must be plain text, not a list or a group.'],
]

describe('a configuration gopack refuses', () => {
  it.each(cases)('%s', async (_name, text, code, message) => {
    const folder = moduleOf({ 'main.go': helloMain, 'gopack.yaml': text })
    const { code: exit, stdout, stderr } = await gopack(['plan', '--json'], { cwd: folder })
    expect(JSON.parse(stdout)).toMatchObject({ error: { code, message } })
    expect(exit).toBe(2)
    expect(stderr).toBe('')
  })

  it('gives file, line and column apart for machines, and no stack trace to people', async () => {
    const folder = moduleOf({ 'main.go': helloMain, 'gopack.yaml': 'name: x\ngo:\n  ldflag: []\n' })
    const machine = await gopack(['build', '--json'], { cwd: folder })
    expect(JSON.parse(machine.stdout)).toMatchObject({ error: { file: 'gopack.yaml', line: 3, column: 3 } })
    const person = await gopack(['build'], { cwd: folder })
    expect(person.stderr).toBe(
      'error gopack.yaml:3:3: unknown key "ldflag" under "go". Did you mean "ldflags"?\n  fix Correct the name; `gopack schema` prints every key there is.\n      gopack explain CONFIG_UNKNOWN_KEY\n',
    )
  })

  it('comes from two files', async () => {
    const folder = moduleOf({ 'main.go': helloMain, 'gopack.yaml': 'name: x\n', 'gopack.json': '{}' })
    const { code, stderr } = await gopack(['plan'], { cwd: folder })
    expect([code, stderr]).toEqual([2, expect.stringContaining('more than one configuration: gopack.yaml, gopack.json')])
  })

  it.each([
    ['latin-1', Buffer.from([0x6e, 0x3a, 0xe4])],
    ['a megabyte', Buffer.alloc(1024 * 1024 + 1, 0x20)],
  ])('is %s', async (_name, bytes) => {
    const folder = moduleOf({ 'main.go': helloMain })
    const { writeFileSync } = await import('node:fs')
    writeFileSync(join(folder, 'gopack.yaml'), bytes)
    const { code, stderr } = await gopack(['plan'], { cwd: folder })
    expect([code, stderr]).toEqual([2, expect.stringContaining('CONFIG_UNREADABLE')])
  })

  it('is named and not there', async () => {
    const folder = moduleOf({ 'main.go': helloMain })
    const { code, stderr } = await gopack(['plan', '--config', 'other.yaml'], { cwd: folder })
    expect([code, stderr]).toEqual([2, expect.stringContaining('CONFIG_MISSING')])
  })
})

describe('a command line gopack refuses', () => {
  it.each([
    [['--main', './a\tb'], 'USAGE'],
    [['--out', 'a\nb'], 'USAGE'],
    [['--ldflags', '-s\n-w'], 'USAGE'],
    [['--ldflags=-o /tmp/x'], 'LDFLAGS_INVALID'],
    [['--ldflags=--o=x'], 'LDFLAGS_INVALID'],
    [['--timestamp', '2026-02-30T00:00:00Z'], 'TIMESTAMP_INVALID'],
    [['--timestamp', '2026-04-31T00:00:00Z'], 'TIMESTAMP_INVALID'],
    [['--timestamp', '2026-04-30T24:00:00Z'], 'TIMESTAMP_INVALID'],
  ])('%j', async (args, code) => {
    const folder = moduleOf({ 'main.go': helloMain })
    const result = await gopack(['plan', '--json', ...args], { cwd: folder })
    expect([result.code, JSON.parse(result.stdout)]).toMatchObject([2, { error: { code } }])
  })
})

describe('a configuration that is unusual and right', () => {
  it('holds scripts in hooks, anchors, a leap day and flags of the user', async () => {
    const text =
      'go: {flags: [-overlay=o.json, -toolexec=t, -mod=mod], env: {CC: &c "x", GOEXPERIMENT: *c}}\nhooks: {after: [[sh, -c, "a\\n\\tb"]]}\nversion: {timestamp: 2028-02-29T00:00:00Z}\n'
    const folder = moduleOf({ 'main.go': helloMain, 'gopack.yaml': text })
    expect((await gopack(['plan', '--json'], { cwd: folder })).code).toBe(0)
  })
})

describe('where the configuration may stand', () => {
  it.each([
    ['gopack.yml', 'name: other\n'],
    ['gopack.json', '{"name": "other"}'],
    ['package.json', '{"name": "x", "gopack": {"name": "other"}}'],
  ])('%s', async (file, text) => {
    const folder = moduleOf({ 'main.go': helloMain, [file]: text })
    const { stdout } = await gopack(['plan', '--json'], { cwd: folder })
    expect(JSON.parse(stdout)).toMatchObject({ lanes: [{ app: 'other' }], configFile: join(folder, file) })
  })

  it('in a folder above, where its paths are relative to', async () => {
    const folder = moduleOf({ 'gopack.yaml': 'main: ./cmd/hi\nout: build/out\n', 'cmd/hi/main.go': helloMain })
    const { stdout } = await gopack(['plan', '--json', '--cwd', 'cmd/hi'], { cwd: folder })
    expect(JSON.parse(stdout)).toMatchObject({ folder, out: join(folder, 'build/out'), lanes: [{ app: 'hi' }] })
  })

  it('not above the git top level', async () => {
    const folder = moduleOf({ 'gopack.yaml': 'name: outside\n' })
    write(folder, { 'inner/.git/HEAD': '', 'inner/go.mod': 'module example.com/inner\n', 'inner/main.go': helloMain })
    const { findConfigFile } = await import('../../src/config/find.ts')
    expect(findConfigFile(join(folder, 'inner'))).toBeUndefined()
  })
})
