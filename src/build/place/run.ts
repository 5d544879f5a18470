import { copyFlushed } from '../../host/files.ts'
import { take } from '../artifacts.ts'
import { executableOf } from '../executable.ts'
import type { StepRunner } from '../step.ts'
import type { PlacePlan } from './types.ts'

/** Copies the linker's output to where the finished executable belongs. */
export const runPlace: StepRunner<PlacePlan> = async (plan, artifacts, context) => {
  const { previous, staging, reuse } = context
  const linked = take(artifacts, 'linked')
  if (reuse && (await previous.has(plan.path, linked))) return { artifacts: [executableOf(context, plan.path, linked)], result: 'cached' }
  const at = await staging.place(plan.path)
  await copyFlushed(linked.at, at, 0o755)
  return { artifacts: [executableOf(context, plan.path, linked, at)], result: 'fresh' }
}
