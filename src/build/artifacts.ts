import type { Target } from '../go/targets.ts'
import type { Content } from '../host/files.ts'

interface OfLane {
  readonly app: string
  readonly version: string
  readonly tag: string
  readonly target: Target
}

interface InOutput extends Content {
  /** Path in the output folder, `/` separated. */
  readonly path: string
  /** Where the bytes are now: in the staging folder, or in the output folder already. */
  readonly at: string
}

/** The linker's own output; it stays in the cache and never leaves it. */
export interface LinkedArtifact extends OfLane, Content {
  readonly type: 'linked'
  readonly at: string
}

export interface ExecutableArtifact extends OfLane, InOutput {
  readonly type: 'executable'
}

export interface ArchiveArtifact extends OfLane, InOutput {
  readonly type: 'archive'
}

export interface ChecksumArtifact extends InOutput {
  readonly type: 'checksum'
}

/** What steps hand on to each other: a closed union. */
export type Artifact = LinkedArtifact | ExecutableArtifact | ArchiveArtifact | ChecksumArtifact

export type ArtifactOf<T extends Artifact['type']> = Extract<Artifact, { type: T }>

/** The artifact of a kind that an earlier step made; of this app, where there may be several. */
export function take<T extends Artifact['type']>(artifacts: readonly Artifact[], type: T, app?: string): ArtifactOf<T> {
  const found = artifacts.find(
    (artifact): artifact is ArtifactOf<T> => artifact.type === type && (app === undefined || ('app' in artifact && artifact.app === app)),
  )
  if (found === undefined) throw new Error(`no step before made the artifact "${type}"`)
  return found
}
