import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { projectError } from '../errors/project.ts'
import { lines } from '../host/lines.ts'
import { run, type RunResult } from '../host/exec.ts'
import { hashChanges } from './git-changes.ts'

export interface GitTag {
  readonly name: string
  /** The commit it stands for, annotated or not. */
  readonly commit: string
}

/** What the repository says before hooks run. `present: false` without git, without a repository, or before the first commit. */
export type GitState =
  | { readonly present: false; readonly reason: 'no-repository' | 'no-git' | 'no-commit'; readonly top: string | undefined }
  | {
      readonly present: true
      readonly top: string
      /** Full hash of HEAD. */
      readonly commit: string
      /** Committer date of HEAD, seconds since 1970. */
      readonly committed: number
      readonly shallow: boolean
      /** Tags reachable from HEAD. */
      readonly tags: readonly GitTag[]
      /** 8 hex digits over all changed and untracked content; absent on a clean tree. */
      readonly dirty?: string
      /** A linked worktree: Go stamps no commit into what is built there. */
      readonly linkedWorktree: boolean
    }

// The index is left alone, nobody is asked for anything, and messages are the ones matched below.
export const gitEnvironment = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
}

/**
 * Reads the state of the repository `folder` lies in.
 * @throws GIT_OWNERSHIP, GIT_FAILED
 */
export async function readGitState(folder: string, signal?: AbortSignal): Promise<GitState> {
  const repository = repositoryAbove(folder)
  if (repository === undefined) return { present: false, reason: 'no-repository', top: undefined }
  const git = (...args: string[]): Promise<RunResult> =>
    run(
      { file: 'git', args: ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', ...args], env: gitEnvironment, cwd: folder },
      { signal },
    )
  const [basics, head, status, tagLines] = await Promise.all([
    git('rev-parse', '--show-toplevel', '--is-shallow-repository', '--git-dir', '--git-common-dir'),
    git('log', '-1', '--format=%H %ct', 'HEAD'),
    git('status', '--porcelain=v2', '-z', '--untracked-files=all', '--ignore-submodules=none'),
    git('for-each-ref', '--merged', 'HEAD', '--format=%(refname:short)%09%(objectname)%09%(*objectname)', 'refs/tags'),
  ])
  if (basics.missing) return { present: false, reason: 'no-git', top: repository }
  if (basics.exitCode !== 0) {
    if (/dubious ownership/.test(basics.stderr)) {
      throw projectError('GIT_OWNERSHIP', {
        message: `git does not trust ${repository}: it belongs to another user.`,
        hint: `Run \`git config --global --add safe.directory ${repository}\` if you trust it, or build as its owner.`,
      })
    }
    throw projectError('GIT_FAILED', { message: `git cannot read ${repository}.`, output: lines(basics.stderr) })
  }
  if (/unknown revision|ambiguous argument 'HEAD'|does not have any commits/.test(head.stderr))
    return { present: false, reason: 'no-commit', top: repository }
  for (const result of [head, status, tagLines]) {
    if (result.exitCode !== 0) throw projectError('GIT_FAILED', { message: `git cannot read ${repository}.`, output: lines(result.stderr) })
  }
  const [top = repository, shallow, gitFolder = '', commonFolder = ''] = lines(basics.stdout)
  const [commit = '', committed] = head.stdout.trim().split(' ')
  const dirty = status.stdout === '' ? undefined : await hashChanges(top, status.stdout)
  return {
    present: true,
    top,
    commit,
    committed: Number(committed),
    shallow: shallow === 'true',
    tags: lines(tagLines.stdout).map(parseTag),
    ...(dirty === undefined ? {} : { dirty }),
    linkedWorktree: resolve(folder, gitFolder) !== resolve(folder, commonFolder),
  }
}

/** Commits reachable from HEAD and not from `tag` (all of them without a tag). */
export async function countCommits(folder: string, tag: string | undefined, signal?: AbortSignal): Promise<number> {
  const range = tag === undefined ? ['HEAD'] : ['HEAD', `^refs/tags/${tag}`]
  const result = await run({ file: 'git', args: ['rev-list', '--count', ...range], env: gitEnvironment, cwd: folder }, { signal })
  if (result.exitCode !== 0)
    throw projectError('GIT_FAILED', { message: 'git cannot count the commits since the last tag.', output: lines(result.stderr) })
  return Number(result.stdout.trim())
}

/** True when git tracks a file in this folder. */
export async function hasTrackedFiles(folder: string, signal?: AbortSignal): Promise<boolean> {
  if (!existsSync(folder)) return false
  const result = await run({ file: 'git', args: ['ls-files', '-z', '--', '.'], env: gitEnvironment, cwd: folder }, { signal })
  return result.exitCode === 0 && result.stdout !== ''
}

function parseTag(line: string): GitTag {
  const [name = '', object = '', peeled = ''] = line.split('\t')
  return { name, commit: peeled === '' ? object : peeled }
}

/** The folder that holds .git (a folder, or a file in worktrees and submodules). */
export function repositoryAbove(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return folder
    if (dirname(folder) === folder) return undefined
  }
}
