import { ok, warn } from '../results.ts'
import type { Check } from '../types.ts'

/** Is the whole history there, and does Go stamp it? */
export const gitHistoryCheck: Check = {
  id: 'git-history',
  title: 'git history',
  run({ git }) {
    if (git.value?.present !== true) return undefined
    if (git.value.shallow)
      return warn(
        'this is a shallow clone: the version may be wrong, and the bytes differ from those of a full clone',
        'Run `git fetch --unshallow --tags`; on GitHub Actions give actions/checkout `fetch-depth: 0`.',
      )
    if (git.value.linkedWorktree)
      return warn('this is a linked worktree: Go stamps no commit into what is built here', 'Build in a full clone.')
    return ok('complete')
  },
}
