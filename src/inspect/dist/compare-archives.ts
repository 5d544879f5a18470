import type { AddFinding } from '../findings.ts'
import type { DistArtifact } from '../types.ts'

/** Each archive holds the very executables that are listed for its app and target. */
export function compareArchives(artifacts: readonly DistArtifact[], add: AddFinding): void {
  for (const { app, target, path, inspection } of artifacts) {
    if (inspection?.kind !== 'archive' || target === null) continue
    const packed = new Set(inspection.entries.map(({ sha256 }) => sha256))
    for (const executable of artifacts) {
      if (executable.type !== 'executable' || executable.app !== app || executable.target !== target || executable.state !== 'ok') continue
      if (!packed.has(executable.sha256.toLowerCase()))
        add('ARCHIVE_DIFFERS', `${path} does not hold ${executable.path} as it is now.`, path)
    }
  }
}
