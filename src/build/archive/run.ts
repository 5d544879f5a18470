import { join } from 'node:path'
import { hashFile, hashText, type Content } from '../../host/files.ts'
import { toolVersion } from '../../host/tool-version.ts'
import { take, type ArchiveArtifact, type ExecutableArtifact } from '../artifacts.ts'
import type { StepRunner } from '../step.ts'
import type { ArchivePlan } from './types.ts'
import { writeArchive, type ArchiveEntry } from './write.ts'

/** Packs the finished executables and the files beside them. */
export const runArchive: StepRunner<ArchivePlan> = async (plan, artifacts, context) => {
  const { lane, cache, previous, staging } = context
  const executables = plan.programs.map(({ app, name }) => ({ name, of: take(artifacts, 'executable', app) }))
  const entries = entriesOf(plan, executables)
  const built = new Map(executables.map(({ of }) => [of.at, of.sha256]))
  const hashes = new Map(await Promise.all(plan.files.map(async ({ source }) => [source, (await hashFile(source)).sha256] as const)))
  const described = entries.map(({ name, source, mode }) => [
    name,
    mode,
    source === undefined ? '' : (built.get(source) ?? hashes.get(source)),
  ])
  const key = hashText(JSON.stringify(['archive', toolVersion, plan.format, plan.time, plan.comment, described]))
  const artifact = (content: Content, at: string): ArchiveArtifact => ({
    type: 'archive',
    app: lane.app,
    version: lane.version.version,
    tag: lane.version.tag,
    target: lane.target,
    path: plan.path,
    at,
    ...content,
  })
  const known = context.reuse ? await cache.recall(key) : undefined
  if (known !== undefined && (await previous.has(plan.path, known)))
    return { artifacts: [artifact(known, join(staging.out, plan.path))], result: 'cached' }
  const at = await staging.place(plan.path)
  if (known !== undefined && (await cache.restore(known, at, 0o644))) return { artifacts: [artifact(known, at)], result: 'cached' }
  await writeArchive(at, plan, entries, context.signal)
  const content = await hashFile(at)
  await cache.keep(content, at)
  await cache.remember(key, content)
  return { artifacts: [artifact(content, at)], result: 'fresh' }
}

/** Sorted by bytes; folders only where nothing else makes them. */
function entriesOf(plan: ArchivePlan, executables: readonly { readonly name: string; readonly of: ExecutableArtifact }[]): ArchiveEntry[] {
  const entries: ArchiveEntry[] = [
    ...executables.map(({ name, of }) => ({ name, source: of.at, mode: 0o755 })),
    ...plan.files.map(({ name, source, executable: runs }) => ({ name, source, mode: runs ? 0o755 : 0o644 })),
    ...plan.folders.map((name) => ({ name, mode: 0o755 })),
  ]
  return entries.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
}
