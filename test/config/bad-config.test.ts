import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { helloMain, moduleOf, write } from '../helpers/repository.ts'

/** Text of gopack.yaml → code and the message after the file name. */
const cases: readonly (readonly [string, string, string, string])[] = [
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
