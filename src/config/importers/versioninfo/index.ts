import { importError } from '../../../errors/import.ts'
import type { ResourcesConfig } from '../../schema/resources.ts'
import { readJson, type MapTree, type TextTree, type Tree } from '../document.ts'
import { openLedger, type Ledger } from '../ledger.ts'
import { folderOf, pathFrom } from '../source-paths.ts'
import type { ImportContext, Imported, ImportSource } from '../types.ts'
import { takeText, textSettings, versionReason, type TextsByLanguage } from '../version-texts.ts'

const stringNames =
  'Comments CompanyName FileDescription FileVersion InternalName LegalCopyright LegalTrademarks OriginalFilename PrivateBuild ProductName ProductVersion SpecialBuild'.split(
    ' ',
  )

/**
 * Reads the versioninfo.json of goversioninfo. Go's JSON does not tell upper from lower case in keys, so neither does this.
 * Specification: goversioninfo.go of github.com/josephspurrier/goversioninfo 1.7.0.
 * @throws IMPORT_SYNTAX
 */
export function importVersionInfo(source: ImportSource, context: ImportContext): Imported {
  const { root } = readJson(source.bytes.toString('utf8').replace(/^\ufeff/, ''), source.file)
  if (root.kind !== 'map')
    throw importError('IMPORT_SYNTAX', { message: `${source.file}: this is no JSON object.`, at: { file: source.file, line: 1 } })
  const ledger = openLedger(source.file)
  const language = readTranslation(find(find(root, 'VarFileInfo'), 'Translation'), ledger)
  const texts: TextsByLanguage = new Map()
  const strings = find(root, 'StringFileInfo')
  for (const name of stringNames) {
    const node = textOf(find(strings, name))
    if (node !== undefined) takeText(texts, language, name, node, ledger)
  }
  readFixed(find(root, 'FixedFileInfo'), ledger)
  const timestamp = find(root, 'Timestamp')
  if (timestamp?.kind === 'text' && timestamp.text === 'false') ledger.carry(timestamp, 'nothing: there is none')
  const folders = [folderOf(source.path), context.folder]
  const icon = readPath(find(root, 'IconPath') ?? find(root, 'ApplicationIconPath'), 'resources.icon', folders, context, ledger)
  const manifest = readPath(find(root, 'ManifestPath'), 'resources.manifest', folders, context, ledger)
  const resources: ResourcesConfig = {
    ...(icon === undefined ? {} : { icon }),
    ...textSettings(texts),
    ...(manifest === undefined ? {} : { manifest }),
  }
  return {
    format: 'versioninfo',
    file: source.file,
    config: Object.keys(resources).length === 0 ? {} : { resources },
    ...ledger.close(root, reasonFor),
  }
}

function reasonFor({ path }: Tree): string {
  if (/^StringFileInfo\./i.test(path)) return 'goversioninfo writes no string of this name'
  if (/^Timestamp$/i.test(path)) return 'the version information of gopack holds no time'
  return 'goversioninfo has no such key'
}

/** Of keys that differ in case only the exact one counts, else the last. */
function find(tree: Tree | undefined, key: string): Tree | undefined {
  if (tree?.kind !== 'map') return undefined
  return tree.entries.get(key) ?? [...tree.entries].filter(([name]) => name.toLowerCase() === key.toLowerCase()).at(-1)?.[1]
}

const textOf = (tree: Tree | undefined): TextTree | undefined => (tree?.kind === 'text' && !tree.isNull ? tree : undefined)

function readTranslation(node: Tree | undefined, ledger: Ledger): string {
  const [language, charset] = [textOf(find(node, 'LangID')), textOf(find(node, 'CharsetID'))]
  const hex = /^(?:0x)?([0-9a-f]{1,4})$/i.exec(language?.text ?? '')?.[1]
  if (language !== undefined) {
    if (hex === undefined && language.text !== '') ledger.leave(language, 'a language is four hex digits')
    else ledger.carry(language, 'resources.language')
  }
  if (charset !== undefined) {
    if (/^(04B0|1200|)$/i.test(charset.text)) ledger.carry(charset, 'nothing: texts are always Unicode')
    else ledger.carry(charset, 'nothing', { difference: 'texts are always Unicode (04B0)' })
  }
  return hex === undefined ? '0409' : hex.toLowerCase().padStart(4, '0')
}

const fixedDefaults: Readonly<Record<string, RegExp>> = {
  FileFlagsMask: /^0*3f$/i,
  FileFlags: /^0*$/,
  FileOS: /^0*4000?4$/i,
  FileType: /^0*1$/,
  FileSubType: /^0*$/,
}

function readFixed(fixed: Tree | undefined, ledger: Ledger): void {
  for (const key of ['FileVersion', 'ProductVersion']) {
    const version = find(fixed, key)
    if (version?.kind !== 'map') continue
    const parts = [...version.entries.values()]
    if (parts.every((part) => part.kind === 'text' && /^0*$/.test(part.text))) ledger.carry(version, 'nothing: the version is put there')
    else ledger.leave(version, versionReason, numbers(version))
  }
  for (const [key, standard] of Object.entries(fixedDefaults)) {
    const node = textOf(find(fixed, key))
    if (node === undefined) continue
    // goversioninfo's own sample has 040004, one digit short of VOS_NT_WINDOWS32.
    if (node.text === '' || standard.test(node.text)) ledger.carry(node, 'nothing: it is so')
    else ledger.leave(node, 'gopack says: an application for Windows NT, marked as a prerelease where the version is one')
  }
}

const numbers = (version: MapTree): string =>
  ['Major', 'Minor', 'Patch', 'Build'].map((key) => textOf(find(version, key))?.text ?? '0').join('.')

/** A path, or several separated by commas, of which the first counts. */
function readPath(
  node: Tree | undefined,
  setting: string,
  folders: readonly string[],
  context: ImportContext,
  ledger: Ledger,
): string | undefined {
  const text = textOf(node)
  if (text === undefined || text.text.trim() === '') return undefined
  const [first = '', ...others] = setting === 'resources.icon' ? text.text.split(',') : [text.text]
  const { path, reason } = pathFrom(first, folders, context)
  for (const other of others) ledger.leave(text, 'gopack adds one icon: the first, which Explorer shows', other.trim())
  if (path === undefined) ledger.leave(text, reason, first.trim())
  else ledger.carry(text, setting, { value: first.trim() })
  return path
}
