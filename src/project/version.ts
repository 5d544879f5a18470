import semver from 'semver'
import { projectError } from '../errors/project.ts'
import type { GitState } from './git.ts'
import { fits, partLimit, type VersionTag } from './tags.ts'
import { tagTime } from './timestamp.ts'

export interface VersionSources {
  readonly git: GitState
  /** Version tags reachable from HEAD, highest first. */
  readonly tags: readonly VersionTag[]
  /** Commits since the highest of them; undefined where a shallow clone hides it. */
  readonly commitsSince: number | undefined
  /** --set-version */
  readonly setVersion?: string | undefined
  /** --snapshot */
  readonly snapshot: boolean
  /** Seconds since 1970. */
  readonly timestamp: number
}

/** Version and tag of a build. */
export interface ProjectVersion {
  /** Semver without leading v and without metadata. */
  readonly version: string
  /** `v{version}+{metadata}`, the form machines read. */
  readonly tag: string
  /** The tag with `-` for `+`, for file names; a label, never parsed. */
  readonly fileTag: string
  readonly snapshot: boolean
  readonly prerelease: boolean
  /** FILEVERSION and PRODUCTVERSION. */
  readonly numbers: readonly [number, number, number, number]
  /** True when a tag or --set-version gives the version, so that it may replace the program's own. */
  readonly authoritative: boolean
}

/**
 * The version and tag that git state and options give (semver 2.0.0).
 * @throws VERSION_INVALID
 */
export function chooseVersion(sources: VersionSources): ProjectVersion {
  const base = sources.tags[0]
  const chosen = choose(sources, base)
  checkParts(chosen.version, chosen.origin)
  const metadata = [
    ...chosen.version.build,
    tagTime(sources.timestamp),
    ...(chosen.snapshot && sources.git.present ? [`g${sources.git.commit.slice(0, 12)}`] : []),
    ...dirtyMark(sources.git),
  ]
  const tag = `v${chosen.version.version}+${metadata.join('.')}`
  return {
    version: chosen.version.version,
    tag,
    fileTag: tag.replace('+', '-'),
    snapshot: chosen.snapshot,
    prerelease: chosen.version.prerelease.length > 0,
    numbers: chosen.snapshot ? snapshotNumbers(sources) : [chosen.version.major, chosen.version.minor, chosen.version.patch, 0],
    authoritative: chosen.origin !== 'none',
  }
}

interface Choice {
  readonly version: semver.SemVer
  readonly snapshot: boolean
  /** Where the version comes from, for messages. */
  readonly origin: string
}

function choose(sources: VersionSources, base: VersionTag | undefined): Choice {
  const { git, setVersion } = sources
  if (setVersion !== undefined) {
    const version = semver.parse(setVersion.replace(/^v/, ''))
    if (version === null)
      throw projectError('VERSION_INVALID', { message: `--set-version "${setVersion}" is not a version such as 1.4.2 or 1.5.0-rc.1.` })
    return { version, snapshot: sources.snapshot, origin: '--set-version' }
  }
  if (!git.present) return { version: new semver.SemVer('0.0.0-dev'), snapshot: true, origin: 'none' }
  const atHead = sources.tags.find(({ commit }) => commit === git.commit)
  if (atHead !== undefined && git.dirty === undefined && !sources.snapshot)
    return { version: atHead.version, snapshot: false, origin: `the tag ${atHead.tag}` }
  if (base === undefined)
    return {
      version: new semver.SemVer(`0.0.0-dev.${git.shallow ? 'shallow' : (sources.commitsSince ?? 0)}`),
      snapshot: true,
      origin: 'none',
    }
  return { version: developmentVersion(base.version, sources.commitsSince ?? 0), snapshot: true, origin: `the tag ${base.tag}` }
}

/** After a prerelease `P.dev.N`; after a release the next patch, `-dev.N`. */
function developmentVersion(base: semver.SemVer, commits: number): semver.SemVer {
  const { major, minor, patch, prerelease } = base
  return prerelease.length > 0
    ? new semver.SemVer(`${major}.${minor}.${patch}-${prerelease.join('.')}.dev.${commits}`)
    : new semver.SemVer(`${major}.${minor}.${patch + 1}-dev.${commits}`)
}

/** The last release's numbers and the count of commits, so that a development build never outranks a release in an installer. */
function snapshotNumbers(sources: VersionSources): [number, number, number, number] {
  const release = sources.tags.find(({ version }) => version.prerelease.length === 0 && fits(version))?.version
  return [release?.major ?? 0, release?.minor ?? 0, release?.patch ?? 0, Math.min(sources.commitsSince ?? 0, partLimit)]
}

const dirtyMark = (git: GitState): string[] => (git.present && git.dirty !== undefined ? [`dirty${git.dirty}`] : [])

function checkParts(version: semver.SemVer, origin: string): void {
  const large = [version.major, version.minor, version.patch].find((part) => part > partLimit)
  if (large === undefined) return
  throw projectError('VERSION_INVALID', {
    message: `Version ${version.version} (from ${origin}) has the part ${large}; Windows version numbers end at ${partLimit}.`,
    ...(origin.startsWith('the tag')
      ? { hint: 'Give another version with --set-version, or say with version.tagPrefix which tags are versions.' }
      : {}),
  })
}
