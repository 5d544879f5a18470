import { readFile, readdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { removeTree, writeReplaced } from '../../host/files.ts'
import { currentBoot, isSameBoot } from './boot.ts'
import { hashTree, markName } from './tree-hash.ts'
import { moduleVersion } from './sources.ts'
import type { GoHost } from './types.ts'

/** The folder of the cache that holds every Go fetched, one folder each, and the locks and halves beside them. */
export const goFolder = (cache: string): string => join(cache, 'go')

/** `go1.26.10.linux-amd64` */
export const goName = (version: string, { os, arch }: GoHost): string => `go${version}.${os}-${arch}`

export const goProgram = (root: string, { os }: GoHost): string => join(root, 'bin', os === 'windows' ? 'go.exe' : 'go')

interface Mark {
  readonly schema: 1
  readonly version: string
  /** h1 hash of the files, as they were verified. */
  readonly hash: string
  /** Where it came from, without credentials. */
  readonly from: string
  /** The start of the machine it was unpacked in. */
  readonly boot: string
  /** True once the files were read and found right in a later one. */
  readonly settled: boolean
}

export interface KeptGo {
  readonly version: string
  readonly root: string
  readonly file: string
}

/** Says what a Go is; written before its folder gets its name. */
export async function writeMark(root: string, version: string, hash: string, from: string): Promise<void> {
  const mark: Mark = { schema: 1, version, hash, from, boot: currentBoot(), settled: false }
  await writeFile(join(root, markName), `${JSON.stringify(mark, null, 2)}\n`)
}

/**
 * A Go that was fetched before, or undefined. Its 11,000 files were not flushed one by one, which would take longer than all the
 * rest: after the machine was started anew they are compared with their hash, once, so that a power cut cannot leave a broken Go.
 */
export async function findKept(cache: string, version: string, host: GoHost): Promise<KeptGo | undefined> {
  const root = join(goFolder(cache), goName(version, host))
  const mark = await readMark(root)
  if (mark === undefined || mark.version !== version) return undefined
  const kept = { version, root, file: goProgram(root, host) }
  if ((await stat(kept.file).catch(() => undefined)) === undefined) return undefined
  if (!mark.settled && !isSameBoot(mark.boot, currentBoot())) {
    if ((await hashTree(root, moduleVersion(version, host))) !== mark.hash) return undefined
    await writeReplaced(join(root, markName), `${JSON.stringify({ ...mark, settled: true }, null, 2)}\n`).catch(() => undefined)
  }
  // The time of the folder says when it was used last.
  const now = new Date()
  await utimes(root, now, now).catch(() => undefined)
  return kept
}

async function readMark(root: string): Promise<Mark | undefined> {
  try {
    const mark = JSON.parse(await readFile(join(root, markName), 'utf8')) as Mark
    return mark.schema === 1 ? mark : undefined
  } catch {
    return undefined
  }
}

/** Removes what killed runs left of one version, and the version itself where it is not whole. Call it with the lock held. */
export async function tidy(cache: string, name: string): Promise<void> {
  const folder = goFolder(cache)
  for (const entry of await readdir(folder).catch(() => [] as string[])) {
    if (entry === name || (entry.startsWith(`${name}.`) && entry.endsWith('.tmp'))) await removeTree(join(folder, entry))
  }
}
