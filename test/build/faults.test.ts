import { execFileSync, spawn, spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { gopack, gopackBin, gopackEnvironment, startGopack } from '../helpers/gopack.ts'
import { checkWhole, leftovers, processesIn } from '../helpers/output.ts'
import { copyOf, helloMain, moduleOf } from '../helpers/repository.ts'
import { temporaryFolder } from '../helpers/temporary.ts'
import { describeWith } from '../helpers/tools.ts'

const time = ['--timestamp', '2026-03-04T05:06:07Z']
const buildOf = (version: string): string[] => ['build', ...time, '--set-version', version, '--target', 'windows/amd64,windows/386']
const tagOf = (version: string): string => `v${version}+20260304.0506`

async function complete(folder: string, version: string): Promise<void> {
  const { code, stderr } = await gopack(buildOf(version), { cwd: folder })
  expect(code, stderr).toBe(0)
  expect(checkWhole(join(folder, 'dist'))).toBe(tagOf(version))
}

/** After a kill: what is listed is whole; the next command leaves the old or the new output, and nothing else. */
async function expectOldOrNew(folder: string, old: string, fresh: string): Promise<string> {
  const out = join(folder, 'dist')
  checkWhole(out)
  const next = await gopack(['inspect', 'dist'], { cwd: folder })
  expect(next.code, next.stderr + next.stdout).toBe(0)
  const tag = checkWhole(out)
  expect([tagOf(old), tagOf(fresh)]).toContain(tag)
  // A linker that outlived its gopack keeps the staging folder until it ends.
  const programs = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((name) => /^(?!\.gopack).*\.(exe|zip)$/.test(name))
  expect(programs).toHaveLength(4)
  return tag!
}

describe('a build that is killed', () => {
  it('at random moments leaves the old or the new output', async () => {
    const folder = copyOf('hello')
    await complete(folder, '1.0.0')
    let current = '1.0.0'
    for (let round = 0; round < 12; round++) {
      const next = `1.0.${round + 1}`
      const child = startGopack(buildOf(next), { cwd: folder })
      const closed = once(child, 'close') as Promise<[number | null]>
      await sleep(100 + Math.random() * 900)
      child.kill('SIGKILL')
      await closed
      const tag = await expectOldOrNew(folder, current, next)
      if (tag === tagOf(next)) current = next
    }
    await complete(folder, '2.0.0')
    expect(leftovers(join(folder, 'dist'))).toEqual([])
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('by %s ends its children, leaves nothing and exits with 130', async (signal) => {
    const folder = copyOf('hello')
    await complete(folder, '1.0.0')
    const [cache, temporary] = [temporaryFolder(), temporaryFolder()]
    for (const delay of [0, 100, 400, 900]) {
      const child = startGopack([...buildOf('2.0.0'), '--no-cache'], {
        cwd: folder,
        env: { GOPACK_CACHE: cache, GOCACHE: join(cache, `go${delay}`), TMPDIR: temporary },
      })
      const closed = once(child, 'close') as Promise<[number | null]>
      while (leftovers(join(folder, 'dist')).length === 0 && child.exitCode === null) await sleep(5)
      await sleep(delay)
      child.kill(signal)
      const [code] = await closed
      expect(code).toBe(130)
      expect(processesIn(folder)).toEqual([])
      expect(readdirSync(temporary)).toEqual([])
      expect(leftovers(join(folder, 'dist'))).toEqual([])
      expect(checkWhole(join(folder, 'dist'))).toBe(tagOf('1.0.0'))
    }
    await complete(folder, '2.0.0')
  })

  it('in its first build leaves no folder behind', async () => {
    const folder = copyOf('hello')
    const child = startGopack(buildOf('1.0.0'), { cwd: folder, env: { GOCACHE: temporaryFolder() } })
    const closed = once(child, 'close') as Promise<[number | null]>
    await sleep(1500)
    child.kill('SIGINT')
    await closed
    expect(existsSync(join(folder, 'dist'))).toBe(false)
  })
})

/** Runs a build under strace with something injected into its `at`-th rename; one thread does all file work, so that counts are the run's. */
function traced(folder: string, inject: string, at: number, ...options: string[]): SpawnSyncReturns<Buffer> {
  const calls = 'rename,renameat,renameat2'
  return spawnSync(
    'strace',
    [
      '-f',
      ...options,
      '-qq',
      '-o',
      '/dev/null',
      '-e',
      `trace=${calls}`,
      '-e',
      `inject=${calls}:${inject}:when=${at}`,
      process.execPath,
      gopackBin(),
      'build',
      ...time,
      '--set-version',
      '2.0.0',
      '--json',
    ],
    {
      cwd: folder,
      env: gopackEnvironment({ UV_THREADPOOL_SIZE: '1', UV_USE_IO_URING: '0' }),
    },
  )
}

describeWith(['strace'], 'a build that fails at each of its renames', () => {
  const single = (version: string): string[] => ['build', ...time, '--set-version', version]

  it('killed there, it is finished or undone by the next command', async () => {
    const folder = moduleOf({ 'main.go': helloMain })
    const out = join(folder, 'dist')
    const seen: string[] = []
    for (let at = 1; ; at++) {
      expect((await gopack(single('1.0.0'), { cwd: folder })).code).toBe(0)
      if (traced(folder, 'signal=SIGKILL', at).status === 0) break
      checkWhole(out)
      expect((await gopack(['inspect', 'dist'], { cwd: folder })).code).toBe(0)
      seen.push(checkWhole(out)!)
      expect(leftovers(out)).toEqual([])
    }
    // Journal, old list away, two files with names of their own, checksums, one to remove, new list.
    expect(seen.length).toBeGreaterThanOrEqual(8)
    expect([...new Set(seen)].sort()).toEqual([tagOf('1.0.0'), tagOf('2.0.0')])
  }, 300_000)

  it('refused there by the disk, it leaves the old output and says so', async () => {
    const folder = moduleOf({ 'main.go': helloMain })
    const out = join(folder, 'dist')
    let failures = 0
    for (let at = 1; ; at++) {
      expect((await gopack(single('1.0.0'), { cwd: folder })).code).toBe(0)
      const { status, stdout } = traced(folder, 'error=EIO', at, '--seccomp-bpf')
      if (status === 0) break
      failures++
      expect([status, stdout.toString()]).toEqual([5, expect.stringContaining('EIO')])
      expect([checkWhole(out), leftovers(out)]).toEqual([tagOf('1.0.0'), []])
    }
    expect(failures).toBeGreaterThanOrEqual(8)
  }, 300_000)
})

describe('two builds at once', () => {
  it('in one folder: the second waits and says so', async () => {
    const folder = copyOf('hello')
    await complete(folder, '1.0.0')
    const runs = await Promise.all(['3.0.0', '4.0.0'].map((version) => gopack(buildOf(version), { cwd: folder })))
    expect(runs.map(({ code }) => code)).toEqual([0, 0])
    expect(runs.map(({ stderr }) => stderr).join('')).toContain('waiting for it')
    expect([tagOf('3.0.0'), tagOf('4.0.0')]).toContain(checkWhole(join(folder, 'dist')))
  })

  it('of one program into two folders both come out right', async () => {
    const folder = copyOf('hello')
    const runs = await Promise.all(
      ['a', 'b'].map((out) => gopack([...buildOf(out === 'a' ? '3.0.0' : '4.0.0'), '--out', out], { cwd: folder })),
    )
    expect(runs.map(({ code }) => code)).toEqual([0, 0])
    expect([checkWhole(join(folder, 'a')), checkWhole(join(folder, 'b'))]).toEqual([tagOf('3.0.0'), tagOf('4.0.0')])
    // What is inside, not only what is listed: each program says its own version.
    for (const [out, version] of [
      ['a', '3.0.0'],
      ['b', '4.0.0'],
    ] as const) {
      expect(readFileSync(join(folder, out, 'windows_386/hello.exe')).includes(Buffer.from(`${version}+20260304`, 'utf16le'))).toBe(true)
    }
  })

  it('a lock of a process that is gone is taken over, one of a live process is not', async () => {
    const folder = copyOf('hello')
    await complete(folder, '1.0.0')
    const lock = join(folder, 'dist/.gopack-lock')
    const { writeFileSync } = await import('node:fs')
    writeFileSync(lock, `${JSON.stringify({ pid: 2 ** 22 - 1, started: 'x' })}\n`)
    await complete(folder, '2.0.0')
    // A child whose id another group leader has by now.
    const sleeper = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' })
    onTestFinished(() => void sleeper.kill())
    const other = { pid: sleeper.pid, started: 'another boot:1' }
    writeFileSync(lock, `${JSON.stringify({ pid: 2 ** 22 - 1, started: 'x' })}\n${JSON.stringify(other)}\n`)
    await complete(folder, '2.1.0')
    writeFileSync(lock, 'garbage\n')
    await complete(folder, '3.0.0')
    writeFileSync(lock, `${JSON.stringify({ pid: process.pid })}\n`)
    const child = startGopack(buildOf('4.0.0'), { cwd: folder })
    const closed = once(child, 'close') as Promise<[number | null]>
    let stderr = ''
    child.stderr!.on('data', (text: Buffer) => (stderr += text.toString()))
    while (!stderr.includes('waiting for it')) await sleep(50)
    rmSync(lock)
    const [code] = await closed
    expect([code, checkWhole(join(folder, 'dist'))]).toEqual([0, tagOf('4.0.0')])
  })
})

/** Runs a script with mounts of its own; needs the right to make a mount namespace. */
function inMountNamespace(
  script: string,
  folder: string,
  env: Record<string, string> = {},
): { status: number | null; stdout: string; stderr: string } {
  const flags = process.getuid?.() === 0 ? '-m' : '-rm'
  return spawnSync('unshare', [flags, 'sh', '-ec', script], {
    cwd: folder,
    env: gopackEnvironment({ NODE: process.execPath, BIN: gopackBin(), ...env }),
    encoding: 'utf8',
  })
}

const canMount = spawnSync('unshare', [process.getuid?.() === 0 ? '-m' : '-rm', 'true']).status === 0

describe.skipIf(!canMount && process.env['GOPACK_TEST_REQUIRE_ALL'] !== '1')('a disk that will not take it', () => {
  it('full: exit code 5, named, nothing half-written', () => {
    const folder = copyOf('hello')
    mkdirSync(join(folder, 'out'))
    const script =
      'mount -t tmpfs -o size=1500k tmpfs out; "$NODE" "$BIN" build --json --out out/dist > result.json || echo code $?; ls -A out'
    const { stdout, stderr } = inMountNamespace(script, folder)
    expect(stdout, stderr).toBe('code 5\n')
    expect(execFileSync('cat', [join(folder, 'result.json')], { encoding: 'utf8' })).toContain('"code": "DISK_FULL"')
  })

  it('full in the cache or while compiling: exit code 5 too', () => {
    const folder = copyOf('hello')
    mkdirSync(join(folder, 'cache'))
    const script = 'mount -t tmpfs -o size=700k tmpfs cache; "$NODE" "$BIN" build --json > result.json || echo code $?; test ! -e dist'
    const { stdout, stderr, status } = inMountNamespace(script, folder, { GOPACK_CACHE: join(folder, 'cache') })
    expect([stdout, status], stderr).toEqual(['code 5\n', 0])
  })

  it('read-only: exit code 5, and the old output as it was', async () => {
    const folder = moduleOf({ 'main.go': helloMain })
    await complete(folder, '1.0.0')
    const script =
      'mount --bind dist dist; mount -o remount,ro,bind dist; "$NODE" "$BIN" build --json --set-version 2.0.0 > result.json || echo code $?'
    const { stdout, stderr } = inMountNamespace(script, folder)
    expect(stdout, stderr).toBe('code 5\n')
    expect(execFileSync('cat', [join(folder, 'result.json')], { encoding: 'utf8' })).toContain('"code": "OUT_NOT_WRITABLE"')
    expect(checkWhole(join(folder, 'dist'))).toBe(tagOf('1.0.0'))
  })
})
