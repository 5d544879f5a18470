import type { Survey } from '../project/survey.ts'
import type { PlanWarning } from './types.ts'

/** What a user should know before trusting the result. Pure. */
export function warningsOf({ git, timestamp, gaps, programs }: Survey): PlanWarning[] {
  const found: PlanWarning[] = []
  const add = (code: string, message: string): void => void found.push({ code, message })
  if (!git.present) {
    const reasons = {
      'no-repository': 'This is no git repository',
      'no-git': 'git is not installed',
      'no-commit': 'The repository has no commit yet',
    }
    add('NO_GIT', `${reasons[git.reason]}: the version is 0.0.0-dev, and no commit is stamped into the program.`)
  }
  if (timestamp.source === 'none')
    add('NO_TIME', 'There is no commit to take a time from: 1980-01-01 is used. Set one with --timestamp or SOURCE_DATE_EPOCH.')
  if (git.present && git.shallow)
    add(
      'SHALLOW',
      'This is a shallow clone: Go stamps another version than in a full clone, so the bytes differ. Run `git fetch --unshallow --tags`.',
    )
  if (git.present && !git.shallow && programs.every(({ version }) => !version.authoritative))
    add(
      'NO_TAG',
      'No version tag is reachable from this commit: the version is 0.0.0-dev. Tag releases as v1.2.3, and fetch tags in CI (`git fetch --tags`).',
    )
  if (git.present && git.linkedWorktree) add('WORKTREE', 'This is a linked worktree: Go stamps no commit into what is built here.')
  if (git.present && git.dirty !== undefined) add('DIRTY', 'The tree has changes that are not committed; the tag marks them.')
  for (const gap of gaps) add(gap.code, `${gap.message} A hook may make it.`)
  return found
}
