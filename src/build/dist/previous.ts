import { join } from 'node:path'
import { hashIfThere, type Content } from '../../host/files.ts'
import { readArtifactsFile, type ArtifactsFile, type ListedArtifact } from './artifacts-file.ts'

/** What the last build left in the output folder. */
export interface PreviousOutput {
  readonly file: ArtifactsFile | undefined
  /** True when this path is listed and the file's bytes are these; they are hashed once and only when asked. */
  readonly has: (path: string, content: Content) => Promise<boolean>
  readonly entry: (path: string) => ListedArtifact | undefined
}

export async function readPreviousOutput(out: string): Promise<PreviousOutput> {
  const file = await readArtifactsFile(out)
  const listed = new Map(file?.artifacts.map((entry) => [entry.path, entry]))
  const hashes = new Map<string, Promise<Content | undefined>>()
  return {
    file,
    entry: (path) => listed.get(path),
    has: async (path, content) => {
      if (listed.get(path)?.sha256 !== content.sha256) return false
      if (!hashes.has(path)) hashes.set(path, hashIfThere(join(out, path)))
      return (await hashes.get(path))?.sha256 === content.sha256
    },
  }
}
