import { join } from 'node:path'
import type { Content } from '../host/files.ts'
import type { ExecutableArtifact } from './artifacts.ts'
import type { StepContext } from './step.ts'

/** The lane's finished executable; where its bytes are is the output folder itself unless told. */
export function executableOf(
  { lane, staging }: StepContext,
  path: string,
  content: Content,
  at = join(staging.out, path),
): ExecutableArtifact {
  const { app, target, version } = lane
  return {
    type: 'executable',
    app,
    version: version.version,
    tag: version.tag,
    target,
    path,
    at,
    sha256: content.sha256,
    size: content.size,
  }
}
