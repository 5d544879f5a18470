import { realpath } from 'node:fs/promises'
import type { AddFinding } from '../findings.ts'
import { findingList, isFine } from '../findings.ts'
import type { DistArtifact, DistInspection } from '../types.ts'
import { readArtifactList } from './artifact-list.ts'
import { inspectArtifact } from './artifact.ts'
import { compareArchives } from './compare-archives.ts'
import { checkChecksums } from './checksums.ts'

/**
 * Inspects a dist folder: is each listed file there and what artifacts.json says, and what is in it.
 * @throws INSPECT_NOT_DIST when the folder is none.
 */
export async function inspectDist(folder: string, signal?: AbortSignal): Promise<DistInspection> {
  const { artifacts: listed, ...head } = await readArtifactList(folder)
  const { findings, add } = findingList()
  const root = await realpath(folder)
  const artifacts: DistArtifact[] = []
  for (const row of listed) artifacts.push(await inspectArtifact(root, row, add, signal))
  checkTargets(artifacts, add)
  compareArchives(artifacts, add)
  await checkChecksums(root, artifacts, add)
  const ok = isFine(findings) && artifacts.every(({ inspection }) => inspection?.ok !== false)
  return { kind: 'dist', path: folder, ok, findings, ...head, artifacts }
}

/** An executable is for the system and processor its target names. */
function checkTargets(artifacts: readonly DistArtifact[], add: AddFinding): void {
  for (const { path, target, inspection } of artifacts) {
    if (inspection?.kind !== 'executable' || target === null || inspection.os === null || inspection.arch === null) continue
    const [os, arch] = target.split('/')
    if (os === inspection.os && arch === inspection.arch) continue
    add('TARGET_DIFFERS', `${path} is listed for ${target} and was built for ${inspection.os}/${inspection.arch}.`, path)
  }
}
