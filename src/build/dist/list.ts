import { lowestWindows } from '../../go/lowest-windows.ts'
import { toolVersion } from '../../host/tool-version.ts'
import type { Plan } from '../../plan/types.ts'
import type { Artifact, ArtifactOf } from '../artifacts.ts'
import type { ArtifactsFile, ListedArtifact } from './artifacts-file.ts'

export type OutputArtifact = ArtifactOf<'executable' | 'archive' | 'checksum'>

export const isOutput = (artifact: Artifact): artifact is OutputArtifact => artifact.type !== 'linked'

/**
 * The content of artifacts.json: no times of day, no paths of the machine, sorted.
 * @param kept entries of the last build that stay as they are
 */
export function listArtifacts(plan: Plan, artifacts: readonly OutputArtifact[], kept: readonly ListedArtifact[]): ArtifactsFile {
  const listed = artifacts.map((artifact): ListedArtifact => {
    const { type, path, sha256, size } = artifact
    if (type === 'checksum') return { type, path, sha256, size }
    const { app, version, tag, target } = artifact
    const lowest = target.os === 'windows' ? lowestWindows(plan.go.version, target.arch) : null
    return { type, app, version, tag, path, target, ...(lowest === null ? {} : { lowestWindows: lowest }), sha256, size }
  })
  return {
    schema: 1,
    tool: { name: 'gopack', version: toolVersion },
    go: plan.go.version,
    commit: plan.commit,
    dirty: plan.dirty,
    timestamp: plan.timestamp,
    artifacts: [...listed, ...kept].sort((a, b) => (a.path < b.path ? -1 : 1)),
  }
}
