import type { StepCache } from '../cache/store.ts'
import type { Lane, StepPlan } from '../plan/types.ts'
import type { Artifact } from './artifacts.ts'
import type { PreviousOutput } from './dist/previous.ts'
import type { Staging } from './dist/staging.ts'
import type { StepResult } from './events.ts'

/** What a step of a lane works with. */
export interface StepContext {
  readonly lane: Lane
  readonly staging: Staging
  readonly previous: PreviousOutput
  readonly cache: StepCache
  /** False with --no-cache: nothing from an earlier run is used. */
  readonly reuse: boolean
  readonly signal: AbortSignal
  /** To be told of every child process, so that the locks outlive gopack as long as its children do. */
  readonly onSpawn: (pid: number) => void
  readonly warn: (code: string, message: string) => void
  readonly onWait: (holder: number, what: string) => void
  /** Registers something to be undone when the lane ends, whatever its end. */
  readonly onLaneEnd: (action: () => Promise<void>) => void
}

export interface StepOutcome {
  readonly artifacts: readonly Artifact[]
  readonly result: StepResult
}

/** Runs one planned step of a lane on what the steps before it made. */
export type StepRunner<P extends StepPlan> = (plan: P, artifacts: readonly Artifact[], context: StepContext) => Promise<StepOutcome>
