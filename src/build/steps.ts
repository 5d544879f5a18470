import type { StepPlan } from '../plan/types.ts'
import { runArchive } from './archive/run.ts'
import { runAudit } from './audit/run.ts'
import { runCompile } from './compile/run.ts'
import { runPlace } from './place/run.ts'
import { runResources } from './resources/run.ts'
import type { StepRunner } from './step.ts'

/** How each kind of step is run. Which steps a lane has, and their order, is in its plan (plan/make-plan.ts). */
export const stepRunners: { readonly [S in StepPlan['step']]: StepRunner<Extract<StepPlan, { step: S }>> } = {
  compile: runCompile,
  resources: runResources,
  place: runPlace,
  audit: runAudit,
  archive: runArchive,
}
