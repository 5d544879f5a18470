import { join } from 'node:path'
import { checkOwnCache, markCache } from '../../cache/mark.ts'
import { GopackError } from '../../errors/gopack-error.ts'
import { toolchainError } from '../../errors/toolchain.ts'
import { acquireLock } from '../../host/lock.ts'
import { compareGoVersions } from '../version.ts'
import { readGoAccess } from './access.ts'
import { fetchByGo } from './by-go.ts'
import { fetchGo, type Failure } from './fetch.ts'
import { bootstrapHost, hostName, pinnedGo, pinnedHash, thisHost } from './pinned.ts'
import { isUnknown, publishedVersions } from './published.ts'
import { goSources } from './sources.ts'
import { findKept, goFolder, goName, tidy, type KeptGo } from './store.ts'
import type { GoHost, PinnedGo, ProvisionContext, ProvisionListener } from './types.ts'
import { firstOfSeries, isInSeries, nearestVersions, newestOf, wantedGo, type GoWish } from './wanted.ts'

export interface GoRequest {
  readonly wish: GoWish
  /** gopack's cache folder. */
  readonly cache: string
  readonly environment: NodeJS.ProcessEnv
  /** A go command that is there already: from 1.21 on it can fetch others. */
  readonly present?: { readonly file: string; readonly version: string } | undefined
  readonly signal?: AbortSignal | undefined
  readonly listener?: ProvisionListener
  /** Default: this machine, and the hashes gopack brings. */
  readonly host?: GoHost
  readonly pinned?: PinnedGo
}

type Work = ProvisionContext & Pick<GoRequest, 'cache' | 'present'> & { readonly host: GoHost; readonly pinned: PinnedGo }

/** Go commands from this version on check the toolchains they fetch. */
const firstThatVerifies = '1.21'

/**
 * Gives a Go in gopack's cache: one that is there already, else one that is fetched, verified and unpacked, whole or not at all.
 * Several runs that need the same one share one download.
 * @throws GO_UNREACHABLE, GO_NOT_OFFERED, GO_UNVERIFIED, GO_VERSION_UNKNOWN, GO_REFUSED, GO_NOT_KEPT, GO_DOES_NOT_START, CACHE_REFUSED
 */
export async function provideGo(request: GoRequest): Promise<KeptGo> {
  const { pinned = pinnedGo, host = thisHost(), listener = () => undefined } = request
  const work: Work = { ...request, pinned, host, listener }
  const wanted = wantedGo(request.wish, Object.keys(pinned))
  try {
    await checkOwnCache(work.cache)
    const version = wanted.newestOfSeries ? await newestPublished(wanted.version, work) : wanted.version
    return await provideVersion(version, work)
  } catch (error) {
    request.signal?.throwIfAborted()
    throw asKnown(error, request.cache)
  }
}

async function provideVersion(version: string, work: Work): Promise<KeptGo> {
  const { cache, host, listener, signal } = work
  const kept = await findKept(cache, version, host)
  if (kept !== undefined) return kept
  const start = performance.now()
  await markCache(cache)
  const name = goName(version, host)
  const onWait = (holder: number): void => listener({ type: 'go-waiting', version, holder })
  const lock = await acquireLock(join(goFolder(cache), `${name}.lock`), { signal, onWait })
  try {
    const made = await findKept(cache, version, host)
    if (made !== undefined) return made
    await tidy(cache, name)
    await fetchVersion(version, work, lock.recordChild)
    const fresh = await findKept(cache, version, host)
    if (fresh === undefined) throw toolchainError('GO_NOT_KEPT', { message: `Go ${version} went from the cache while it was being made.` })
    listener({ type: 'go-ready', version, file: fresh.file, milliseconds: performance.now() - start })
    return fresh
  } finally {
    await lock.release()
  }
}

async function fetchVersion(version: string, work: Work, onSpawn: (pid: number) => void): Promise<void> {
  const { environment, host, pinned } = work
  const access = readGoAccess(environment)
  const sources = goSources(access, environment)
  const hash = pinnedHash(pinned, version, host)
  if (hash === undefined && access.sumDatabase === 'off')
    throw toolchainError('GO_UNVERIFIED', { message: `Go ${version} is not one gopack knows the hash of, and GOSUMDB is off.` })
  const failures = hash !== undefined || sources[0]?.kind === 'official' ? await fetchGo({ ...work, version, hash, sources }) : []
  if (failures === undefined) return
  if (hash !== undefined) throw unreachable(version, failures)
  if (await isUnknown(version, sources, host, work)) throw await unknownVersion(version, work)
  const bootstrap = await bootstrapGo(version, work, failures)
  const fetched = await fetchByGo({ ...work, version, bootstrap, onSpawn }).catch(async (error: unknown) => {
    // Some proxies do not say "not found" of what there is not.
    const published = codeOf(error) === 'GO_UNREACHABLE' ? await publishedHere(work) : undefined
    if (published === undefined || published.includes(version)) throw error
    return false
  })
  if (!fetched) throw await unknownVersion(version, work)
}

const codeOf = (error: unknown): string | undefined => (error instanceof GopackError ? error.code : undefined)

/** A go command that can fetch others: the one that is there, else the pinned one. */
async function bootstrapGo(version: string, work: Work, failures: readonly Failure[]): Promise<string> {
  const { present, pinned, host } = work
  if (present !== undefined && compareGoVersions(present.version, firstThatVerifies) >= 0) return present.file
  const own = bootstrapHost(pinned, host)
  const newest = newestOf(Object.keys(pinned).filter((candidate) => own !== undefined && pinnedHash(pinned, candidate, own) !== undefined))
  if (own === undefined || newest === undefined) {
    if (failures.some(({ missing }) => !missing)) throw unreachable(version, failures)
    throw toolchainError('GO_NOT_OFFERED', { message: `gopack cannot fetch Go ${version} for ${hostName(host)}.` })
  }
  return (await provideVersion(newest, { ...work, host: own })).file
}

function unreachable(version: string, failures: readonly Failure[]): GopackError {
  const output = failures.map(({ from, reason }) => `${from}: ${reason}`)
  return toolchainError('GO_UNREACHABLE', { message: `Go ${version} could not be fetched.`, output })
}

async function newestPublished(series: string, work: Work): Promise<string> {
  const published = await publishedHere(work)
  const offered = published?.filter((version) => isInSeries(version, series)) ?? []
  return newestOf(offered) ?? newestOf(offered, true) ?? firstOfSeries(series)
}

const publishedHere = (work: Work): Promise<string[] | undefined> =>
  publishedVersions(goSources(readGoAccess(work.environment), work.environment), work.host, work)

async function unknownVersion(version: string, work: Work): Promise<GopackError> {
  const published = await publishedHere(work)
  const nearest = nearestVersions(version, [...(published ?? []), ...Object.keys(work.pinned)])
  const list = nearest.length === 0 ? '' : ` Nearest to it: ${nearest.join(', ')}.`
  return toolchainError('GO_VERSION_UNKNOWN', { message: `There is no Go ${version} for ${hostName(work.host)}.${list}` })
}

/** What the file system refuses is the cache's trouble. */
function asKnown(error: unknown, cache: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException
  if (error instanceof GopackError || code === undefined || syscall === undefined) return error
  return toolchainError('GO_NOT_KEPT', { message: `Go could not be written to ${cache} (${code}).`, cause: error })
}
