import { open, stat, type FileHandle } from 'node:fs/promises'
import { inspectError } from '../errors/inspect.ts'
import { fileSource } from '../pe/byte-source.ts'
import { archiveFormat, describeUnknown, executableFormat } from './detect.ts'
import { inspectExecutable } from './executable.ts'
import type { Inspection } from './types.ts'

export interface InspectOptions {
  readonly signal?: AbortSignal
}

/**
 * Looks into an executable, an archive or a dist folder; reads only, unpacks nothing to disk. Damage and mismatches are
 * findings of a report whose `ok` is false.
 * @throws INSPECT_NOT_FOUND, INSPECT_UNKNOWN_FILE, INSPECT_NOT_DIST; PE_UNREADABLE or INSPECT_DAMAGED when an executable's
 * headers are cut off; the signal's reason when it is aborted.
 */
export async function inspect(path: string, options: InspectOptions = {}): Promise<Inspection> {
  const { signal } = options
  signal?.throwIfAborted()
  const stats = await stat(path).catch((cause: NodeJS.ErrnoException) => notFound(path, cause))
  if (stats.isDirectory()) {
    const { inspectDist } = await import('./dist/dist.ts')
    return inspectDist(path, signal)
  }
  if (!stats.isFile()) throw inspectError('INSPECT_UNKNOWN_FILE', { message: `${path} is neither a file nor a folder.` })
  const file = await open(path).catch((cause: NodeJS.ErrnoException) => notFound(path, cause))
  try {
    return await inspectFile(file, path, signal)
  } finally {
    await file.close()
  }
}

/** {@link inspect} for an open file; the path is only named. */
export async function inspectFile(file: FileHandle, path: string, signal?: AbortSignal): Promise<Exclude<Inspection, { kind: 'dist' }>> {
  const source = await fileSource(file, signal)
  const head = await source.read(0, 512)
  const format = executableFormat(head)
  if (format !== undefined) return inspectExecutable(source, path, format)
  const archive = archiveFormat(head)
  if (archive === 'zip') return (await import('./archive/zip.ts')).inspectZip(file, source, path, signal)
  if (archive === 'tar.gz') return (await import('./archive/tar.ts')).inspectTar(source, path, signal)
  throw inspectError('INSPECT_UNKNOWN_FILE', {
    message: `${path} is neither an executable nor a .zip or .tar.gz: it seems to be ${describeUnknown(head)}.`,
  })
}

function notFound(path: string, cause: NodeJS.ErrnoException): never {
  const reason =
    cause.code === 'ENOENT'
      ? 'does not exist'
      : cause.code === 'EACCES'
        ? 'cannot be read: permission denied'
        : `cannot be read: ${cause.code}`
  throw inspectError('INSPECT_NOT_FOUND', { message: `${path} ${reason}.`, cause })
}
