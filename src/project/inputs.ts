import { resolve } from 'node:path'
import { loadConfig, type LoadedConfig } from '../config/load.ts'
import type { Config } from '../config/schema/index.ts'
import { moduleFolderOf } from './module.ts'
import { checkRequest, type BuildRequest } from './request.ts'

/** What the user says, by file and command line, before anything of the project is read. */
export interface Inputs {
  readonly cwd: string
  readonly loaded: LoadedConfig
  /** The configuration with the command line's wishes put in. */
  readonly config: Config
  /** Absolute: what relative paths of the configuration refer to. */
  readonly folder: string
  /** Absolute folder of the module or workspace. */
  readonly moduleFolder: string
  readonly out: string
  readonly mains: readonly string[]
  /** What relative main packages refer to: the command line's to the working folder, the file's to its own. */
  readonly mainsFolder: string
  readonly name: string | undefined
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
    folder,
    moduleFolder: moduleFolderOf(folder),
    out: resolve(request.out === undefined ? folder : cwd, config.out ?? 'dist'),
    mains: typeof config.main === 'string' ? [config.main] : (config.main ?? []),
    mainsFolder: request.mains === undefined ? folder : cwd,
    name: request.mains === undefined ? config.name : undefined,
  }
}

/** The command line wins over the file; build tags and ldflags add up. */
function withRequest(config: Config, request: BuildRequest): Config {
  const { targets = [], mains = [], out, engine, tags = [], ldflags = [] } = request
  return {
    ...config,
    ...(targets.length === 0 ? {} : { targets: [...targets] }),
    ...(mains.length === 0 ? {} : { main: [...mains] }),
    ...(out === undefined ? {} : { out }),
    go: { ...config.go, tags: [...(config.go?.tags ?? []), ...tags], ldflags: [...(config.go?.ldflags ?? []), ...ldflags] },
    resources: { ...config.resources, ...(engine === undefined ? {} : { engine }) },
  }
}
