import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

// Wine 8 lacks this library, and Go programs do not start without it. Newer Wine has its own.
const shim = `
#include <windows.h>
BOOLEAN WINAPI SystemFunction036(PVOID buffer, ULONG length);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE buffer, SIZE_T length) { return SystemFunction036(buffer, (ULONG)length); }
`

export interface WineResult {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
}

export interface WineOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  /** Milliseconds; default 60,000. */
  readonly timeout?: number
  /** What the program reads on its standard input; nothing unless told. */
  readonly input?: string
}

let ready: Promise<NodeJS.ProcessEnv> | undefined

/**
 * The environment in which Windows programs run under Wine: a private prefix in the temporary folder, in which Go programs start.
 * All test files of all runs share one prefix, as making it takes ten seconds.
 */
export function wineEnvironment(): Promise<NodeJS.ProcessEnv> {
  ready ??= prepare()
  return ready
}

/** The folder of that prefix. */
export const winePrefix = join(tmpdir(), `gopack-test-wine-${userInfo().username}`)

/** Runs a Windows program to its end; ends its whole process group when it takes too long. */
export async function runUnderWine(exe: string, args: readonly string[] = [], options: WineOptions = {}): Promise<WineResult> {
  const env = { ...(await wineEnvironment()), ...options.env }
  return start(['wine', exe, ...args], env, options)
}

async function prepare(): Promise<NodeJS.ProcessEnv> {
  const env = {
    ...process.env,
    WINEPREFIX: winePrefix,
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree=;mshtml=;winemenubuilder.exe=',
    LC_ALL: 'C.UTF-8',
    DISPLAY: undefined,
    WAYLAND_DISPLAY: undefined,
  }
  const done = join(winePrefix, 'gopack-ready')
  const lock = `${winePrefix}.lock`
  while (!existsSync(done)) {
    if (!takeLock(lock)) {
      await sleep(200)
      continue
    }
    try {
      if (!existsSync(done)) await makePrefix(env, done)
    } finally {
      rmSync(lock, { recursive: true, force: true })
    }
  }
  return env
}

/** A folder is made by one process only. A lock older than five minutes was left behind by a killed run. */
function takeLock(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch {
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > 300_000) rmSync(lock, { recursive: true, force: true })
    return false
  }
}

async function makePrefix(env: NodeJS.ProcessEnv, done: string): Promise<void> {
  rmSync(winePrefix, { recursive: true, force: true })
  const boot = await start(['wine', 'wineboot', '--init'], env, { timeout: 180_000 })
  if (boot.exitCode !== 0) throw new Error(`wineboot ended with ${boot.exitCode}: ${boot.stderr}`)
  const library = join(winePrefix, 'drive_c', 'windows', 'system32', 'bcryptprimitives.dll')
  if (!existsSync(library)) buildShim(library)
  writeFileSync(done, '')
}

function buildShim(library: string): void {
  const source = join(winePrefix, 'bcryptprimitives.c')
  writeFileSync(source, shim)
  const { status, stderr, error } = spawnSync('x86_64-w64-mingw32-gcc', ['-shared', '-O1', '-o', library, source, '-ladvapi32'], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`the shim for Wine was not built: ${error?.message ?? stderr}`)
}

function start(
  [file, ...args]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
  { cwd, timeout = 60_000, input = '' }: WineOptions,
): Promise<WineResult> {
  // Files, not pipes: Wine's services would hold pipes open long after the program's end.
  const folder = mkdtempSync(join(tmpdir(), 'gopack-test-wine-output-'))
  writeFileSync(join(folder, 'stdin'), input)
  const stdin = openSync(join(folder, 'stdin'), 'r')
  const [out, err] = ['stdout', 'stderr'].map((name) => openSync(join(folder, name), 'w')) as [number, number]
  return new Promise<WineResult>((resolve, reject) => {
    let timedOut = false
    const child = spawn(file, args, { cwd, env, detached: true, stdio: [stdin, out, err] })
    const timer = setTimeout(() => {
      timedOut = true
      process.kill(-child.pid!, 'SIGKILL')
    }, timeout)
    child.once('error', reject)
    child.once('exit', (exitCode) => {
      clearTimeout(timer)
      resolve({
        exitCode,
        stdout: readFileSync(join(folder, 'stdout'), 'utf8'),
        stderr: readFileSync(join(folder, 'stderr'), 'utf8'),
        timedOut,
      })
    })
  }).finally(() => {
    closeSync(stdin)
    closeSync(out)
    closeSync(err)
    rmSync(folder, { recursive: true, force: true })
  })
}
