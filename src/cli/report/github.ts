import type { ArtifactsFile } from '../../build/dist/artifacts-file.ts'
import { formatSize } from '../../host/terminal.ts'
import { change } from './artifact-table.ts'

/** The job summary, in Markdown. */
export function jobSummary(now: ArtifactsFile, before: ArtifactsFile | undefined): string {
  const rows = now.artifacts.map(
    (artifact) => `| \`${artifact.path}\` | ${formatSize(artifact.size)} | ${change(artifact, before)} | \`${artifact.sha256}\` |`,
  )
  return [
    '### gopack',
    '',
    `${now.go}, commit ${now.commit === null ? 'none' : `\`${now.commit.slice(0, 12)}\``}, time ${now.timestamp}`,
    '',
    '| artifact | size | since the last build | SHA-256 |',
    '|---|---:|---|---|',
    ...rows,
    '',
  ].join('\n')
}
