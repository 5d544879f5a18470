import { setTimeout as sleep } from 'node:timers/promises'
import { execa } from 'execa'
import { isGroupAlive } from './processes.ts'

/** A process to start, as data: never through a shell. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
  /** Added to (undefined: removed from) the environment gopack itself was started with. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly cwd: string
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined
  /** Milliseconds; the whole process group is ended after them. */
  readonly timeout?: number
  /** Told the process id as soon as there is one, so that a lock can remember it. */
  readonly onSpawn?: ((pid: number) => void) | undefined
  /** Bytes kept of each stream; what goes beyond is dropped. */
  readonly maxOutput?: number
  readonly input?: string
  /**
   * An open file that takes both output streams instead of the result: for programs that leave children of their own behind,
   * which would hold a pipe open (Wine's services do, for seconds).
   */
  readonly outputFile?: number
}

export interface RunResult {
  /** Exit code; undefined when the process did not start or was ended by a signal. */
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
  readonly timedOut: boolean
  /** True when the program was not found (ENOENT). */
  readonly missing: boolean
  /** Why the program did not start at all: ENOENT, EACCES, … */
  readonly startError: string | undefined
}

const liveGroups = new Set<number>()
const graceMilliseconds = 2000

/**
 * Runs a command to its end and gives back what it printed; a non-zero exit is a result, not an exception.
 * On POSIX the child leads its own process group, so that its grandchildren end with it.
 * @throws the signal's reason when it is aborted.
 */
export async function run(command: Command, options: RunOptions = {}): Promise<RunResult> {
  options.signal?.throwIfAborted()
  const child = execa(command.file, [...command.args], {
    cwd: command.cwd,
    env: { ...process.env, ...command.env },
    extendEnv: false,
    reject: false,
    detached: process.platform !== 'win32',
    cleanup: false,
    stripFinalNewline: false,
    maxBuffer: options.maxOutput ?? 64 * 1024 * 1024,
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
    // execa's types know file descriptors up to 9 only.
    ...(options.outputFile === undefined ? {} : { stdout: options.outputFile as 3, stderr: options.outputFile as 3 }),
  })
  const pid = child.pid
  if (pid !== undefined) {
    liveGroups.add(pid)
    options.onSpawn?.(pid)
  }
  let timedOut = false
  let stopped = false
  const stop = (): void => {
    stopped = true
    endGroup(pid)
  }
  options.signal?.addEventListener('abort', stop, { once: true })
  const timer = options.timeout === undefined ? undefined : setTimeout(() => ((timedOut = true), stop()), options.timeout)
  try {
    const result = await child
    // The leader has ended; what it had started may still be writing.
    if (stopped && pid !== undefined) await groupEnd(pid)
    options.signal?.throwIfAborted()
    const startError = pid === undefined ? (result as { code?: string }).code : undefined
    return {
      exitCode: result.exitCode,
      stdout: result.stdout ?? '',
      stderr: result.stderr ?? '',
      timedOut,
      missing: startError === 'ENOENT',
      startError,
    }
  } finally {
    clearTimeout(timer)
    options.signal?.removeEventListener('abort', stop)
    if (pid !== undefined) liveGroups.delete(pid)
  }
}

/** Ends a process group: asks first, kills after two seconds. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  signalGroup(pid, 'SIGTERM')
  setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMilliseconds).unref()
}

/** Waits until no process of a group is left, and kills what outlives the grace. */
async function groupEnd(pid: number): Promise<void> {
  const start = performance.now()
  // Dead processes that nobody reaps count as alive: the wait has an end.
  while (isGroupAlive(pid) && performance.now() - start < 2 * graceMilliseconds) {
    if (performance.now() - start > graceMilliseconds) signalGroup(pid, 'SIGKILL')
    await sleep(10)
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal)
  } catch {
    // The group is gone already.
  }
}

/** Kills every process still running: the last resort when gopack itself must end at once. */
export function killAllChildren(): void {
  for (const pid of liveGroups) signalGroup(pid, 'SIGKILL')
}
