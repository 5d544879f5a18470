import { copyFlushed } from '../../host/files.ts'
import { take } from '../artifacts.ts'
import { executableOf } from '../executable.ts'
import type { StepRunner } from '../step.ts'
import type { PlacePlan } from './types.ts'

/** Copies the linker's output to where the finished executable belongs. */
export const runPlace: StepRunner<PlacePlan> = async (_plan, artifacts, context) => {
  const { lane, previous, staging, reuse } = context
  const linked = take(artifacts, 'linked')
  if (reuse && (await previous.has(lane.executable, linked))) return { artifacts: [executableOf(context, linked)], result: 'cached' }
  const at = await staging.place(lane.executable)
  await copyFlushed(linked.at, at, 0o755)
  return { artifacts: [executableOf(context, linked, at)], result: 'fresh' }
}
