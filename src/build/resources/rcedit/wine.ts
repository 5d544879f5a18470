import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { resourceError } from '../../../errors/resources.ts'
import { run, type RunOptions, type RunResult } from '../../../host/exec.ts'
import type { WineOptions } from '../embed.ts'
import { makeFolders } from '../../../host/files.ts'

export interface WindowsProgram {
  /** Absolute path of the .exe. */
  readonly file: string
  readonly args: readonly string[]
  /** Its output is kept in a file here. */
  readonly cwd: string
}

export interface WindowsProgramResult {
  readonly exitCode: number | undefined
  readonly timedOut: boolean
  readonly output: string
}

// The first run makes the prefix, which takes up to fifteen seconds.
const defaultTimeout = 120_000

/**
 * Runs a Windows program: directly on Windows, else under Wine in a private prefix, one at a time, with a time limit.
 * @throws RCEDIT_NO_WINE
 */
export async function runWindowsProgram(
  program: WindowsProgram,
  wine: WineOptions | undefined,
  signal: AbortSignal | undefined,
): Promise<WindowsProgramResult> {
  // Not a pipe: Wine's services, started by the first program, would hold it open for seconds after the program's end.
  const log = join(program.cwd, 'output.txt')
  const file = await open(log, 'w')
  try {
    const { exitCode, timedOut } = await start(program, wine, { signal, timeout: wine?.timeout ?? defaultTimeout, outputFile: file.fd })
    return { exitCode, timedOut, output: await readFile(log, 'utf8') }
  } finally {
    await file.close()
  }
}

function start(program: WindowsProgram, wine: WineOptions | undefined, options: RunOptions): Promise<RunResult> {
  if (process.platform === 'win32') return run(program, options)
  if (wine === undefined) throw new TypeError('the engine rcedit needs a folder for its Wine prefix')
  return oneAtATime(wine.prefix, () => runUnderWine(program, wine.prefix, options))
}

async function runUnderWine(program: WindowsProgram, prefix: string, options: RunOptions): Promise<RunResult> {
  await makeFolders(prefix)
  const env = {
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    // Other locales mangle what is not ASCII; the overrides keep Wine from asking for Mono and Gecko.
    LC_ALL: 'C.UTF-8',
    WINEDLLOVERRIDES: 'mscoree=;mshtml=;winemenubuilder.exe=',
    DISPLAY: undefined,
    WAYLAND_DISPLAY: undefined,
  }
  const named = process.env.WINE_BINARY
  // Debian has no `wine64` and Wine 11 none any longer; elsewhere `wine` may be able to run 32-bit programs only.
  const candidates = named === undefined || named === '' ? ['wine64', 'wine'] : [named]
  for (const file of candidates) {
    const result = await run({ file, args: [program.file, ...program.args], cwd: program.cwd, env }, options)
    if (!result.missing) return result
  }
  throw resourceError('RCEDIT_NO_WINE', {
    message: `The engine rcedit needs Wine on this system; ${candidates.join(' and ')} cannot be found.`,
  })
}

const queues = new Map<string, Promise<unknown>>()

/** Lanes run side by side, but share one prefix. */
function oneAtATime<T>(prefix: string, task: () => Promise<T>): Promise<T> {
  const turn = (queues.get(prefix) ?? Promise.resolve()).then(task, task)
  queues.set(
    prefix,
    turn.catch(() => undefined),
  )
  return turn
}
