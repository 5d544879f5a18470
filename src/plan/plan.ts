import { recoverIfIdle } from '../build/dist/recover.ts'
import type { ProvisionListener } from '../go/provision/types.ts'
import type { BuildRequest } from '../project/request.ts'
import { survey } from '../project/survey.ts'
import { makePlan } from './make-plan.ts'
import type { Plan } from './types.ts'

export interface PlanOptions {
  readonly signal?: AbortSignal
  /** Told while Go itself is fetched. */
  readonly listener?: ProvisionListener
}

/**
 * What a build would do now. Reads configuration, module and git; writes nothing, except that an output folder whose
 * build was killed half-way through its last step is put right first.
 * @throws GopackError
 */
export async function plan(request: BuildRequest, options: PlanOptions = {}): Promise<Plan> {
  const found = await survey(request, { ...options, hooksPending: true })
  await recoverIfIdle(found.out)
  const hooksPending = (found.config.hooks?.before ?? []).length > 0
  if (!hooksPending && found.gaps[0] !== undefined) throw found.gaps[0]
  return makePlan({ ...found, hooksPending })
}
