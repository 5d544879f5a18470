import { importError } from '../../../errors/import.ts'
import type { ResourcesConfig } from '../../schema/resources.ts'
import { at, itemsOf, readJson, textAt, textsOf, type MapTree, type TextTree, type Tree } from '../document.ts'
import { openLedger, type Ledger } from '../ledger.ts'
import { folderOf, pathFrom } from '../source-paths.ts'
import type { ImportContext, Imported, ImportSource } from '../types.ts'
import { isZero, takeText, textSettings, versionReason, type TextsByLanguage } from '../version-texts.ts'
import { manifestSettings } from './manifest.ts'

/**
 * Reads the winres.json of go-winres: `{TYPE: {NAME: {LANGUAGE: value}}}`.
 * Specification: the README of github.com/tc-hib/go-winres 0.3.3.
 * @throws IMPORT_SYNTAX
 */
export function importWinres(source: ImportSource, context: ImportContext): Imported {
  const { root } = readJson(source.bytes.toString('utf8').replace(/^\ufeff/, ''), source.file)
  if (root.kind !== 'map')
    throw importError('IMPORT_SYNTAX', { message: `${source.file}: this is no JSON object.`, at: { file: source.file, line: 1 } })
  const ledger = openLedger(source.file)
  const folder = folderOf(source.path)
  const icon = readIcon(resourcesOf(root, 'RT_GROUP_ICON', '#14'), folder, context, ledger)
  const manifest = readManifest(resourcesOf(root, 'RT_MANIFEST', '#24'), folder, context, ledger)
  const texts: TextsByLanguage = new Map()
  for (const version of resourcesOf(root, 'RT_VERSION', '#16')) readVersion(version, texts, ledger)
  const resources: ResourcesConfig = {
    ...(icon === undefined ? {} : { icon }),
    ...textSettings(texts),
    ...(manifest === undefined ? {} : { manifest }),
  }
  return {
    format: 'winres',
    file: source.file,
    config: Object.keys(resources).length === 0 ? {} : { resources },
    ...ledger.close(root, reasonFor),
  }
}

const others = 'gopack adds icon, version information and manifest; put other resources into a .syso file, which Go links and gopack keeps'

function reasonFor({ path }: Tree): string {
  if (/^(RT_GROUP_ICON|#14)\./.test(path)) return 'gopack adds one icon: the first, which Explorer shows'
  if (/^(RT_MANIFEST|#24)\./.test(path)) return 'gopack adds one manifest'
  if (/^(RT_VERSION|#16)\./.test(path)) return 'go-winres has no such key here'
  return /^(RT_\w+|#\d+)/.test(path) ? others : 'go-winres has no such key: types are RT_… or #NUMBER'
}

/** The values of a type by name and language: names before numbers, as Windows sorts them. */
function resourcesOf(root: MapTree, type: string, number: string): Tree[] {
  const names = at(root, type) ?? at(root, number)
  if (names?.kind !== 'map') return []
  const sorted = [...names.entries].sort(([a], [b]) => order(a) - order(b) || (a < b ? -1 : 1))
  return sorted.flatMap(([, languages]) => (languages.kind === 'map' ? [...languages.entries.values()] : []))
}

const order = (name: string): number => (/^#\d+$/.test(name) ? Number(name.slice(1)) : -1)

/** One file, or one image for each size: the largest is scaled. */
function readIcon(values: readonly Tree[], folder: string, context: ImportContext, ledger: Ledger): string | undefined {
  const [first] = values
  const files = textsOf(first).map((node) => ({ node, ...pathFrom(node.text, [folder], context) }))
  const widths = files.map(({ path }) => (path === undefined ? -1 : context.pngWidth(path)))
  const chosen = files[widths.indexOf(Math.max(...widths))]
  for (const { node, path, reason } of files) {
    if (path === undefined) ledger.leave(node, reason)
    else if (node === chosen?.node) ledger.carry(node, 'resources.icon')
    else ledger.leave(node, 'gopack takes the largest image and scales it')
  }
  return chosen?.path
}

function readManifest(values: readonly Tree[], folder: string, context: ImportContext, ledger: Ledger): ResourcesConfig['manifest'] {
  const [first] = values
  if (first?.kind === 'map') return manifestSettings(first, ledger)
  if (first?.kind !== 'text') return undefined
  const { path, reason } = pathFrom(first.text, [folder], context)
  if (path === undefined) ledger.leave(first, reason)
  else ledger.carry(first, 'resources.manifest')
  return path
}

function readVersion(version: Tree, texts: TextsByLanguage, ledger: Ledger): void {
  const fixed = at(version, 'fixed')
  for (const key of ['file_version', 'product_version']) {
    const node = textAt(fixed, key)
    if (node !== undefined) readNumbers(node, ledger)
  }
  const type = textAt(fixed, 'type')
  if (type !== undefined && /^(app|)$/i.test(type.text)) ledger.carry(type, 'nothing: it is an application')
  const flags = textAt(fixed, 'flags')
  if (flags !== undefined && flags.text === '') ledger.carry(flags, 'nothing: gopack marks prereleases')
  for (const node of itemsOf(fixed)) if (node.kind === 'map') leaveRest(node, ledger)
  const info = at(version, 'info')
  if (info?.kind !== 'map') return
  for (const [language, table] of info.entries) {
    if (table.kind !== 'map') continue
    if (!/^[0-9a-f]{4}$/i.test(language)) {
      ledger.leave(table, 'a language is four hex digits')
      continue
    }
    for (const [name, node] of table.entries) if (node.kind === 'text') takeText(texts, language.toLowerCase(), name, node, ledger)
  }
}

function readNumbers(node: TextTree, ledger: Ledger): void {
  if (node.text === '' || isZero(node.text)) ledger.carry(node, 'nothing: the version is put there')
  else ledger.leave(node, versionReason)
}

function leaveRest(fixed: MapTree, ledger: Ledger): void {
  for (const [key, node] of fixed.entries) {
    if (['file_version', 'product_version'].includes(key) || (node.kind === 'text' && node.text === '')) continue
    if (key === 'type' && node.kind === 'text' && /^app$/i.test(node.text)) continue
    if (key === 'flags') ledger.leave(node, 'gopack sets the flag of prereleases and no other')
    else if (key === 'type') ledger.leave(node, 'gopack builds applications')
    else if (key === 'timestamp') ledger.leave(node, 'the version information of gopack holds no time')
  }
}
