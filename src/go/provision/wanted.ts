import { compareGoVersions } from '../version.ts'

/** What asks for a Go: the configuration's go.version, and the go and toolchain lines of go.mod. */
export interface GoWish {
  readonly configured?: string | undefined
  readonly goLine?: string | undefined
  readonly toolchainLine?: string | undefined
}

/** A version to fetch: a release (`1.26.10`, `1.27rc1`), or the newest of a series (`1.27`). */
export interface WantedGo {
  readonly version: string
  readonly newestOfSeries: boolean
}

const series = /^1\.\d+$/

/**
 * Which Go is fetched: what the configuration says; else the newest that gopack knows, raised by the lines of go.mod.
 * A series gopack knows is its newest of it.
 */
export function wantedGo(wish: GoWish, known: readonly string[]): WantedGo {
  const newest = newestOf(known)
  if (wish.configured !== undefined) return asWanted(wish.configured, known)
  const lines = [wish.goLine, wish.toolchainLine?.replace(/^go/, '').replace(/[-+].*$/, '')]
  const candidates = [newest, ...lines].filter((version) => version !== undefined && /^\d+\.\d+/.test(version)) as string[]
  return asWanted(newestOf(candidates, true) ?? '', known)
}

function asWanted(version: string, known: readonly string[]): WantedGo {
  if (!series.test(version)) return { version, newestOfSeries: false }
  const own = newestOf(known.filter((candidate) => isInSeries(candidate, version)))
  return own === undefined ? { version, newestOfSeries: true } : { version: own, newestOfSeries: false }
}

/** The newest release; candidates (rc, beta) count only where asked for. */
export function newestOf(versions: readonly string[], candidatesToo = false): string | undefined {
  const offered = versions.filter((version) => candidatesToo || !/rc|beta/.test(version))
  return offered.toSorted(compareGoVersions).at(-1)
}

export const isInSeries = (version: string, wanted: string): boolean =>
  version === wanted || new RegExp(`^${wanted.replace('.', '\\.')}(\\.|rc|beta)`).test(version)

/** The release a series began with: since Go 1.21 it has a third number. */
export const firstOfSeries = (version: string): string => (compareGoVersions(version, '1.21') >= 0 ? `${version}.0` : version)

/** Up to three versions that do exist, nearest to one that does not: the next older, the next newer, the newest of all. */
export function nearestVersions(wanted: string, known: readonly string[]): string[] {
  const sorted = known.filter((version) => !/rc|beta/.test(version)).toSorted(compareGoVersions)
  const older = sorted.findLast((version) => compareGoVersions(version, wanted) < 0)
  const newer = sorted.find((version) => compareGoVersions(version, wanted) > 0)
  return [...new Set([older, newer, sorted.at(-1)])].filter((version) => version !== undefined)
}
