import { projectError } from '../../errors/project.ts'
import { run } from '../../host/exec.ts'
import { lines } from '../../host/lines.ts'
import { gitEnvironment } from '../git.ts'

/** Every path git knows, submodules as one. @returns paths relative to `top`, `/` separated @throws GIT_FAILED */
export async function trackedPaths(top: string, signal?: AbortSignal): Promise<string[]> {
  return gitPaths(top, 'git cannot list its files.', ['ls-files', '--recurse-submodules', '-z'], signal)
}

/**
 * Every path that differs between a tag and the tree as it lies there: committed, changed and untracked.
 * @param top the git top level
 * @returns paths relative to it, `/` separated
 * @throws GIT_FAILED
 */
export async function changedPaths(top: string, tag: string, signal?: AbortSignal): Promise<string[]> {
  const failed = `git cannot tell what changed since ${tag}.`
  const compare = ['--name-only', '--no-renames', '--no-ext-diff', '--ignore-submodules=none', '-z', `refs/tags/${tag}`, '--']
  const [changed, untracked] = await Promise.all([
    gitPaths(top, failed, ['diff', ...compare], signal),
    gitPaths(top, failed, ['ls-files', '--others', '--exclude-standard', '--full-name', '-z'], signal),
  ])
  return [...changed, ...untracked]
}

async function gitPaths(top: string, failed: string, words: readonly string[], signal: AbortSignal | undefined): Promise<string[]> {
  const args = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', ...words]
  const { exitCode, stdout, stderr } = await run({ file: 'git', args, env: gitEnvironment, cwd: top }, { signal })
  if (exitCode !== 0) throw projectError('GIT_FAILED', { message: failed, output: lines(stderr) })
  return stdout.split('\0').filter((path) => path !== '')
}
