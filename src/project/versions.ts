import { relative } from 'node:path'
import type { Config } from '../config/schema/index.ts'
import { countCommits, type GitState } from './git.ts'
import type { BuildRequest } from './request.ts'
import { findTagPrefix, versionTags } from './tags.ts'
import { chooseVersion, type ProjectVersion } from './version.ts'

export interface VersionContext {
  readonly git: GitState
  readonly version: Config['version']
  readonly request: BuildRequest
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly signal?: AbortSignal | undefined
}

/** What tags may belong to. */
export interface Versioned {
  readonly moduleFolder: string
  /** Beginnings of tags that belong to it before those of its module do. */
  readonly prefixes: readonly string[]
}

/** The version of each program: programs of one module share it, nested modules and apps may have tags of their own. */
export async function versionsOf(programs: readonly Versioned[], context: VersionContext): Promise<ProjectVersion[]> {
  const known = new Map<string, Promise<ProjectVersion>>()
  return Promise.all(
    programs.map((program) => {
      const key = JSON.stringify([program.moduleFolder, program.prefixes])
      const version = known.get(key) ?? versionOfModule(program, context)
      known.set(key, version)
      return version
    }),
  )
}

/** A release a program can be compared with. */
export interface BaseRelease {
  readonly tag: string
  /** Semver without metadata. */
  readonly version: string
}

/**
 * The last release of a program, to see what changed since: the highest tag reachable from HEAD; on a tagged commit, which is a release
 * itself, the one before. Undefined where there is none, and where the tag at HEAD is for this program alone: it is to be released.
 */
export function baseRelease(module: Versioned, context: Pick<VersionContext, 'git' | 'version'>): BaseRelease | undefined {
  const { git } = context
  if (!git.present) return undefined
  const { prefix, scheme } = tagsOf(module, context)
  const tags = versionTags(git.tags, scheme, prefix, git.commit)
  if (prefix !== '' && git.dirty === undefined && tags[0]?.commit === git.commit) return undefined
  const base = tags.find(({ commit }) => git.dirty !== undefined || commit !== git.commit)
  return base === undefined ? undefined : { tag: base.tag, version: base.version.version }
}

/** @throws VERSION_INVALID */
export async function versionOfModule(module: Versioned, context: VersionContext): Promise<ProjectVersion> {
  const { git, request, timestamp, signal } = context
  const { prefix, scheme } = tagsOf(module, context)
  const tags = versionTags(git.present ? git.tags : [], scheme, prefix, git.present ? git.commit : undefined)
  const [base] = tags
  const known = git.present && !(git.shallow && base === undefined)
  const commitsSince = !known
    ? undefined
    : base !== undefined && git.present && base.commit === git.commit
      ? 0
      : await countCommits(git.top!, base?.tag, signal)
  return chooseVersion({ git, tags, commitsSince, setVersion: request.setVersion, snapshot: request.snapshot === true, timestamp })
}

interface TagChoice {
  readonly prefix: string
  readonly scheme: 'semver' | 'calver' | 'timestamp'
}

/** What the tags of a module begin with: configured, its own where there are such, else the module's folder, else nothing. */
function tagsOf({ moduleFolder, prefixes }: Versioned, { git, version }: Pick<VersionContext, 'git' | 'version'>): TagChoice {
  const scheme = version?.scheme ?? 'semver'
  if (version?.tagPrefix !== undefined) return { prefix: version.tagPrefix, scheme }
  const all = git.present ? git.tags : []
  const own = prefixes.find((prefix) => versionTags(all, scheme, prefix).length > 0)
  const inRepository = git.top === undefined ? '' : relative(git.top, moduleFolder).replaceAll('\\', '/')
  return { prefix: own ?? findTagPrefix(all, inRepository, scheme), scheme }
}
