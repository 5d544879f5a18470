import { findTagPrefix, versionTags } from '../../project/tags.ts'
import { ok, warn } from '../results.ts'
import type { Check } from '../types.ts'
import { relative } from 'node:path'

/** Is there a tag that names a version? */
export const gitTagsCheck: Check = {
  id: 'git-tags',
  title: 'Version tags',
  run({ git, config, moduleFolder }) {
    if (git.value?.present !== true) return undefined
    const { tags, top, commit } = git.value
    const { scheme = 'semver', tagPrefix } = config.value?.config.version ?? {}
    const folder = moduleFolder.value === undefined ? '' : relative(top, moduleFolder.value).replaceAll('\\', '/')
    const prefix = tagPrefix ?? findTagPrefix(tags, folder.startsWith('..') ? '' : folder, scheme)
    const [highest] = versionTags(tags, scheme, prefix, commit)
    if (highest !== undefined) return ok(`${highest.tag}${highest.commit === commit ? ', on this commit' : ' and commits after it'}`)
    const example = scheme === 'timestamp' ? 'v20261121-1530' : scheme === 'calver' ? 'v2026.11.21' : 'v1.2.3'
    const others =
      tags.length === 0 ? 'no tag is' : `${tags.length} ${tags.length === 1 ? 'tag is' : 'tags are'}, but none that names a version is`
    return warn(
      `${others} reachable from this commit: the version will be 0.0.0-dev`,
      `Fetch tags with \`git fetch --tags\`, or tag a release as ${prefix}${example}.`,
    )
  },
}
