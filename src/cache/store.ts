import { constants, copyFile, readFile, rm, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolders, copyFlushed, hashIfThere, renameWithRetry, uniqueId, writeReplaced, type Content } from '../host/files.ts'

/** The cache of step results: records (input key → what came out) and the bytes of some of them. */
export interface StepCache {
  readonly folder: string
  /** What a step made of the inputs with this key, if it is known. */
  readonly recall: (key: string) => Promise<Content | undefined>
  readonly remember: (key: string, content: Content) => Promise<void>
  /** Copies kept bytes to `to`; false when they are not there, or damaged (then they are removed). */
  readonly restore: (content: Content, to: string, mode: number) => Promise<boolean>
  readonly keep: (content: Content, from: string) => Promise<void>
}

/** Opens the cache; with `enabled: false` (--no-cache) it knows nothing and still remembers. */
export function openStepCache(folder: string, enabled: boolean): StepCache {
  const recordPath = (key: string): string => join(folder, 'records', key.slice(0, 2), key)
  const objectPath = (sha256: string): string => join(folder, 'objects', sha256.slice(0, 2), sha256)
  return {
    folder,
    recall: async (key) => (enabled ? readRecord(recordPath(key)) : undefined),
    remember: async (key, content) => {
      await makeFolders(dirname(recordPath(key)))
      await writeReplaced(recordPath(key), `${content.sha256} ${content.size}\n`)
    },
    restore: async (content, to, mode) => {
      const path = objectPath(content.sha256)
      const found = enabled ? await hashIfThere(path) : undefined
      if (found === undefined) return false
      if (found.sha256 !== content.sha256) {
        await rm(path, { force: true })
        return false
      }
      await makeFolders(dirname(to))
      await copyFlushed(path, to, mode)
      await touch(path)
      return (await hashIfThere(to))?.sha256 === content.sha256
    },
    keep: async (content, from) => {
      const path = objectPath(content.sha256)
      await makeFolders(dirname(path))
      const temporary = `${path}.${uniqueId()}.tmp`
      await copyFile(from, temporary, constants.COPYFILE_FICLONE)
      await renameWithRetry(temporary, path)
    },
  }
}

async function readRecord(path: string): Promise<Content | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '')
  const match = /^([0-9a-f]{64}) (\d+)\n$/.exec(text)
  if (match === null) return undefined
  await touch(path)
  return { sha256: match[1]!, size: Number(match[2]) }
}

/** The oldest go first when the cache is full: use makes young. */
async function touch(path: string): Promise<void> {
  const now = new Date()
  await utimes(path, now, now).catch(() => undefined)
}
