import { projectError } from '../../errors/project.ts'
import { run } from '../../host/exec.ts'
import { lines } from '../../host/lines.ts'
import { gitEnvironment } from '../git.ts'

/**
 * Every path that differs between a tag and the tree as it lies there: committed, changed and untracked.
 * @param top the git top level
 * @returns paths relative to it, `/` separated
 * @throws GIT_FAILED
 */
export async function changedPaths(top: string, tag: string, signal?: AbortSignal): Promise<string[]> {
  const git = async (...args: string[]): Promise<string[]> => {
    const command = {
      file: 'git',
      args: ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', ...args],
      env: gitEnvironment,
      cwd: top,
    }
    const { exitCode, stdout, stderr } = await run(command, { signal })
    if (exitCode !== 0) throw projectError('GIT_FAILED', { message: `git cannot tell what changed since ${tag}.`, output: lines(stderr) })
    return stdout.split('\0').filter((path) => path !== '')
  }
  const [changed, untracked] = await Promise.all([
    git('diff', '--name-only', '--no-renames', '--no-ext-diff', '--ignore-submodules=none', '-z', `refs/tags/${tag}`, '--'),
    git('ls-files', '--others', '--exclude-standard', '--full-name', '-z'),
  ])
  return [...changed, ...untracked]
}
