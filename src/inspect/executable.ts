import type { ByteSource } from '../pe/byte-source.ts'
import type { ExecutableFormat } from './detect.ts'
import { inspectOther } from './other-executable.ts'
import { inspectPe } from './pe-executable.ts'
import type { ExecutableInspection } from './types.ts'

/**
 * Inspects an executable of a known format.
 * @throws PE_UNREADABLE, INSPECT_DAMAGED when its headers are cut off.
 */
export function inspectExecutable(source: ByteSource, path: string, format: ExecutableFormat): Promise<ExecutableInspection> {
  return format === 'pe' ? inspectPe(source, path) : inspectOther(source, path, format)
}
