import { lstat, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { distError } from '../errors/dist.ts'
import { acquireLock } from '../host/lock.ts'
import { removeTree } from '../host/files.ts'
import { isMarked } from './mark.ts'
import { pruneGo } from './prune-go.ts'

/** Bytes the cache may hold. */
export const defaultCacheLimit = 2 * 1024 ** 3

interface Entry {
  readonly path: string
  readonly size: number
  readonly used: number
}

/** Removes the entries not used for longest until the cache fits; linker outputs in use are left alone. */
export async function pruneCache(folder: string, limit: number = defaultCacheLimit): Promise<void> {
  if (!(await isMarked(folder))) return
  await pruneGo(folder, false)
  const entries = (
    await Promise.all([
      ...['records', 'notes', 'objects'].map((name) => entriesOf(join(folder, name), 2)),
      entriesOf(join(folder, 'linker'), 1),
    ])
  ).flat()
  let total = entries.reduce((sum, { size }) => sum + size, 0)
  entries.sort((a, b) => a.used - b.used)
  for (const { path, size } of entries) {
    if (total <= limit) return
    if (await removeEntry(path)) total -= size
  }
}

/**
 * Empties the cache and says how many bytes that freed.
 * @throws CACHE_REFUSED for a folder gopack did not make
 */
export async function cleanCache(folder: string): Promise<number> {
  if ((await readdir(folder).catch(() => [])).length === 0) return 0
  if (!(await isMarked(folder)))
    throw distError('CACHE_REFUSED', { message: `Nothing was removed: ${folder} holds things and is not marked as a cache of gopack.` })
  const size = await sizeOf(folder)
  for (const name of ['records', 'notes', 'objects', 'wine']) await removeTree(join(folder, name))
  for (const { path } of await entriesOf(join(folder, 'linker'), 1)) await removeEntry(path)
  await pruneGo(folder, true)
  return size - (await sizeOf(folder))
}

async function removeEntry(path: string): Promise<boolean> {
  if (!isLinkerFolder(path)) return removeTree(path).then(() => true)
  try {
    const lock = await acquireLock(`${path}.lock`, { patience: 0 })
    await removeTree(path)
    await lock.release()
    return true
  } catch {
    // Another gopack is linking there.
    return false
  }
}

const isLinkerFolder = (path: string): boolean => dirname(path).endsWith('linker')

async function entriesOf(folder: string, depth: number): Promise<Entry[]> {
  const names = await readdir(folder).catch(() => [] as string[])
  const paths = names.filter((name) => !name.includes('.lock')).map((name) => join(folder, name))
  if (depth > 1) return (await Promise.all(paths.map((path) => entriesOf(path, depth - 1)))).flat()
  return Promise.all(
    paths.map(async (path) => {
      const state = await lstat(path).catch(() => undefined)
      return { path, size: await sizeOf(path), used: state?.mtimeMs ?? 0 }
    }),
  )
}

/** Bytes of a file or of everything below a folder. */
export async function sizeOf(path: string): Promise<number> {
  const state = await lstat(path).catch(() => undefined)
  if (state === undefined) return 0
  if (!state.isDirectory()) return state.size
  const sizes = await Promise.all((await readdir(path).catch(() => [] as string[])).map((name) => sizeOf(join(path, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}
