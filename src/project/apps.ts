import { resolve } from 'node:path'
import { didYouMean } from '../config/nearest.ts'
import type { AppConfig, Config } from '../config/schema/index.ts'
import { configError } from '../errors/config.ts'
import { defaultName } from './names.ts'
import type { BuildRequest } from './request.ts'

/** Programs under one set of settings: one app, or without `apps:` everything there is. */
export interface App {
  /** The common configuration with the app's own and the command line's wishes laid over it. */
  readonly config: Config
  readonly mains: readonly string[]
  /** What relative main packages refer to: the command line's to the working folder, the file's to its own. */
  readonly mainsFolder: string
  readonly name: string | undefined
  /** False for the whole configuration, which is no app among others. */
  readonly listed: boolean
}

/** @throws USAGE for a main package that is none of the apps */
export function appsOf(config: Config, request: BuildRequest, folder: string): App[] {
  if (config.apps === undefined) {
    const own = request.mains === undefined
    const mains = own ? [config.main ?? []].flat() : request.mains
    const name = own ? config.name : undefined
    return [{ config: withRequest(config, request), mains, mainsFolder: own ? folder : request.cwd, name, listed: false }]
  }
  return chosen(config.apps, request, folder).map((app) => ({
    config: withRequest(overlay(config, app), request),
    mains: [app.main],
    mainsFolder: folder,
    name: app.name,
    listed: true,
  }))
}

/** --main takes some of the apps, by their main package or by their name. */
function chosen(apps: readonly AppConfig[], request: BuildRequest, folder: string): readonly AppConfig[] {
  const wanted = request.mains?.filter((main) => !/^\.?\/?\.\.\.$/.test(main)) ?? []
  for (const main of wanted) {
    if (apps.some((app) => isMeant(app, main, request.cwd, folder))) continue
    const names = apps.flatMap((app) => [app.name ?? defaultName(app.main), app.main])
    throw configError('USAGE', { message: `"${main}" is none of the apps: ${names.join(', ')}.${didYouMean(main, names)}` })
  }
  return wanted.length === 0 ? apps : apps.filter((app) => wanted.some((main) => isMeant(app, main, request.cwd, folder)))
}

const isMeant = (app: AppConfig, main: string, cwd: string, folder: string): boolean =>
  (app.name ?? defaultName(app.main)) === main || app.main === main || resolve(folder, app.main) === resolve(cwd, main)

/** Group by group, key by key: what an app says stands in place of what is common. */
function overlay(common: Config, { name: _name, main: _main, ...app }: AppConfig): Config {
  const { name: _common, main: _mains, ...rest } = common
  return {
    ...rest,
    ...(app.targets === undefined ? {} : { targets: app.targets }),
    go: { ...common.go, ...app.go },
    version: { ...common.version, ...app.version },
    resources: { ...common.resources, ...app.resources },
    archive: { ...common.archive, ...app.archive },
  }
}

/** The command line wins over the file; build tags and ldflags add up. */
export function withRequest(config: Config, request: BuildRequest): Config {
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
