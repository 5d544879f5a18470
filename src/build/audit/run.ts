import { hashFile, hashText } from '../../host/files.ts'
import { toolVersion } from '../../host/tool-version.ts'
import { take } from '../artifacts.ts'
import type { StepRunner } from '../step.ts'
import { auditFiles } from './audit.ts'
import type { AuditPlan } from './types.ts'

/** Sees that what goes into the archive starts on a clean Windows. Makes nothing; what was found right is remembered. */
export const runAudit: StepRunner<AuditPlan> = async (plan, artifacts, { cache, reuse, signal }) => {
  const programs = plan.programs.map(({ app, name }) => ({ name, of: take(artifacts, 'executable', app) }))
  const files = await Promise.all(plan.files.map(async ({ name, source }) => ({ name, path: source, ...(await hashFile(source)) })))
  const looked = [...programs.map(({ name, of }) => [name, of.sha256]), ...files.map(({ name, sha256 }) => [name, sha256])]
  const key = hashText(JSON.stringify(['audit', toolVersion, plan.requires, looked]))
  if (reuse && (await cache.recall(key)) !== undefined) return { artifacts: [], result: 'cached' }
  await auditFiles([...programs.map(({ name, of }) => ({ name, path: of.at })), ...files], plan.requires, signal)
  await cache.remember(key, { sha256: key, size: 0 })
  return { artifacts: [], result: 'fresh' }
}
