import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { chmod, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as breath } from 'node:timers/promises'
import { ArchiveDamage } from './damage.ts'
import { byteCounter, type ArchiveFile, type ArchiveFiles } from './files.ts'
import type { ModuleHash } from './module-hash.ts'
import { pathChecker } from './names.ts'

export interface UnpackOptions {
  /** An empty folder. */
  readonly to: string
  readonly hash: ModuleHash
  /** Files it says false to are passed over. */
  readonly keep?: (path: string) => boolean
  readonly signal?: AbortSignal | undefined
}

/** Files between two looks at signals and progress. */
const atOnce = 64

/**
 * Writes and hashes every file of an archive after checking its path. Nothing that is written may be run yet: that is for
 * {@link makeRunnable}, once the hash is known to be right.
 * @throws ArchiveDamage; errors of the file system as they are
 */
export async function unpack(files: ArchiveFiles, { to, hash, keep, signal }: UnpackOptions): Promise<void> {
  const check = pathChecker()
  const fits = byteCounter()
  const made = new Set<string>()
  let count = 0
  // No waiting where there is nothing to wait for: 11,000 times a little is a lot.
  for (const list = iterate(files); ;) {
    const next = list()
    const { done, value: file } = next instanceof Promise ? await next : next
    if (done === true) break
    if (count++ % atOnce === 0) {
      await breath()
      signal?.throwIfAborted()
    }
    check(file.path)
    if (keep?.(file.path) === false) continue
    const digest = hash.begin()
    const descriptor = create(to, file.path, made)
    try {
      const reading = file.read((piece) => {
        if (!fits(piece.length)) throw new ArchiveDamage('it unpacks to far more than any Go')
        digest.update(piece)
        writeFully(descriptor, piece)
      })
      if (reading !== undefined) await reading
    } finally {
      closeSync(descriptor)
    }
    hash.end(file.path, digest)
  }
  if (count === 0) throw new ArchiveDamage('it is empty')
}

type Next = IteratorResult<ArchiveFile, unknown>

function iterate(files: ArchiveFiles): () => Next | Promise<Next> {
  const list = Symbol.iterator in files ? files[Symbol.iterator]() : files[Symbol.asyncIterator]()
  return () => list.next()
}

function create(root: string, path: string, made: Set<string>): number {
  makeParents(root, path, made)
  return openSync(join(root, path), 'wx', 0o644)
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

/** What lies in bin/ and pkg/tool/ may be run, nothing else: module zips have no modes. */
export async function makeRunnable(root: string): Promise<void> {
  for (const folder of ['bin', join('pkg', 'tool')]) {
    for (const entry of await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []))
      if (entry.isFile()) await chmod(join(entry.parentPath, entry.name), 0o755)
  }
}
