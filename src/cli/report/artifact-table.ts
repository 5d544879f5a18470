import type { ChalkInstance } from 'chalk'
import type { ArtifactsFile, ListedArtifact } from '../../build/dist/artifacts-file.ts'
import { formatSize } from '../../host/terminal.ts'

/** One line an artifact: path, size, and how that differs from the build before. */
export function artifactTable(now: ArtifactsFile, before: ArtifactsFile | undefined, out: string, colors: ChalkInstance): string {
  if (now.artifacts.length === 0) return 'Nothing was built.'
  const rows = now.artifacts.map((artifact) => [`${out}/${artifact.path}`, formatSize(artifact.size), change(artifact, before)] as const)
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows
    .map(([path, size, difference]) => `${path.padEnd(widths[0]!)}  ${size.padStart(widths[1]!)}  ${colors.dim(difference)}`.trimEnd())
    .join('\n')
}

/** Compared with the artifact of the same kind, program and target; the name holds the time and differs each build. */
export function change(artifact: ListedArtifact, before: ArtifactsFile | undefined): string {
  if (before === undefined) return 'new'
  const same = (other: ListedArtifact): boolean =>
    other.type === artifact.type && other.app === artifact.app && JSON.stringify(other.target) === JSON.stringify(artifact.target)
  const old = before.artifacts.find(same)
  if (old === undefined) return 'new'
  if (old.sha256 === artifact.sha256) return 'unchanged'
  const difference = artifact.size - old.size
  if (difference === 0) return 'changed, same size'
  const percent = old.size === 0 ? '' : ` (${difference > 0 ? '+' : ''}${((difference / old.size) * 100).toFixed(1)} %)`
  return `${difference > 0 ? '+' : '-'}${formatSize(Math.abs(difference))}${percent}`
}
