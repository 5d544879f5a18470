import type { LoadedConfig } from '../config/load.ts'
import type { GopackError } from '../errors/gopack-error.ts'
import type { GoToolchain } from '../go/environment.ts'
import type { Target } from '../go/targets.ts'
import type { GitState } from '../project/git.ts'
import type { BuildRequest } from '../project/request.ts'

/** What a check found. `missing` marks a tool the build cannot do without: the command then exits 3. */
export type CheckResult =
  | { readonly status: 'ok'; readonly detail: string }
  | { readonly status: 'warn'; readonly detail: string; readonly fix: string }
  | { readonly status: 'fail'; readonly detail: string; readonly fix: string; readonly missing: boolean }

/** One thing that can be wrong with a machine or a project. To add one, write a file and name it in checks.ts. */
export interface Check {
  readonly id: string
  readonly title: string
  /** Undefined: there is nothing to say, because what it would look at is missing and another check tells that. */
  readonly run: (context: DoctorContext) => Promise<CheckResult | undefined> | CheckResult | undefined
}

/** Something that was looked up once for all checks: it is there, or the error a build would end in. */
export type Outcome<T> = { readonly value: T; readonly error?: never } | { readonly error: GopackError; readonly value?: never }

export interface DoctorContext {
  readonly request: BuildRequest
  readonly signal: AbortSignal | undefined
  readonly environment: NodeJS.ProcessEnv
  /** Milliseconds since 1970. */
  readonly now: number
  /** Free bytes where a path lies or would lie. */
  readonly freeSpace: (path: string) => Promise<number>
  /** True where doctor was told to fetch Go. */
  readonly fix: boolean
  readonly config: Outcome<LoadedConfig>
  readonly moduleFolder: Outcome<string>
  readonly go: Outcome<GoToolchain>
  /** The user's own settings, as `go env` gives them; empty without Go. */
  readonly goSettings: Readonly<Record<string, string>>
  readonly git: Outcome<GitState>
  readonly targets: Outcome<readonly Target[]>
}

export interface DoctorReport {
  readonly schema: 1
  /** False when a check failed; warnings leave it true. */
  readonly ok: boolean
  readonly checks: readonly ({ readonly id: string; readonly title: string } & CheckResult)[]
}
