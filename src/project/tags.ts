import semver from 'semver'
import type { GitTag } from './git.ts'

export type VersionScheme = 'semver' | 'calver' | 'timestamp'

/** A git tag that names a version under the scheme in force. */
export interface VersionTag {
  readonly tag: string
  readonly commit: string
  readonly version: semver.SemVer
}

/** Windows stores each part of a version in 16 bits. */
export const partLimit = 65535

/** Windows can store it. */
export const fits = ({ major, minor, patch }: semver.SemVer): boolean => Math.max(major, minor, patch) <= partLimit

/**
 * The tags that are versions, highest first; others are left out. Numbers Windows cannot store make a tag no version (a date, a
 * build number), unless it stands at `head` and would be used.
 */
export function versionTags(tags: readonly GitTag[], scheme: VersionScheme, prefix: string, head?: string): VersionTag[] {
  const found = tags.flatMap(({ name, commit }) => {
    const version = name.startsWith(prefix) ? parseTagVersion(name.slice(prefix.length), scheme) : undefined
    return version === undefined || (!fits(version) && commit !== head) ? [] : [{ tag: name, commit, version }]
  })
  return found.sort((a, b) => semver.rcompare(a.version, b.version) || (a.tag < b.tag ? -1 : 1))
}

/** `v1.4.2`, `v2026.11.21`, or under the timestamp scheme `v20261121-1530` → 2026.1121.1530. */
export function parseTagVersion(text: string, scheme: VersionScheme): semver.SemVer | undefined {
  const bare = text.startsWith('v') ? text.slice(1) : text
  if (scheme === 'timestamp') {
    const stamp = /^(\d{4})(\d{4})-(\d{4})$/.exec(bare)
    return stamp === null ? undefined : (semver.parse(stamp.slice(1).map(Number).join('.')) ?? undefined)
  }
  return semver.parse(bare) ?? undefined
}

/**
 * The prefix of this module's tags: its folder where a tag with it exists (`cmd/tool/v1.2.3`), else none.
 * @param moduleFolder path from the git top level, `/` separated, empty at the top
 */
export function findTagPrefix(tags: readonly GitTag[], moduleFolder: string, scheme: VersionScheme): string {
  const prefix = moduleFolder === '' ? '' : `${moduleFolder}/`
  return prefix !== '' && versionTags(tags, scheme, prefix).length > 0 ? prefix : ''
}
