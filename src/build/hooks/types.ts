import type { Command } from '../../host/exec.ts'

/** A command of the user's around the build. */
export interface HookPlan {
  readonly command: Command
  /** The target it runs for, when it runs once a target. */
  readonly target?: string
}
