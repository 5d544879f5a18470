import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { command } from './command.ts'
import { plainEnvironment } from './environment.ts'
import { findGoreleaser } from './goreleaser-program.ts'
import { makeWorkspace, type Workspace } from './workspace.ts'
import type { ModuleName } from './modules.ts'

/** Where rows work and what they work with. */
export interface Setting {
  /** Root of the repository. */
  readonly root: string
  /** The built command. */
  readonly gopack: string
  /** A built script of bench/inside. */
  readonly script: (name: 'audit-once' | 'embed-once' | 'provision-once' | 'report-usage') => string
  readonly goreleaser: string
  readonly moduleCache: string
  /** A new empty folder, gone when the run is over. */
  readonly folder: (name: string) => string
  readonly progress: (text: string) => void
  /** A module with every packager's own copy of it, built once: made when first asked for. */
  readonly workspace: (module: ModuleName) => Promise<Workspace>
}

export async function openSetting(progress: (text: string) => void): Promise<Setting> {
  const built = fileURLToPath(new URL('..', import.meta.url))
  const root = fileURLToPath(new URL('../../../..', import.meta.url))
  const work = realpathSync(mkdtempSync(join(tmpdir(), 'gopack-bench-')))
  process.once('exit', () => rmSync(work, { recursive: true, force: true, maxRetries: 3 }))
  const env = plainEnvironment()
  const workspaces = new Map<ModuleName, Promise<Workspace>>()
  const setting: Setting = {
    root,
    gopack: join(built, 'lib', 'bin.js'),
    script: (name) => join(built, 'bench', `${name}.js`),
    goreleaser: await findGoreleaser(join(built, 'bin'), env, progress),
    moduleCache: (await command('go', ['env', 'GOMODCACHE'], { cwd: work, env })).trim(),
    folder: (name) => mkdtempSync(join(work, `${name}-`)),
    progress,
    workspace: (module) => {
      if (!workspaces.has(module)) workspaces.set(module, makeWorkspace(module, setting))
      return workspaces.get(module)!
    },
  }
  return setting
}
