import { join } from 'node:path'
import { hashFile, hashText } from '../../host/files.ts'
import { toolVersion } from '../../host/tool-version.ts'
import { take } from '../artifacts.ts'
import { executableOf } from '../executable.ts'
import type { StepRunner } from '../step.ts'
import type { ResourcesPlan } from './step-plan.ts'

/** Puts icon, version information and manifest into a copy of the linker's output. */
export const runResources: StepRunner<ResourcesPlan> = async (plan, artifacts, context) => {
  const { cache, previous, staging, signal } = context
  const linked = take(artifacts, 'linked')
  const { icon, ...request } = plan.request
  const key = hashText(JSON.stringify(['resources', toolVersion, linked.sha256, request, icon?.layer, icon?.sha256]))
  const known = await cache.recall(key)
  if (known !== undefined && context.reuse && (await previous.has(plan.path, known))) {
    return { artifacts: [executableOf(context, plan.path, known)], result: 'cached' }
  }
  const { embedResources } = await import('./embed.ts')
  const at = await staging.place(plan.path)
  await embedResources(linked.at, at, plan.request, { signal, wine: { prefix: join(cache.folder, 'wine') } })
  const content = await hashFile(at)
  await cache.remember(key, content)
  return { artifacts: [executableOf(context, plan.path, content, at)], result: 'fresh' }
}
