import { relative } from 'node:path'
import type { Config } from '../config/schema/index.ts'
import { countCommits, type GitState } from './git.ts'
import type { Program } from './programs.ts'
import type { BuildRequest } from './request.ts'
import { findTagPrefix, versionTags } from './tags.ts'
import { chooseVersion, type ProjectVersion } from './version.ts'

export interface VersionContext {
  readonly git: GitState
  readonly config: Config
  readonly request: BuildRequest
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly signal?: AbortSignal | undefined
}

/** The version of each program: programs of one module share it, nested modules may have tags of their own. */
export async function versionsOf(programs: readonly Program[], context: VersionContext): Promise<ProjectVersion[]> {
  const byModule = new Map<string, Promise<ProjectVersion>>()
  for (const { moduleFolder } of programs) {
    if (!byModule.has(moduleFolder)) byModule.set(moduleFolder, versionOfModule(moduleFolder, context))
  }
  return Promise.all(programs.map(({ moduleFolder }) => byModule.get(moduleFolder)!))
}

async function versionOfModule(moduleFolder: string, { git, config, request, timestamp, signal }: VersionContext): Promise<ProjectVersion> {
  const scheme = config.version?.scheme ?? 'semver'
  const all = git.present ? git.tags : []
  const inRepository = git.top === undefined ? '' : relative(git.top, moduleFolder).replaceAll('\\', '/')
  const prefix = config.version?.tagPrefix ?? findTagPrefix(all, inRepository, scheme)
  const tags = versionTags(all, scheme, prefix, git.present ? git.commit : undefined)
  const [base] = tags
  const known = git.present && !(git.shallow && base === undefined)
  const commitsSince = !known
    ? undefined
    : base !== undefined && git.present && base.commit === git.commit
      ? 0
      : await countCommits(git.top!, base?.tag, signal)
  return chooseVersion({ git, tags, commitsSince, setVersion: request.setVersion, snapshot: request.snapshot === true, timestamp })
}
