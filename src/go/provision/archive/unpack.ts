import { closeSync, fchmodSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as breath } from 'node:timers/promises'
import { ArchiveDamage } from './damage.ts'
import { byteCounter, type ArchiveFiles } from './files.ts'
import type { ModuleHash } from './module-hash.ts'
import { pathChecker } from './names.ts'

export interface UnpackOptions {
  /** An empty folder; without it nothing is written. */
  readonly to?: string
  readonly hash?: ModuleHash
  /** Files it says false to are passed over. */
  readonly keep?: (path: string) => boolean
  readonly signal?: AbortSignal | undefined
}

/** Files between two looks at signals and progress. */
const atOnce = 64

/**
 * Reads every file of an archive, checks its path, and writes or hashes its content, or both.
 * Modes are ours: what lies in bin/ and pkg/tool/ may be run, nothing else (module zips have none).
 * @throws ArchiveDamage; errors of the file system as they are
 */
export async function unpack(files: ArchiveFiles, { to, hash, keep, signal }: UnpackOptions): Promise<void> {
  const check = pathChecker()
  const fits = byteCounter()
  const made = new Set<string>()
  let count = 0
  for await (const file of files) {
    if (count++ % atOnce === 0) {
      await breath()
      signal?.throwIfAborted()
    }
    check(file.path)
    if (keep?.(file.path) === false) continue
    const digest = hash?.begin()
    const descriptor = to === undefined ? undefined : create(to, file.path, made)
    try {
      await file.read((piece) => {
        if (!fits(piece.length)) throw new ArchiveDamage('it unpacks to far more than any Go')
        digest?.update(piece)
        if (descriptor !== undefined) writeFully(descriptor, piece)
      })
    } finally {
      if (descriptor !== undefined) closeSync(descriptor)
    }
    if (digest !== undefined) hash!.end(file.path, digest)
  }
  if (count === 0) throw new ArchiveDamage('it is empty')
}

const isProgram = (path: string): boolean => /^(bin|pkg\/tool)\//.test(path)

function create(root: string, path: string, made: Set<string>): number {
  makeParents(root, path, made)
  const descriptor = openSync(join(root, path), 'wx', 0o644)
  if (isProgram(path)) fchmodSync(descriptor, 0o755)
  return descriptor
}

function makeParents(root: string, path: string, made: Set<string>): void {
  const end = path.lastIndexOf('/')
  if (end < 0) return
  const folder = path.slice(0, end)
  if (made.has(folder)) return
  makeParents(root, folder, made)
  mkdirSync(join(root, folder))
  made.add(folder)
}

function writeFully(descriptor: number, piece: Uint8Array): void {
  for (let done = 0; done < piece.length;) done += writeSync(descriptor, piece, done)
}
