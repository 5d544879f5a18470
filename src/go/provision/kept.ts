import { readdir } from 'node:fs/promises'
import { pinnedGo, thisHost } from './pinned.ts'
import { findKept, goFolder, type KeptGo } from './store.ts'
import type { GoHost, PinnedGo } from './types.ts'
import { isInSeries, newestOf, wantedGo, type GoWish, type WantedGo } from './wanted.ts'

export interface KeptRequest {
  readonly wish: GoWish
  /** gopack's cache folder. */
  readonly cache: string
  readonly host?: GoHost
  readonly pinned?: PinnedGo
}

/** The Go in the cache that a wish asks for, without any network; undefined where there is none. */
export async function keptGo({ wish, cache, host = thisHost(), pinned = pinnedGo }: KeptRequest): Promise<KeptGo | undefined> {
  const version = await keptVersion(wantedGo(wish, Object.keys(pinned)), cache, host)
  return version === undefined ? undefined : findKept(cache, version, host)
}

/** Of a series, the newest that is there will do: otherwise every build would ask for a newer one. */
async function keptVersion(wanted: WantedGo, cache: string, { os, arch }: GoHost): Promise<string | undefined> {
  if (!wanted.newestOfSeries) return wanted.version
  const ending = `.${os}-${arch}`
  const names = await readdir(goFolder(cache)).catch(() => [] as string[])
  const versions = names.filter((name) => name.startsWith('go') && name.endsWith(ending)).map((name) => name.slice(2, -ending.length))
  return newestOf(versions.filter((version) => isInSeries(version, wanted.version)))
}
