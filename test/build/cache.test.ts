import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gopack } from '../helpers/gopack.ts'
import { checkWhole, sha256 } from '../helpers/output.ts'
import { copyOf, write } from '../helpers/repository.ts'
import { temporaryFolder } from '../helpers/temporary.ts'

interface Fixture {
  readonly folder: string
  readonly cache: string
}

interface Timing {
  readonly lane: string
  readonly step: string
  readonly cached: boolean
}

const fixed = ['--set-version', '1.0.0', '--timestamp', '2026-03-04T05:06:07Z']

function start(): Fixture {
  return { folder: copyOf('hello'), cache: temporaryFolder() }
}

/** Builds, and tells which steps were done again. */
async function build({ folder, cache }: Fixture, ...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await gopack(['build', '--json', '--timings', ...fixed, ...args], {
    cwd: folder,
    env: { GOPACK_CACHE: cache },
  })
  expect(code, stderr + stdout).toBe(0)
  expect(checkWhole(join(folder, 'dist'))).toBe('v1.0.0+20260304.0506')
  return (JSON.parse(stdout) as { timings: Timing[] }).timings.filter(({ cached }) => !cached).map(({ step }) => step)
}

const files = (folder: string): string[] => execFileSync('find', [folder, '-type', 'f'], { encoding: 'utf8' }).trim().split('\n').sort()

function flipByte(path: string): void {
  const bytes = readFileSync(path)
  const { atime, mtime } = statSync(path)
  const middle = bytes.length >> 1
  bytes[middle] = bytes[middle]! ^ 0xff
  writeFileSync(path, bytes)
  utimesSync(path, atime, mtime)
}

const linkerOutput = ({ cache }: Fixture): string => files(join(cache, 'linker')).find((path) => path.endsWith('.exe'))!

describe('a second build of the same thing', () => {
  it('does nothing again and touches no file', async () => {
    const it = start()
    expect(await build(it)).toEqual(['compile', 'resources', 'audit', 'archive'])
    const before = files(join(it.folder, 'dist')).map((path) => [path, statSync(path).mtimeMs, statSync(path).ino])
    expect(await build(it)).toEqual([])
    expect(files(join(it.folder, 'dist')).map((path) => [path, statSync(path).mtimeMs, statSync(path).ino])).toEqual(before)
  })

  it('does what a change asks for, and no more', async () => {
    const it = start()
    await build(it)
    write(it.folder, { 'README.md': 'changed' })
    expect(await build(it)).toEqual(['archive'])
    write(it.folder, { 'gopack.yaml': 'resources: {company: Ours}\n' })
    expect(await build(it)).toEqual(['resources', 'audit', 'archive'])
    write(it.folder, { 'extra.go': 'package main\n\nfunc init() { println("more") }\n' })
    expect(await build(it)).toEqual(['compile', 'resources', 'audit', 'archive'])
  })

  it('restores archives into an output folder that was removed', async () => {
    const it = start()
    await build(it)
    rmSync(join(it.folder, 'dist'), { recursive: true })
    expect(await build(it)).toEqual(['resources'])
  })

  it('does everything again with --no-cache', async () => {
    const it = start()
    await build(it)
    expect(await build(it, '--no-cache')).toEqual(['compile', 'resources', 'audit', 'archive'])
  })
})

