import { isTime } from '../config/time.ts'
import { projectError } from '../errors/project.ts'
import type { GitState } from './git.ts'

export interface TimestampSources {
  /** --timestamp */
  readonly option?: string | undefined
  /** SOURCE_DATE_EPOCH */
  readonly epoch?: string | undefined
  /** version.timestamp */
  readonly configured?: string | undefined
  readonly git: GitState
  /** The clock in milliseconds; asked only for "now". */
  readonly now: () => number
}

export interface Timestamp {
  /** Seconds since 1970. */
  readonly seconds: number
  readonly source: 'option' | 'SOURCE_DATE_EPOCH' | 'configuration' | 'commit' | 'none'
}

/** What stands in for a time where there is neither a commit nor a setting: the first one a zip can hold. */
const fallbackSeconds = Date.UTC(1980, 0, 1) / 1000
const lastSeconds = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000

/**
 * The time of the build, by precedence: --timestamp, SOURCE_DATE_EPOCH, version.timestamp, the commit.
 * @throws TIMESTAMP_INVALID
 */
export function chooseTimestamp(sources: TimestampSources): Timestamp {
  if (sources.option !== undefined) return { seconds: read(sources.option, '--timestamp', sources), source: 'option' }
  if (sources.epoch !== undefined && sources.epoch !== '') {
    if (!/^\d{1,12}$/.test(sources.epoch))
      throw projectError('TIMESTAMP_INVALID', { message: `SOURCE_DATE_EPOCH is "${sources.epoch}", not whole seconds since 1970.` })
    return { seconds: bounded(Number(sources.epoch), 'SOURCE_DATE_EPOCH'), source: 'SOURCE_DATE_EPOCH' }
  }
  if (sources.configured !== undefined && sources.configured !== 'commit') {
    return { seconds: read(sources.configured, 'version.timestamp', sources), source: 'configuration' }
  }
  return commitTime(sources.git)
}

function commitTime(git: GitState): Timestamp {
  return git.present ? { seconds: git.committed, source: 'commit' } : { seconds: fallbackSeconds, source: 'none' }
}

function read(text: string, name: string, sources: TimestampSources): number {
  if (text === 'commit') return commitTime(sources.git).seconds
  if (text === 'now') return Math.floor(sources.now() / 1000)
  if (!isTime(text))
    throw projectError('TIMESTAMP_INVALID', { message: `${name} is "${text}", not commit, now or a time such as 2026-11-21T15:30:00Z.` })
  return bounded(Math.floor(Date.parse(text) / 1000), name)
}

function bounded(seconds: number, name: string): number {
  if (seconds < 0 || seconds > lastSeconds)
    throw projectError('TIMESTAMP_INVALID', { message: `${name} lies outside the years 1970 to 9999.` })
  return seconds
}

/** `YYYYMMDD.HHMM` in UTC, as tags carry it. */
export function tagTime(seconds: number): string {
  const iso = isoTime(seconds)
  return `${iso.slice(0, 10).replaceAll('-', '')}.${iso.slice(11, 16).replace(':', '')}`
}

/** RFC 3339 in UTC, whole seconds. */
export const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
