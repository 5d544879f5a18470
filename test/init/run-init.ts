import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import { expect } from 'vitest'
import { gopack, type GopackRun } from '../helpers/gopack.ts'

/** Runs `gopack init`, which must work. */
export async function init(folder: string, ...args: string[]): Promise<GopackRun> {
  const run = await gopack(['init', ...args], { cwd: folder })
  expect(run.code, run.stderr).toBe(0)
  return run
}

/** Runs `gopack init`, which must refuse, and gives its error. */
export async function initFails(
  folder: string,
  ...args: string[]
): Promise<{ code: string; message: string; hint: string; exit: number | null }> {
  // No Go is fetched: that is told of elsewhere.
  const run = await gopack(['init', '--json', ...args], { cwd: folder, env: { GOPROXY: 'off' } })
  expect(run.code, run.stdout).not.toBe(0)
  return { ...(JSON.parse(run.stdout) as { error: { code: string; message: string; hint: string } }).error, exit: run.code }
}

/** What a plan says, without what a new file in the tree changes: that there is one, and with it dirtiness and version. */
export async function planWithoutState(folder: string, ...args: string[]): Promise<Record<string, unknown>> {
  const { code, stdout } = await gopack(['plan', '--json', ...args], { cwd: folder })
  expect(code, stdout).toBe(0)
  const { configFile: _, ...plan } = JSON.parse(stdout) as Record<string, unknown>
  return plan
}

/** gopack.yaml without comments and empty lines. */
export function settings(folder: string): string[] {
  return read(folder, 'gopack.yaml')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'))
}

export const read = (folder: string, name: string): string => readFileSync(join(folder, name), 'utf8')

/** Every file below the folder with its text, .git left out. */
export function snapshotOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !join(entry.parentPath, entry.name).includes(join(folder, '.git') + sep),
  )
  return Object.fromEntries(
    files
      .map((entry) => [
        join(entry.parentPath, entry.name).slice(folder.length + 1),
        readFileSync(join(entry.parentPath, entry.name), 'utf8'),
      ])
      .sort(),
  )
}

export const isThere = (folder: string, name: string): boolean => existsSync(join(folder, name))