describe('damage is noticed and never shipped', () => {
  it("in the linker's output, which Go itself would take as up to date", async () => {
    const it = start()
    await build(it)
    const good = sha256(join(it.folder, 'dist/windows_amd64/hello.exe'))
    const kept = sha256(linkerOutput(it))
    flipByte(linkerOutput(it))
    rmSync(join(it.folder, 'dist'), { recursive: true })
    expect(await build(it)).toContain('compile')
    expect([sha256(linkerOutput(it)), sha256(join(it.folder, 'dist/windows_amd64/hello.exe'))]).toEqual([kept, good])
  })

  it("in a linker's output that was cut, or whose hash is gone or wrong", async () => {
    const it = start()
    await build(it)
    const kept = sha256(linkerOutput(it))
    for (const damage of [
      () => writeFileSync(linkerOutput(it), readFileSync(linkerOutput(it)).subarray(0, 1000)),
      () => rmSync(`${linkerOutput(it)}.sha256`),
      () => writeFileSync(`${linkerOutput(it)}.sha256`, `${'0'.repeat(64)} 1\n`),
    ]) {
      damage()
      expect(await build(it)).toContain('compile')
      expect(sha256(linkerOutput(it))).toBe(kept)
    }
  })

  it('in a kept archive', async () => {
    const it = start()
    await build(it)
    const [object = ''] = files(join(it.cache, 'objects'))
    flipByte(object)
    rmSync(join(it.folder, 'dist'), { recursive: true })
    expect(await build(it)).toEqual(['resources', 'archive'])
  })

  it('in the output folder itself', async () => {
    const it = start()
    await build(it)
    const exe = join(it.folder, 'dist/windows_amd64/hello.exe')
    const good = sha256(exe)
    flipByte(exe)
    expect(await build(it)).toEqual(['resources'])
    expect(sha256(exe)).toBe(good)
    const [zip = ''] = readdirSync(join(it.folder, 'dist')).filter((name) => name.endsWith('.zip'))
    flipByte(join(it.folder, 'dist', zip))
    await build(it)
    execFileSync('unzip', ['-tq', join(it.folder, 'dist', zip)])
  })

  it('in a record of what a step made', async () => {
    const it = start()
    await build(it)
    for (const record of files(join(it.cache, 'records'))) writeFileSync(record, 'garbage')
    expect(await build(it)).toEqual(['resources', 'audit', 'archive'])
  })
})

describe('gopack cache', () => {
  it('shows and cleans', async () => {
    const it = start()
    await build(it)
    const env = { GOPACK_CACHE: it.cache }
    const shown = await gopack(['cache', '--json'], { cwd: it.folder, env })
    const { size } = JSON.parse(shown.stdout) as { size: number }
    expect(size).toBeGreaterThan(1_000_000)
    const cleaned = await gopack(['cache', 'clean', '--json'], { cwd: it.folder, env })
    expect(JSON.parse(cleaned.stdout)).toMatchObject({ folder: it.cache })
    expect(files(it.cache)).toEqual([join(it.cache, 'CACHEDIR.TAG')])
    expect(await build(it)).toEqual(['compile', 'resources', 'audit', 'archive'])
  })

  it('keeps to its size, the oldest first', async () => {
    const { pruneCache, sizeOf } = await import('../../src/cache/prune.ts')
    const { markCache } = await import('../../src/cache/mark.ts')
    const folder = temporaryFolder()
    await markCache(folder)
    for (const [index, name] of ['aa', 'bb', 'cc'].entries()) {
      const path = join(folder, 'objects', name, name.repeat(32))
      write(folder, { [`objects/${name}/${name.repeat(32)}`]: 'x'.repeat(1000) })
      utimesSync(path, 1000 + index, 1000 + index)
    }
    await pruneCache(folder, 2000)
    expect(await sizeOf(join(folder, 'objects'))).toBe(2000)
    expect(files(join(folder, 'objects')).map((path) => path.slice(-2))).toEqual(['bb', 'cc'])
  })

  it('is marked for backup programs, and nothing without the mark is pruned or cleaned', async () => {
    const it = start()
    await build(it)
    expect(readFileSync(join(it.cache, 'CACHEDIR.TAG'), 'utf8')).toMatch(/^Signature: 8a477f597d28d172789f06886806bc55\n/)
    const other = temporaryFolder()
    write(other, {
      'objects/aa/precious': 'x',
      'records/aa/precious': 'x',
      'CACHEDIR.TAG': 'Signature: 8a477f597d28d172789f06886806bc55\n',
    })
    await build({ ...it, cache: other })
    const { pruneCache } = await import('../../src/cache/prune.ts')
    await pruneCache(other, 0)
    const { code, stderr } = await gopack(['cache', 'clean'], { cwd: it.folder, env: { GOPACK_CACHE: other } })
    expect([code, stderr]).toEqual([2, expect.stringContaining('CACHE_REFUSED')])
    expect(files(other)).toEqual(expect.arrayContaining([join(other, 'objects/aa/precious'), join(other, 'records/aa/precious')]))
  })

  it('cleans a cache of a version that did not mark it', async () => {
    const it = start()
    await build(it)
    rmSync(join(it.cache, 'CACHEDIR.TAG'))
    await build(it)
    expect((await gopack(['cache', 'clean'], { cwd: it.folder, env: { GOPACK_CACHE: it.cache } })).code).toBe(0)
  })
})
