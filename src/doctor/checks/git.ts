import { findProgram } from '../../host/find-program.ts'
import { failWith, ok, warn } from '../results.ts'
import type { Check } from '../types.ts'

/** Is there git, a repository, and does git trust it? */
export const gitCheck: Check = {
  id: 'git',
  title: 'git',
  run({ git }) {
    if (git.error !== undefined) return failWith(git.error)
    const consequence = 'the version will be 0.0.0-dev, and no commit is stamped into the program'
    if (findProgram('git') === undefined)
      return warn(`git is not on PATH: ${consequence}`, 'Install git, or give the version with --set-version.')
    if (git.value.present) return ok(git.value.top)
    return git.value.reason === 'no-commit'
      ? warn(`${git.value.top} has no commit yet: ${consequence}`, 'Commit the module.')
      : warn(`this is no git repository: ${consequence}`, 'Run `git init` and commit the module, or give the version with --set-version.')
  },
}
