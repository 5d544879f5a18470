import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { inject } from 'vitest'
import { makeFolder } from './temporary.ts'

export interface GopackRun {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface GopackOptions {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Node to run it with; the one of the tests unless told. */
  readonly node?: string
}

let sharedCache: string | undefined

/** The gopack cache of this test file: apart from the user's, and warm between the tests of the file. */
export function testCache(): string {
  sharedCache ??= makeFolder()
  return sharedCache
}

/** The environment tests run gopack in: nothing of the CI they run in, times and colours fixed. */
export function gopackEnvironment(more: GopackOptions['env'] = {}): NodeJS.ProcessEnv {
  const removed = [
    'CI',
    'GITHUB_ACTIONS',
    'GITHUB_OUTPUT',
    'GITHUB_STEP_SUMMARY',
    'FORCE_COLOR',
    'SOURCE_DATE_EPOCH',
    'GOPACK_CACHE',
    'GOWORK',
  ]
  const base = Object.fromEntries(Object.entries(process.env).filter(([name]) => !removed.includes(name) && !name.startsWith('VITEST')))
  const all: Record<string, string | undefined> = { ...base, NO_COLOR: '1', GOPACK_CACHE: testCache(), ...more }
  return Object.fromEntries(Object.entries(all).filter((entry) => entry[1] !== undefined))
}

/** Path of the built command. */
export const gopackBin = (): string => join(inject('built'), 'bin.js')

/** Starts the built command without waiting for it. */
export function startGopack(args: readonly string[], options: GopackOptions): ReturnType<typeof spawn> {
  return spawn(options.node ?? process.execPath, [gopackBin(), ...args], {
    cwd: options.cwd,
    env: gopackEnvironment(options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** Runs the built command to its end. */
export function gopack(args: readonly string[], options: GopackOptions): Promise<GopackRun> {
  return new Promise((resolve, reject) => {
    const child = startGopack(args, options)
    let stdout = ''
    let stderr = ''
    child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr!.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
}
