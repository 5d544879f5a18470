import { resolve } from 'node:path'
import { escaped } from '../config/importers/escape.ts'
import { importFile } from '../config/importers/import-file.ts'
import { settle } from '../config/importers/settle.ts'
import type { Imported } from '../config/importers/types.ts'
import type { Config } from '../config/schema/index.ts'
import { GopackError } from '../errors/gopack-error.ts'
import { importContext } from './import-context.ts'
import { withoutDeadNames } from './link-check.ts'
import type { ModuleView } from './look.ts'
import { findGoReleaser, findResourceFile, namedSources } from './sources.ts'

/** What was found in the configurations of other tools. */
export interface ImportResult {
  readonly imports: readonly Imported[]
  /** What gopack.yaml is made of; undefined where nothing was imported. */
  readonly config: Config | undefined
  /** Files that were found and could not be read, with the reason: they stop nothing, as nobody named them. */
  readonly unread: readonly { readonly file: string; readonly reason: string }[]
}

export interface ImportRequest {
  readonly cwd: string
  /** Named files; none: they are looked for. */
  readonly from: readonly string[]
  readonly signal?: AbortSignal | undefined
}

/**
 * Imports what is named, or what is found beside go.mod and in the main package.
 * @throws every IMPORT_… error for files that were named
 */
export async function importSources(view: ModuleView, { cwd, from, signal }: ImportRequest): Promise<ImportResult> {
  const named = from.length > 0
  const sources = named ? namedSources(from, cwd) : { build: findGoReleaser(view.folder), resources: undefined }
  const unread: { file: string; reason: string }[] = []
  const take = async (path: string | undefined): Promise<Imported | undefined> => {
    if (path === undefined) return undefined
    try {
      return settle(await importFile(path, await importContext(view, path)))
    } catch (error) {
      if (named || !(error instanceof GopackError)) throw error
      unread.push({ file: escaped(path), reason: error.message })
      return undefined
    }
  }
  const found = await take(sources.build)
  const build = found === undefined ? undefined : await withoutDeadNames(found, view, signal)
  if (named) {
    const resources = await take(sources.resources)
    return { imports: present([build, resources]), config: merged(build?.config, resources?.config), unread }
  }
  const { config, imports } = await foundResources(build?.config, view, take)
  return { imports: present([build, ...imports]), config, unread }
}

/** Looks for a file with resources for each program. */
async function foundResources(
  config: Config | undefined,
  view: ModuleView,
  take: (path: string | undefined) => Promise<Imported | undefined>,
): Promise<{ config: Config | undefined; imports: readonly Imported[] }> {
  const fileOf = (main: string): string | undefined => findResourceFile([resolve(view.folder, main), view.folder])
  if (config?.apps !== undefined) {
    const own = await Promise.all(config.apps.map(async (app) => take(findResourceFile([resolve(view.folder, app.main)]))))
    const apps = config.apps.map((app, index) => ({ ...app, ...resourcesOf(own[index]) }))
    return { config: { ...config, apps }, imports: present(own) }
  }
  const [only, ...others] = view.mains
  const main = typeof config?.main === 'string' ? config.main : others.length === 0 ? only?.path : undefined
  const resources = main === undefined ? undefined : await take(fileOf(main))
  return { config: merged(config, resources?.config), imports: present([resources]) }
}

const resourcesOf = (imported: Imported | undefined): Pick<Config, 'resources'> =>
  imported?.config.resources === undefined ? {} : { resources: imported.config.resources }

function merged(build: Config | undefined, resources: Config | undefined): Config | undefined {
  if (build === undefined && resources === undefined) return undefined
  const { apps, ...rest } = { ...build, ...resources }
  return apps === undefined ? rest : { ...rest, apps }
}

const present = (imports: readonly (Imported | undefined)[]): Imported[] =>
  imports.filter((entry): entry is Imported => entry !== undefined)
