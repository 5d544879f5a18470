import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readVersionInfoJson } from './versioninfo-json.ts'
import { readWinresJson } from './winres-json.ts'
import type { FoundResources } from './types.ts'

export interface ResourceSearch {
  readonly name: string
  /** Folder of the main package, absolute. */
  readonly packageFolder: string
  /** Folder of its go.mod, absolute. */
  readonly moduleFolder: string
}

/**
 * Looks for icon, texts and manifest where other tools and habit put them. Only reads.
 * An icon named in a winres.json or versioninfo.json wins over one that merely lies about.
 * @throws RESOURCE_FILE_BROKEN
 */
export async function findResources(search: ResourceSearch): Promise<FoundResources> {
  const read = (await readWinresJson(join(search.packageFolder, 'winres', 'winres.json'))) ?? (await readVersionInfoJson(search))
  const found = read ?? { strings: {} }
  if (found.icon !== undefined) return found
  const icon = await findIcon(search)
  return icon === undefined ? found : { ...found, icon }
}

async function findIcon({ name, packageFolder, moduleFolder }: ResourceSearch): Promise<string | undefined> {
  const winres = join(packageFolder, 'winres', 'icon.png')
  if (await isFile(winres)) return winres
  const lone = await onlyIco(packageFolder)
  if (lone !== undefined) return lone
  for (const folder of new Set([packageFolder, moduleFolder])) {
    for (const path of usualPlaces(folder, name)) if (await isFile(path)) return path
  }
  return undefined
}

function usualPlaces(folder: string, name: string): string[] {
  const folders = ['assets', 'build', join('build', 'windows')]
  const files = [name, 'icon', 'app'].flatMap((base) => [`${base}.ico`, `${base}.png`])
  return folders.flatMap((place) => files.map((file) => join(folder, place, file)))
}

/** Of several .ico files none is the one. */
async function onlyIco(folder: string): Promise<string | undefined> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /\.ico$/i.test(name))
  return names.length === 1 ? join(folder, names[0]!) : undefined
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false
}
