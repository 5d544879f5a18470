import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from '../../src/host/find-program.ts'
import type { DoctorReport } from '../../src/doctor/types.ts'
import { gopack } from '../helpers/gopack.ts'
import { temporaryFolder } from '../helpers/temporary.ts'

/** No setting of the machine, and no repository that trusts this user specially. */
const environment = {
  GOENV: 'off',
  GOPROXY: 'off',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CEILING_DIRECTORIES: undefined,
}

export interface Diagnosis {
  readonly code: number | null
  readonly text: string
  /** `warn: …` by check. */
  readonly checks: Readonly<Record<string, string>>
  readonly fixes: Readonly<Record<string, string>>
}

/** Runs `gopack doctor --json`. */
export async function diagnose(
  cwd: string,
  { args = [], env = {} }: { args?: readonly string[]; env?: Readonly<Record<string, string | undefined>> } = {},
): Promise<Diagnosis> {
  const { code, stdout, stderr } = await gopack(['doctor', '--json', ...args], { cwd, env: { ...environment, ...env } })
  const { checks } = JSON.parse(stdout) as DoctorReport
  return {
    code,
    text: stdout + stderr,
    checks: Object.fromEntries(checks.map(({ id, status, detail }) => [id, `${status}: ${detail}`])),
    fixes: Object.fromEntries(checks.map((check) => [check.id, check.status === 'ok' ? '' : check.fix])),
  }
}

/** Runs `gopack doctor` as people do. */
export function diagnoseAsText(cwd: string): ReturnType<typeof gopack> {
  return gopack(['doctor'], { cwd, env: environment })
}

export function git(cwd: string, ...args: string[]): void {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'protocol.file.allow=always']
  execFileSync('git', [...identity, ...args], {
    cwd,
    env: { ...process.env, ...environment, GIT_CEILING_DIRECTORIES: '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

export interface ProjectOptions {
  /** Files over the default ones. */
  readonly files?: Readonly<Record<string, string>>
  /** Absent: a repository with one commit, tagged v1.2.3. */
  readonly repository?: 'none' | 'untagged'
}

/** A module in a folder of its own. */
export function makeProject({ files = {}, repository }: ProjectOptions = {}): string {
  const folder = join(temporaryFolder(), 'hello')
  mkdirSync(folder)
  const all = { 'go.mod': 'module example.com/hello\n\ngo 1.21\n', 'main.go': 'package main\n\nfunc main() {}\n', ...files }
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  if (repository === 'none') return folder
  git(folder, 'init', '-q', '-b', 'main')
  git(folder, 'add', '.')
  git(folder, 'commit', '-q', '-m', 'Start')
  if (repository === undefined) git(folder, 'tag', 'v1.2.3')
  return folder
}

/** A PATH on which only these programs are. */
export function pathWith(...programs: readonly string[]): string {
  const folder = temporaryFolder()
  for (const program of programs) symlinkSync(findProgram(program)!, join(folder, program))
  return folder
}
