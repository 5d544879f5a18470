import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { commitAll, copyOf, git, helloMain, moduleOf, write } from '../helpers/repository.ts'
import { init, initFails, planWithoutState, read, settings } from './run-init.ts'

const addedLines = /^#(?=\w| {2})/gm

describe('what gopack init writes into gopack.yaml', () => {
  it('is comments only where the defaults are right, and the plan stays the same', async () => {
    const folder = commitAll(copyOf('hello'), 'v1.4.2')
    const before = await planWithoutState(folder)
    const { stdout, stderr } = await init(folder)
    expect(stdout).toBe('created gopack.yaml\n')
    expect(stderr).toContain('Commit gopack.yaml')
    expect(settings(folder)).toEqual([])
    await expect(read(folder, 'gopack.yaml').replace(/\b20\d\d\b/, '<year>')).toMatchFileSnapshot('golden/gopack.yaml')
    git(folder, 'add', '-A')
    git(folder, 'commit', '-q', '--amend', '-m', 'first')
    git(folder, 'tag', '-f', 'v1.4.2')
    expect(withoutCommit(await planWithoutState(folder))).toEqual(withoutCommit(before))
  })

  it('names the main package that is not at the root', async () => {
    const folder = moduleOf({ 'cmd/tool/main.go': helloMain })
    const before = await planWithoutState(folder)
    await init(folder)
    expect(settings(folder)).toEqual(['main: ./cmd/tool'])
    expect(await planWithoutState(folder)).toEqual(before)
  })

  it('lists all main packages where there are several', async () => {
    const folder = copyOf('two')
    expect((await gopack(['plan'], { cwd: folder })).code).toBe(2)
    await init(folder)
    expect(settings(folder)).toEqual(['main:', '  - ./cmd/alpha', '  - ./cmd/beta'])
    expect(await planWithoutState(folder)).toEqual(await planWithoutState(folder, '--main', './...'))
  })

  it('leaves out what cannot be built beside the others', async () => {
    const folder = moduleOf({ 'a/tool/main.go': helloMain, 'b/Tool/main.go': helloMain, 'c/aux/main.go': helloMain, 'main.go': helloMain })
    await init(folder)
    expect(settings(folder)).toEqual(['main:', '  - .', '  - ./a/tool'])
    expect(read(folder, 'gopack.yaml')).toContain('# - ./b/Tool # would be called Tool too')
    expect((await planWithoutState(folder))['lanes']).toHaveLength(2)
  })

  it('takes the name of the repository where the module is called otherwise', async () => {
    const folder = commitAll(moduleOf({ 'main.go': helloMain, '.gitignore': 'gopack.yaml\n' }))
    git(folder, 'remote', 'add', 'origin', 'https://user:secret@git.example.com/team/greeter.git')
    const before = await planWithoutState(folder)
    const { stdout, stderr } = await init(folder)
    expect(settings(folder)).toEqual(['name: greeter'])
    expect(read(folder, 'gopack.yaml') + stdout + stderr).not.toContain('secret')
    const after = JSON.stringify(await planWithoutState(folder))
    expect(after).toContain('greeter.exe')
    expect(JSON.parse(after.replaceAll('greeter', 'hello'))).toEqual(before)
  })

  it('keeps the name of a folder that was named on purpose', async () => {
    const folder = commitAll(moduleOf({ 'cmd/tool/main.go': helloMain }))
    git(folder, 'remote', 'add', 'origin', 'git@git.example.com:team/greeter')
    await init(folder)
    expect(settings(folder)).toEqual(['main: ./cmd/tool'])
  })

  it('finds a name where folder and package are only called main, and quotes what YAML would read as a number', async () => {
    const folder = moduleOf({ 'go.mod': 'module example.com/2048\n\ngo 1.21\n', 'cmd/main/main.go': helloMain })
    await init(folder)
    expect(settings(folder)).toEqual(['name: "2048"', 'main: ./cmd/main'])
    expect(JSON.stringify(await planWithoutState(folder))).toContain('2048.exe')
  })

  it('names a target where the module has no program for Windows', async () => {
    const folder = moduleOf({ 'main_linux.go': helloMain })
    await init(folder)
    expect(settings(folder)).toEqual(['targets: [linux/amd64]'])
    expect((await planWithoutState(folder))['lanes']).toHaveLength(1)
  })

  it('offers only Windows targets the module allows', async () => {
    const folder = moduleOf({
      'main.go': 'package main\n\nimport "example.com/hello/native"\n\nfunc main() { native.Do() }\n',
      'native/do.go': '//go:build !386\n\npackage native\n\nfunc Do() {}\n',
    })
    await init(folder)
    expect(read(folder, 'gopack.yaml')).toContain('#targets: [windows/amd64, windows/arm64]\n')
    write(folder, { 'native/no.go': '//go:build windows && arm64\n\npackage not_on_this_machine\n' })
    await init(folder, '--force')
    expect(read(folder, 'gopack.yaml')).not.toContain('#targets')
  })

  it('holds lines that are right as they stand once their # is gone', async () => {
    const folder = copyOf('hello')
    await init(folder)
    writeFileSync(join(folder, 'gopack.yaml'), read(folder, 'gopack.yaml').replaceAll(addedLines, ''))
    expect(settings(folder)).toHaveLength(6)
    const plan = JSON.stringify(await planWithoutState(folder))
    expect(JSON.parse(plan).lanes).toHaveLength(3)
    for (const text of ['Example Ltd', 'What Task Manager', '"layer":"configured","path":"assets/icon.png"'])
      expect(plan.replaceAll(folder + '/', '')).toContain(text)
  })

  it('serves every module of a workspace', async () => {
    const folder = moduleOf({})
    write(folder, {
      'go.work': 'go 1.21\n\nuse (\n\t./one\n\t./two\n)\n',
      'one/go.mod': 'module example.com/one\n\ngo 1.21\n',
      'one/main.go': helloMain,
      'two/go.mod': 'module example.com/two\n\ngo 1.21\n',
      'two/main.go': helloMain,
    })
    rmSync(join(folder, 'go.mod'))
    await init(folder)
    expect(settings(folder)).toEqual(['main:', '  - ./one', '  - ./two'])
    expect((await planWithoutState(folder))['lanes']).toHaveLength(2)
  })

  it('refuses where there is no module, no program, or no Go that is new enough', async () => {
    const folder = moduleOf({ 'lib.go': 'package lib\n' })
    expect(await initFails(folder)).toMatchObject({ code: 'NO_MAIN_PACKAGE', exit: 2 })
    write(folder, { 'go.mod': 'module example.com/hello\n\ngo 1.99\n', 'main.go': helloMain })
    expect(await initFails(folder)).toMatchObject({ code: 'GO_TOO_OLD', exit: 3 })
    expect(await initFails(join(folder, '..'))).toMatchObject({ code: 'NOT_A_MODULE', exit: 2 })
  })
})

/** A commit with one file more has another hash: nothing else of the plan may say so. */
function withoutCommit(plan: Record<string, unknown>): unknown {
  return JSON.parse(JSON.stringify(plan).replaceAll(/\b[0-9a-f]{40}\b/g, '<commit>'))
}
