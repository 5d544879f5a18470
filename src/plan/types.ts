import type { ArchivePlan } from '../build/archive/types.ts'
import type { AuditPlan } from '../build/audit/types.ts'
import type { CompilePlan } from '../build/compile/types.ts'
import type { HookPlan } from '../build/hooks/types.ts'
import type { PlacePlan } from '../build/place/types.ts'
import type { ResourcesPlan } from '../build/resources/step-plan.ts'
import type { Target } from '../go/targets.ts'
import type { ProjectVersion } from '../project/version.ts'

/** What one step of a lane will do. A new step adds its type here and itself to the list in build/steps.ts. */
export type StepPlan = CompilePlan | ResourcesPlan | PlacePlan | AuditPlan | ArchivePlan

/** One program for one target, or an archive of several: its steps run in order, lanes run side by side. */
export interface Lane {
  readonly app: string
  readonly target: Target
  readonly version: ProjectVersion
  /** The lowest Windows that starts it, for Windows targets: a matter of the Go that compiles. */
  readonly lowestWindows?: string
  readonly steps: readonly StepPlan[]
}

/** Something that does not stop the build but that its user should know. */
export interface PlanWarning {
  readonly code: string
  readonly message: string
}

/** Everything a build will do, as data; schema 1 (schema/plan.schema.json). Paths of lanes are relative to `out`. */
export interface Plan {
  readonly schema: 1
  readonly gopack: string
  /** Absolute: what relative paths of the configuration refer to. */
  readonly folder: string
  /** Absolute. */
  readonly out: string
  readonly configFile?: string
  readonly go: { readonly version: string }
  readonly commit: string | null
  readonly dirty: boolean
  /** RFC 3339, UTC. */
  readonly timestamp: string
  readonly warnings: readonly PlanWarning[]
  readonly hooks: { readonly before: readonly HookPlan[]; readonly after: readonly HookPlan[] }
  readonly lanes: readonly Lane[]
  /** Archives of all apps together, one a target: packed when the lanes are done. */
  readonly bundles: readonly Lane[]
  /** With --changed: programs left as they are, and the tag they have not changed since. */
  readonly unchanged?: readonly { readonly app: string; readonly since: string }[]
  /** Every file the build will leave in the output folder, sorted. */
  readonly outputs: readonly string[]
}
