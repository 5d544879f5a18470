import { ok, warn } from '../results.ts'
import type { Check } from '../types.ts'

/** Is what would be built what is committed? */
export const gitTreeCheck: Check = {
  id: 'git-tree',
  title: 'git tree',
  run({ git }) {
    if (git.value?.present !== true) return undefined
    return git.value.dirty === undefined
      ? ok('clean')
      : warn(
          'there are changes that are not committed, or files git does not know: every build is a snapshot',
          'Commit them, or list in .gitignore what is made by builds; `git status` shows them.',
        )
  },
}
