import { join } from 'node:path'
import { hashFile, hashText, type Content } from '../../host/files.ts'
import { toolVersion } from '../../host/tool-version.ts'
import { take, type ArchiveArtifact } from '../artifacts.ts'
import type { StepRunner } from '../step.ts'
import type { ArchivePlan } from './types.ts'
import { writeArchive, type ArchiveEntry } from './write.ts'

/** Packs the finished executable and the files beside it. */
export const runArchive: StepRunner<ArchivePlan> = async (plan, artifacts, context) => {
  const { lane, cache, previous, staging } = context
  const executable = take(artifacts, 'executable')
  const entries = entriesOf(plan, executable.at)
  const hashes = new Map(await Promise.all(plan.files.map(async ({ source }) => [source, (await hashFile(source)).sha256] as const)))
  const described = entries.map(({ name, source, mode }) => [
    name,
    mode,
    source === undefined ? '' : source === executable.at ? executable.sha256 : hashes.get(source),
  ])
  const key = hashText(JSON.stringify(['archive', toolVersion, plan.format, plan.time, described]))
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
  await writeArchive(at, plan.format, entries, plan.time, context.signal)
  const content = await hashFile(at)
  await cache.keep(content, at)
  await cache.remember(key, content)
  return { artifacts: [artifact(content, at)], result: 'fresh' }
}

/** Sorted by bytes; folders only where nothing else makes them. */
function entriesOf(plan: ArchivePlan, executable: string): ArchiveEntry[] {
  const entries: ArchiveEntry[] = [
    { name: plan.program, source: executable, mode: 0o755 },
    ...plan.files.map(({ name, source, executable: runs }) => ({ name, source, mode: runs ? 0o755 : 0o644 })),
    ...plan.folders.map((name) => ({ name, mode: 0o755 })),
  ]
  return entries.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)))
}
