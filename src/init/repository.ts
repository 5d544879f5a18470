import { run } from '../host/exec.ts'

/** What the repository is called where it came from; undefined without a remote. The checkout folder's name says nothing. */
export async function repositoryName(folder: string, signal?: AbortSignal): Promise<string | undefined> {
  const result = await run(
    { file: 'git', args: ['config', '--get', 'remote.origin.url'], env: { GIT_DIR: undefined, GIT_WORK_TREE: undefined }, cwd: folder },
    { signal },
  )
  return result.exitCode === 0 ? nameInUrl(result.stdout.trim()) : undefined
}

/** Only the last element: the rest may hold a password. */
export function nameInUrl(url: string): string | undefined {
  return /([^/:\\]+?)(?:\.git)?[/\\]*$/.exec(url)?.[1]
}
