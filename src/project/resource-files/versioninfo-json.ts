import { access } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { objectAt, readJsonObject, textsOf, type JsonObject } from './json.ts'
import type { ResourceSearch } from './find.ts'
import type { FoundResources } from './types.ts'
import { fileVersion } from './versions.ts'

/**
 * Reads the versioninfo.json of goversioninfo beside the main package; undefined where there is none.
 * @throws RESOURCE_FILE_BROKEN
 */
export async function readVersionInfoJson({
  packageFolder,
  moduleFolder,
}: Pick<ResourceSearch, 'packageFolder' | 'moduleFolder'>): Promise<FoundResources | undefined> {
  const path = join(packageFolder, 'versioninfo.json')
  const json = await readJsonObject(path)
  if (json === undefined) return undefined
  const language = languageOf(json)
  const icon = await existing(firstPath(json['IconPath']), packageFolder, moduleFolder)
  const manifest = await existing(firstPath(json['ManifestPath']), packageFolder, moduleFolder)
  const fixed = objectAt(json, 'FixedFileInfo')
  const version = numbers(objectAt(fixed, 'FileVersion')) ?? numbers(objectAt(fixed, 'ProductVersion'))
  return {
    source: path,
    language,
    strings: { [language]: textsOf(json['StringFileInfo']) },
    ...(icon === undefined ? {} : { icon }),
    ...(version === undefined ? {} : { version }),
    ...(manifest === undefined ? {} : { manifest: { file: manifest } }),
  }
}

function languageOf(json: JsonObject): string {
  const text = String(objectAt(objectAt(json, 'VarFileInfo'), 'Translation')['LangID'] ?? '')
  return /^[0-9a-f]{4}$/i.test(text) ? text.toLowerCase() : '0409'
}

const numbers = (version: JsonObject) => fileVersion(['Major', 'Minor', 'Patch', 'Build'].map((part) => version[part] ?? 0))

/** Several icons are separated by commas; Explorer shows the first. */
function firstPath(value: unknown): string | undefined {
  const first = typeof value === 'string' ? value.split(',')[0]!.trim() : ''
  return first === '' ? undefined : first
}

/** Paths are relative to wherever goversioninfo is called: nearly always the package, sometimes the module. */
async function existing(path: string | undefined, packageFolder: string, moduleFolder: string): Promise<string | undefined> {
  if (path === undefined) return undefined
  const places = [resolve(packageFolder, path), resolve(moduleFolder, path)]
  for (const place of places)
    if (
      await access(place).then(
        () => true,
        () => false,
      )
    )
      return place
  return places[0]
}
