import { mkdir } from 'node:fs/promises'
import { command } from './command.ts'
import { plainEnvironment } from './environment.ts'

/** Real programs, at fixed versions. */
export const modules = {
  fzf: { module: 'github.com/junegunn/fzf', version: 'v0.65.2', main: '.' },
  windows_exporter: { module: 'github.com/prometheus-community/windows_exporter', version: 'v0.30.8', main: './cmd/windows_exporter' },
} as const

export type ModuleName = keyof typeof modules

export const architectures = ['amd64', 'arm64', '386'] as const

const author = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' }

/** Copies a module out of the module cache into `folder`: its dependencies downloaded, one commit, tagged. */
export async function copyModule(name: ModuleName, folder: string): Promise<void> {
  const { module, version } = modules[name]
  const options = { cwd: folder, env: plainEnvironment() }
  await mkdir(folder, { recursive: true })
  const downloaded = JSON.parse(await command('go', ['mod', 'download', '-json', `${module}@${version}`], options)) as { Dir: string }
  await command('cp', ['-R', `${downloaded.Dir}/.`, '.'], options)
  await command('chmod', ['-R', 'u+w', '.'], options)
  await command('go', ['mod', 'download'], options)
  await commitAll(folder, version)
}

/** Puts a folder under git. */
export async function commitAll(folder: string, tag: string): Promise<void> {
  const options = { cwd: folder, env: { ...plainEnvironment(), ...author, GIT_CONFIG_GLOBAL: '/dev/null' } }
  await command('git', ['init', '-q', '-b', 'main'], options)
  await command('git', ['add', '-A'], options)
  await command('git', ['commit', '-q', '-m', tag], options)
  await command('git', ['tag', tag], options)
}
