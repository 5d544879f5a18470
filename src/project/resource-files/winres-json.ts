import { open, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { ManifestSettings } from '../../build/resources/types.ts'
import { isObject, objectAt, readJsonObject, textsOf, type JsonObject } from './json.ts'
import type { FoundResources } from './types.ts'
import { parseFileVersion } from './versions.ts'

/**
 * Reads the winres.json of go-winres (`{TYPE: {NAME: {LANGUAGE: value}}}`); undefined where there is none.
 * Resource types gopack does not make are passed over.
 * @throws RESOURCE_FILE_BROKEN
 */
export async function readWinresJson(path: string): Promise<FoundResources | undefined> {
  const json = await readJsonObject(path)
  if (json === undefined) return undefined
  const folder = dirname(path)
  const icon = await iconPath(firstValue(json, 'RT_GROUP_ICON', '#14'), folder)
  const version = firstValue(json, 'RT_VERSION', '#16')
  const info = isObject(version) ? version : {}
  const strings = languageTables(objectAt(info, 'info'))
  const numbers = parseFileVersion(objectAt(info, 'fixed')['file_version']) ?? parseFileVersion(objectAt(info, 'fixed')['product_version'])
  const language = Object.keys(strings)[0]
  const manifest = manifestOf(firstValue(json, 'RT_MANIFEST', '#24'), folder)
  return {
    source: path,
    strings,
    ...(icon === undefined ? {} : { icon }),
    ...(language === undefined ? {} : { language }),
    ...(numbers === undefined ? {} : { version: numbers }),
    ...(manifest === undefined ? {} : { manifest }),
  }
}

/** The value of the first name (names before numbers, as Windows sorts them) in its first language. */
function firstValue(json: JsonObject, type: string, number: string): unknown {
  const names = isObject(json[type]) ? objectAt(json, type) : objectAt(json, number)
  const first = Object.keys(names).sort(byResourceName)[0]
  if (first === undefined) return undefined
  return Object.values(objectAt(names, first))[0]
}

function byResourceName(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => /^#(\d+)$/.exec(name)?.[1])
  if (left !== undefined && right !== undefined) return Number(left) - Number(right)
  if (left === undefined && right === undefined) return a < b ? -1 : 1
  return left === undefined ? -1 : 1
}

/** One file, or one image for each size, of which the largest is taken. */
async function iconPath(value: unknown, folder: string): Promise<string | undefined> {
  const paths = (Array.isArray(value) ? value : [value])
    .filter((path) => typeof path === 'string' && path !== '')
    .map((path) => resolve(folder, path as string))
  if (paths.length < 2) return paths[0]
  const widths = await Promise.all(paths.map(pngWidth))
  return paths[widths.indexOf(Math.max(...widths))]
}

async function pngWidth(path: string): Promise<number> {
  // To open a pipe would wait for a writer.
  if ((await stat(path).catch(() => undefined))?.isFile() !== true) return 0
  const file = await open(path).catch(() => undefined)
  if (file === undefined) return 0
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(24), 0, 24, 0)
    return bytesRead === 24 ? buffer.readUInt32BE(16) : 0
  } finally {
    await file.close()
  }
}

function languageTables(info: JsonObject): Record<string, Record<string, string>> {
  const tables = Object.entries(info).filter(([language]) => /^[0-9a-f]{4}$/i.test(language))
  return Object.fromEntries(tables.map(([language, table]) => [language.toLowerCase(), textsOf(table)]))
}

function manifestOf(value: unknown, folder: string): FoundResources['manifest'] {
  if (typeof value === 'string' && value !== '') return { file: resolve(folder, value) }
  return isObject(value) ? { settings: settingsOf(value) } : undefined
}

const executionLevels: Readonly<Record<string, ManifestSettings['executionLevel']>> = {
  'as invoker': 'asInvoker',
  highest: 'highestAvailable',
  administrator: 'requireAdministrator',
}
const dpiLevels: Readonly<Record<string, ManifestSettings['dpiAwareness']>> = {
  unaware: 'unaware',
  system: 'system',
  'per monitor': 'permonitor',
  'per monitor v2': 'permonitorv2',
}

function settingsOf(json: JsonObject): ManifestSettings {
  const flag = (key: string): boolean | undefined => (typeof json[key] === 'boolean' ? json[key] : undefined)
  const settings = {
    executionLevel: executionLevels[String(json['execution-level']).toLowerCase()],
    dpiAwareness: dpiLevels[String(json['dpi-awareness']).toLowerCase()],
    uiAccess: flag('ui-access'),
    longPaths: flag('long-path-aware'),
    segmentHeap: flag('segment-heap'),
    commonControls: flag('use-common-controls-v6'),
  }
  return Object.fromEntries(Object.entries(settings).filter(([, setting]) => setting !== undefined))
}
