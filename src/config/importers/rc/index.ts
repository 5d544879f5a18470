import type { ResourcesConfig } from '../../schema/resources.ts'
import type { MapTree, TextTree } from '../document.ts'
import { openLedger, type Ledger } from '../ledger.ts'
import { folderOf, pathFrom } from '../source-paths.ts'
import type { ImportContext, Imported, ImportSource } from '../types.ts'
import { isZero, takeText, textSettings, versionReason, type TextsByLanguage } from '../version-texts.ts'
import { decodeLines } from './decode.ts'
import { preprocess } from './preprocess.ts'
import { readScript, type Statement } from './script.ts'
import type { Token } from './tokens.ts'
import type { VersionStatement } from './version-info.ts'

/**
 * Reads a resource script: VERSIONINFO, ICON and RT_MANIFEST carry over, other resources are listed.
 * Specification: learn.microsoft.com, "About resource files"; read as GNU windres reads it.
 * @throws IMPORT_RC_SYNTAX, IMPORT_RC_INCLUDE, IMPORT_RC_CODE_PAGE
 */
export function importRc(source: ImportSource, context: ImportContext): Imported {
  const { file } = source
  const statements = readScript(preprocess(decodeLines(source.bytes, file), file), file)
  const ledger = openLedger(file)
  const texts: TextsByLanguage = new Map()
  const icons = statements.filter(
    (statement): statement is FileStatement => statement.kind === 'file' && isType(statement.type, 'ICON', 'RT_GROUP_ICON', '14'),
  )
  const manifests = statements.filter(
    (statement): statement is FileStatement => statement.kind === 'file' && isType(statement.type, 'MANIFEST', 'RT_MANIFEST', '24'),
  )
  const folders = [folderOf(source.path), context.folder]
  const icon = chooseFile(
    [...icons].sort((a, b) => order(a.name) - order(b.name) || (a.name.text < b.name.text ? -1 : 1)),
    'icon',
    folders,
    context,
    ledger,
  )
  const manifest = chooseFile(manifests, 'manifest', folders, context, ledger)
  for (const statement of statements)
    if (![...icons, ...manifests].includes(statement as FileStatement)) readOther(statement, texts, ledger)
  const resources: ResourcesConfig = {
    ...(icon === undefined ? {} : { icon }),
    ...textSettings(texts),
    ...(manifest === undefined ? {} : { manifest }),
  }
  const nothing: MapTree = { kind: 'map', path: '', line: 1, column: 1, lastLine: 1, entries: new Map() }
  return { format: 'rc', file, config: Object.keys(resources).length === 0 ? {} : { resources }, ...ledger.close(nothing, () => '') }
}

type FileStatement = Extract<Statement, { kind: 'file' }>

const isType = ({ text }: Token, ...names: readonly string[]): boolean => names.includes(text.toUpperCase())

/** Windows sorts names before numbers, and shows the first icon. */
const order = (name: Token): number => (name.kind === 'number' ? Number(name.text) : -1)

/** A place for the ledger. */
const node = (at: Token, path: string, text: string): TextTree => ({
  kind: 'text',
  path,
  line: at.line,
  column: at.column,
  lastLine: at.line,
  text,
  isNull: false,
})

function chooseFile(
  statements: readonly FileStatement[],
  kind: 'icon' | 'manifest',
  folders: readonly string[],
  context: ImportContext,
  ledger: Ledger,
): string | undefined {
  const [first, ...others] = statements
  for (const other of others)
    ledger.leave(
      node(other.at, keyOf(other), other.path),
      kind === 'icon' ? 'gopack adds one icon: the first, which Explorer shows' : 'gopack adds one manifest',
    )
  if (first === undefined) return undefined
  const { path, reason } = pathFrom(first.path, folders, context)
  const place = node(first.at, keyOf(first), first.path)
  if (path === undefined) ledger.leave(place, reason)
  else ledger.carry(place, `resources.${kind}`)
  return path
}

const keyOf = ({ name, type }: { name: Token; type: Token }): string => (name === type ? type.text : `${name.text} ${type.text}`)

const otherResources =
  'gopack adds icon, version information and manifest; put other resources into a .syso file, which Go links and gopack keeps'

function readOther(statement: Statement, texts: TextsByLanguage, ledger: Ledger): void {
  if (statement.kind === 'language')
    return ledger.carry(
      node(statement.at, `LANGUAGE:${statement.at.line}`, hex(statement.language)),
      'nothing: resources have the language of their texts',
    )
  if (statement.kind === 'other') return ledger.leave(node(statement.at, statement.text, ''), 'Windows ignores it')
  if (statement.kind === 'version') {
    for (const line of statement.statements) readVersion(statement.name.text, line, texts, ledger)
    return undefined
  }
  if (statement.kind === 'file') return ledger.leave(node(statement.at, keyOf(statement), statement.path), otherResources)
  const inline = isType(statement.type, 'MANIFEST', 'RT_MANIFEST', '24')
  const whole = {
    kind: 'map',
    path: keyOf(statement),
    line: statement.name.line,
    column: statement.name.column,
    lastLine: statement.lastLine,
    entries: new Map(),
  } as const
  return ledger.leave(
    whole,
    inline ? 'save the manifest as a file of its own and name it under resources.manifest' : otherResources,
    'BEGIN … END',
  )
}

const hex = (language: number): string => `0x${language.toString(16).padStart(4, '0')}`

function readVersion(resource: string, line: VersionStatement, texts: TextsByLanguage, ledger: Ledger): void {
  const key = (name: string): string => `${resource} VERSIONINFO.${name}`
  if (line.kind === 'numbers')
    return readNumbers(node(line.at, key(line.name), (line.numbers ?? []).join(',')), line.name, line.numbers, ledger)
  if (line.kind === 'other')
    return ledger.leave(node(line.at, key(line.path), ''), 'version information has StringFileInfo and VarFileInfo.Translation only')
  if (line.kind === 'translation') {
    const [language = 0, page] = line.numbers
    const place = node(line.at, key('VarFileInfo.Translation'), line.numbers.map(hex).join(', '))
    return ledger.carry(
      place,
      'resources.languages',
      page === 1200 || page === undefined
        ? {}
        : { difference: `texts are always Unicode (code page 1200); the language is ${hex(language)}` },
    )
  }
  const place = node(line.at, key(`StringFileInfo.${line.table}.${line.name}`), line.text ?? line.raw)
  const language = /^([0-9a-f]{4})[0-9a-f]{4}$/i.exec(line.table)?.[1]
  if (language === undefined) return ledger.leave(place, 'the name of a table is language and code page, eight hex digits')
  if (line.text === undefined) return ledger.leave(place, 'gopack expands no macros with arguments')
  return takeText(texts, language.toLowerCase(), line.name, place, ledger)
}

const standard: Readonly<Record<string, readonly number[]>> = {
  FILEFLAGSMASK: [0x3f],
  FILEFLAGS: [0],
  FILEOS: [0x40004, 4],
  FILETYPE: [1],
  FILESUBTYPE: [0],
}

function readNumbers(place: TextTree, name: string, numbers: readonly number[] | undefined, ledger: Ledger): void {
  if (name === 'FILEVERSION' || name === 'PRODUCTVERSION') {
    if (numbers !== undefined && isZero(numbers.join('.'))) return ledger.carry(place, 'nothing: the version is put there')
    return ledger.leave(place, versionReason)
  }
  if (standard[name]?.includes(numbers?.[0] ?? -1)) return ledger.carry(place, 'nothing: it is so')
  return ledger.leave(place, 'gopack says: an application for Windows NT, marked as a prerelease where the version is one')
}
