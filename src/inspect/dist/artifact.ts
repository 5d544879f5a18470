import { open, realpath, stat, type FileHandle } from 'node:fs/promises'
import { isAbsolute, join, sep } from 'node:path'
import { GopackError } from '../../errors/gopack-error.ts'
import { fileSource } from '../../pe/byte-source.ts'
import { digest } from '../digest.ts'
import type { AddFinding } from '../findings.ts'
import { inspectFile } from '../inspect.ts'
import type { DistArtifact } from '../types.ts'
import type { ListedArtifact } from './artifact-list.ts'

/** Compares one listed file with the disk and looks into it; `root` is the dist folder without symbolic links. */
export async function inspectArtifact(root: string, listed: ListedArtifact, add: AddFinding, signal?: AbortSignal): Promise<DistArtifact> {
  const { path } = listed
  const place = await locate(root, path)
  if (typeof place !== 'string') {
    const outside = place.problem === 'outside'
    add(
      outside ? 'FILE_OUTSIDE' : 'FILE_MISSING',
      outside ? `${path} leads out of the dist folder.` : `${path} is listed and not there.`,
      path,
    )
    return { ...listed, state: place.problem, inspection: null }
  }
  // Asked before it is opened: opening a pipe would wait for a writer.
  if (!(await stat(place)).isFile()) return differs(listed, 'is no file', add)
  const file = await open(place).catch(() => undefined)
  if (file === undefined) return differs(listed, 'cannot be read', add)
  try {
    return await compare(file, listed, add, signal)
  } finally {
    await file.close()
  }
}

function differs(listed: ListedArtifact, reason: string, add: AddFinding): DistArtifact {
  add('FILE_DIFFERS', `${listed.path} ${reason}.`, listed.path)
  return { ...listed, state: 'differs', inspection: null }
}

async function locate(root: string, path: string): Promise<string | { readonly problem: 'missing' | 'outside' }> {
  if (path === '' || isAbsolute(path) || path.split(/[\\/]/).includes('..')) return { problem: 'outside' }
  const place = await realpath(join(root, path)).catch(() => undefined)
  if (place === undefined) return { problem: 'missing' }
  return place.startsWith(root + sep) ? place : { problem: 'outside' }
}

async function compare(file: FileHandle, listed: ListedArtifact, add: AddFinding, signal?: AbortSignal): Promise<DistArtifact> {
  const { path, type } = listed
  const looksInside = type === 'executable' || type === 'archive' || type === 'installer'
  const inspection = looksInside ? await inspectIfPossible(file, listed, add, signal) : null
  const source = await fileSource(file, signal)
  const sha256 = inspection?.sha256 ?? (await digest(source)).sha256
  const same = sha256 === listed.sha256.toLowerCase() && source.size === listed.size
  if (!same) add('FILE_DIFFERS', `${path} is not what artifacts.json says: SHA-256 ${sha256}, ${source.size} bytes.`, path)
  return { ...listed, state: same ? 'ok' : 'differs', inspection }
}

async function inspectIfPossible(file: FileHandle, { path, type }: ListedArtifact, add: AddFinding, signal?: AbortSignal) {
  try {
    return await inspectFile(file, path, signal)
  } catch (error) {
    if (!(error instanceof GopackError)) throw error
    // An installer need not be an executable.
    if (type !== 'installer') add('FILE_DIFFERS', error.message, path)
    return null
  }
}
