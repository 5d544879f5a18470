import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AddFinding } from '../findings.ts'
import type { DistArtifact } from '../types.ts'

const sizeLimit = 4 << 20

/** The checksum file people download agrees with artifacts.json, line for line. */
export async function checkChecksums(root: string, artifacts: readonly DistArtifact[], add: AddFinding): Promise<void> {
  const hashes = new Map(artifacts.map(({ path, sha256 }) => [path, sha256.toLowerCase()]))
  for (const { path, type, state, size } of artifacts) {
    if (type !== 'checksum' || state !== 'ok' || size > sizeLimit) continue
    const lines = (await readFile(join(root, path), 'utf8')).split('\n').filter((line) => line !== '')
    for (const line of lines) {
      const [, hash, name] = /^([0-9a-fA-F]{64}) [ *](.+)$/.exec(line) ?? []
      if (hash === undefined || name === undefined) add('CHECKSUMS_DIFFER', `${path} has a line that is no checksum.`, path)
      else if (hashes.get(name) !== hash.toLowerCase())
        add('CHECKSUMS_DIFFER', `${path} gives ${name} another SHA-256 than artifacts.json.`, name)
    }
  }
}
