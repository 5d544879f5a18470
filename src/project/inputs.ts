import { resolve } from 'node:path'
import { loadConfig, type LoadedConfig } from '../config/load.ts'
import type { Config } from '../config/schema/index.ts'
import { appsOf, withRequest, type App } from './apps.ts'
import { moduleFolderOf } from './module.ts'
import { checkRequest, type BuildRequest } from './request.ts'

/** What the user says, by file and command line, before anything of the project is read. */
export interface Inputs {
  readonly cwd: string
  readonly loaded: LoadedConfig
  /** The common configuration with the command line's wishes put in. */
  readonly config: Config
  readonly apps: readonly App[]
  /** Absolute: what relative paths of the configuration refer to. */
  readonly folder: string
  /** Absolute folder of the module or workspace. */
  readonly moduleFolder: string
  readonly out: string
}

/** @throws USAGE, every CONFIG_… error, NOT_A_MODULE */
export async function readInputs(request: BuildRequest): Promise<Inputs> {
  checkRequest(request)
  const cwd = resolve(request.cwd)
  const loaded = await loadConfig(cwd, request.configFile)
  const config = withRequest(loaded.config, request)
  const folder = loaded.file === undefined ? moduleFolderOf(cwd) : loaded.folder
  return {
    cwd,
    loaded,
    config,
    apps: appsOf(loaded.config, { ...request, cwd }, folder),
    folder,
    moduleFolder: moduleFolderOf(folder),
    out: resolve(request.out === undefined ? folder : cwd, config.out ?? 'dist'),
  }
}
