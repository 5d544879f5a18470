import { join } from 'node:path'
import { copyFlushed } from '../../host/files.ts'
import { take, type ExecutableArtifact } from '../artifacts.ts'
import type { StepRunner } from '../step.ts'
import type { PlacePlan } from './types.ts'

/** Copies the linker's output to where the finished executable belongs. */
export const runPlace: StepRunner<PlacePlan> = async (_plan, artifacts, { lane, previous, staging, reuse }) => {
  const linked = take(artifacts, 'linked')
  const content = { sha256: linked.sha256, size: linked.size }
  const artifact = (at: string): ExecutableArtifact => ({
    type: 'executable',
    app: lane.app,
    version: lane.version.version,
    tag: lane.version.tag,
    target: lane.target,
    path: lane.executable,
    at,
    ...content,
  })
  if (reuse && (await previous.has(lane.executable, content)))
    return { artifacts: [artifact(join(staging.out, lane.executable))], result: 'cached' }
  const at = await staging.place(lane.executable)
  await copyFlushed(linked.at, at, 0o755)
  return { artifacts: [artifact(at)], result: 'fresh' }
}
