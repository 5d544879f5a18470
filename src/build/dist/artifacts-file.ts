import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { artifactsFileName } from './names.ts'

/** One entry of artifacts.json; a contract with scripts (schema/artifacts.schema.json). */
export interface ListedArtifact {
  readonly type: 'executable' | 'archive' | 'checksum'
  readonly app?: string
  readonly version?: string
  readonly tag?: string
  /** Relative to the output folder, `/` separated. */
  readonly path: string
  /** The lowest Windows that starts what is in it. */
  readonly lowestWindows?: string
  readonly target?: { readonly os: string; readonly arch: string; readonly variant?: string }
  readonly sha256: string
  /** Bytes. */
  readonly size: number
}

/** artifacts.json, schema 1. */
export interface ArtifactsFile {
  readonly schema: 1
  readonly tool: { readonly name: 'gopack'; readonly version: string }
  readonly go: string
  readonly commit: string | null
  readonly dirty: boolean
  /** RFC 3339, UTC. */
  readonly timestamp: string
  readonly artifacts: readonly ListedArtifact[]
}

/** artifacts.json of an output folder, undefined where there is none or it is none of ours. */
export async function readArtifactsFile(out: string): Promise<ArtifactsFile | undefined> {
  try {
    const content = JSON.parse(await readFile(join(out, artifactsFileName), 'utf8')) as ArtifactsFile
    return content.schema === 1 && Array.isArray(content.artifacts) && content.artifacts.every(isListed) ? content : undefined
  } catch {
    return undefined
  }
}

/** Paths come from a file: whatever leaves the folder is no entry of ours. */
function isListed(entry: ListedArtifact): boolean {
  const safe =
    typeof entry.path === 'string' &&
    !entry.path.startsWith('/') &&
    !/^[A-Za-z]:/.test(entry.path) &&
    !entry.path.split(/[\\/]/).includes('..')
  return safe && /^[0-9a-f]{64}$/.test(entry.sha256) && Number.isSafeInteger(entry.size)
}

export const formatArtifactsFile = (file: ArtifactsFile): string => `${JSON.stringify(file, undefined, 2)}\n`
