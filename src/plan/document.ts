import { accessVariables } from '../go/environment.ts'
import type { Command } from '../host/exec.ts'
import type { Plan, StepPlan } from './types.ts'

/** A command as `gopack plan --json` shows it: the environment it gets beyond gopack's own, access settings left out. */
export interface CommandDocument {
  readonly file: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
}

/** The stable document of `gopack plan --json` (schema/plan.schema.json). Secrets are left to the printer to mask. */
export function planDocument(plan: Plan): Record<string, unknown> {
  const { lanes, bundles, hooks, ...rest } = plan
  const shown = (lane: Plan['lanes'][number]): Record<string, unknown> => ({ ...lane, steps: lane.steps.map(stepDocument) })
  const hook = ({ command, ...more }: Plan['hooks']['before'][number]): Record<string, unknown> => ({
    ...more,
    command: commandDocument(command),
  })
  return {
    ...rest,
    hooks: { before: hooks.before.map(hook), after: hooks.after.map(hook) },
    lanes: lanes.map(shown),
    bundles: bundles.map(shown),
  }
}

function stepDocument(step: StepPlan): Record<string, unknown> {
  return step.step === 'compile' ? { ...step, command: commandDocument(step.command) } : { ...step }
}

export function commandDocument(command: Command): CommandDocument {
  const access = new Set<string>(accessVariables)
  const env = Object.entries(command.env ?? {}).filter(
    // PATH is in it where Go was fetched, with all that is on the user's own.
    (entry): entry is [string, string] => entry[1] !== undefined && !access.has(entry[0]) && entry[0].toUpperCase() !== 'PATH',
  )
  return { file: command.file, args: command.args, env: Object.fromEntries(env.sort(([a], [b]) => (a < b ? -1 : 1))), cwd: command.cwd }
}
