import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashFile, writeFlushed } from '../../host/files.ts'
import { formatArtifactsFile, type ArtifactsFile } from './artifacts-file.ts'
import { commit } from './commit.ts'
import type { OutputArtifact } from './list.ts'
import { artifactsFileName } from './names.ts'
import type { PreviousOutput } from './previous.ts'
import type { Staging } from './staging.ts'

/**
 * Makes the staged artifacts the content of the output folder. When every file is there already, byte for byte,
 * nothing is touched.
 */
export async function publish(
  staging: Staging,
  artifacts: readonly OutputArtifact[],
  file: ArtifactsFile,
  previous: PreviousOutput,
): Promise<void> {
  const { out } = staging
  const text = formatArtifactsFile(file)
  const kept = await Promise.all(
    artifacts.map(async (artifact) => artifact.at === join(out, artifact.path) || (await previous.has(artifact.path, artifact))),
  )
  if (kept.every(Boolean) && (await readFile(join(out, artifactsFileName), 'utf8').catch(() => '')) === text) return
  const moves = artifacts.filter((_, index) => !kept[index])
  for (const { at, sha256 } of moves) {
    if ((await hashFile(at)).sha256 !== sha256) throw new Error(`${at} changed while it was staged`)
  }
  await writeFlushed(await staging.place(artifactsFileName), text)
  const made = new Set(file.artifacts.map(({ path }) => path))
  await commit(out, staging.folder, {
    schema: 1,
    moves: moves.map(({ path, sha256, size }) => ({ path, sha256, size })),
    removes: (previous.file?.artifacts ?? []).map(({ path }) => path).filter((path) => !made.has(path)),
  })
}
