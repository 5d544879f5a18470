import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { distError } from '../errors/dist.ts'
import { makeFolders } from '../host/files.ts'

const tagName = 'CACHEDIR.TAG'

/** Backup programs know the first line (bford.info/cachedir); we know the second. */
const tagText = `Signature: 8a477f597d28d172789f06886806bc55
# This file marks a cache made by gopack. It may be removed at any time: gopack cache clean
`

/** Every folder gopack makes in its cache. */
const ownNames = ['records', 'notes', 'objects', 'linker', 'wine', 'go']

/** Makes the cache folder and marks it as ours, unless it holds what is not ours. */
export async function markCache(folder: string): Promise<void> {
  await makeFolders(folder)
  const names = await readdir(folder)
  // Caches of gopack 0.1 have no mark.
  const earlier = names.includes('linker') && names.includes('records') && names.every((name) => ownNames.includes(name))
  if (names.length > 0 && !earlier) return
  await writeFile(join(folder, tagName), tagText, { flag: 'wx' }).catch(() => undefined)
}

/**
 * Refuses a folder that holds what is not gopack's and no mark: what takes hundreds of megabytes could not be removed from it again.
 * @throws CACHE_REFUSED
 */
export async function checkOwnCache(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [] as string[])
  const other = names.find((name) => !ownNames.includes(name) && name !== tagName)
  if (other === undefined || (await isMarked(folder))) return
  throw distError('CACHE_REFUSED', {
    message: `gopack will not put Go into ${folder}: it holds other things (${other}) and is not marked as a cache of gopack.`,
    hint: 'Name an empty folder, or one that is not there yet, in GOPACK_CACHE; or unset it.',
  })
}

/** True for a folder that {@link markCache} has marked: only there is anything removed. */
export async function isMarked(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, tagName), 'utf8').catch(() => '')
  return text.split('\n', 1)[0] === tagText.split('\n', 1)[0] && text.includes('gopack')
}
