import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { importError } from '../errors/import.ts'
import { formatOf } from '../config/importers/import-file.ts'

/** Names of GoReleaser's configuration, in its own order (cmd/config.go). */
const goreleaserNames = [
  '.config/goreleaser.yml',
  '.config/goreleaser.yaml',
  '.goreleaser.yml',
  '.goreleaser.yaml',
  'goreleaser.yml',
  'goreleaser.yaml',
]

export const findGoReleaser = (folder: string): string | undefined =>
  goreleaserNames.map((name) => join(folder, name)).find((path) => isFile(path))

/**
 * The file with the resources of a program: in its package, else at the top of the module. The order is that of a build
 * without a configuration; a .rc only where there is one of them.
 */
export function findResourceFile(folders: readonly string[]): string | undefined {
  for (const folder of new Set(folders)) {
    const known = [join(folder, 'winres', 'winres.json'), join(folder, 'versioninfo.json')].find((path) => isFile(path))
    if (known !== undefined) return known
    const scripts = existsSync(folder) ? readdirSync(folder).filter((name) => /\.rc$/i.test(name) && isFile(join(folder, name))) : []
    if (scripts.length === 1) return join(folder, scripts[0]!)
  }
  return undefined
}

export interface NamedSources {
  readonly build: string | undefined
  readonly resources: string | undefined
}

/**
 * The files named with --from: at most one configuration of a build and one file with resources.
 * @throws IMPORT_TWICE
 */
export function namedSources(names: readonly string[], cwd: string): NamedSources {
  const paths = [...new Set(names.map((name) => resolve(cwd, name)))]
  const isBuild = (path: string): boolean => formatOf(path) === 'goreleaser' || (formatOf(path) === undefined && /\.ya?ml$/i.test(path))
  const [builds, resources] = [paths.filter(isBuild), paths.filter((path) => !isBuild(path))]
  for (const same of [builds, resources]) {
    if (same.length > 1) throw importError('IMPORT_TWICE', { message: `${same.join(' and ')} say the same kind of thing.` })
  }
  return { build: builds[0], resources: resources[0] }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
