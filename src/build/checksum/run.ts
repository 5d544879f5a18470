import { join } from 'node:path'
import { hashText, writeFlushed } from '../../host/files.ts'
import type { ChecksumArtifact } from '../artifacts.ts'
import { checksumsFileName } from '../dist/names.ts'
import type { PreviousOutput } from '../dist/previous.ts'
import type { Staging } from '../dist/staging.ts'

interface Listable {
  readonly type: string
  readonly path: string
  readonly sha256: string
}

/** checksums.txt as `sha256sum -c` reads it: of the files meant for upload, never of itself. */
export function checksumText(artifacts: readonly Listable[]): string {
  const uploads = artifacts.filter((artifact) => artifact.type === 'archive')
  const lines = uploads.map(({ sha256, path }) => `${sha256}  ${path}\n`)
  return lines.sort((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join('')
}

export async function writeChecksums(
  artifacts: readonly Listable[],
  staging: Staging,
  previous: PreviousOutput,
): Promise<ChecksumArtifact> {
  const text = checksumText(artifacts)
  const content = { sha256: hashText(text), size: Buffer.byteLength(text) }
  if (await previous.has(checksumsFileName, content)) {
    return { type: 'checksum', path: checksumsFileName, at: join(staging.out, checksumsFileName), ...content }
  }
  const at = await staging.place(checksumsFileName)
  await writeFlushed(at, text)
  return { type: 'checksum', path: checksumsFileName, at, ...content }
}
