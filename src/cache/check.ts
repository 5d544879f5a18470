import { distError } from '../errors/dist.ts'
import { contains, realPathOf } from '../project/paths.ts'

/**
 * Refuses a cache that would hold the project itself: what is in a cache may go at any time.
 * @throws CACHE_REFUSED
 */
export function checkCacheFolder(cache: string, folders: readonly string[]): void {
  const inside = folders.find((folder) => contains(realPathOf(cache), realPathOf(folder)))
  if (inside !== undefined)
    throw distError('CACHE_REFUSED', { message: `gopack will not keep its cache in ${cache}: the module ${inside} lies in it.` })
}
