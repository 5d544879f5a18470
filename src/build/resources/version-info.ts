import { Resource } from 'resedit'
import { resourceError } from '../../errors/resources.ts'
import { resourceType, type ResourceItem } from '../../pe/resource-directory.ts'
import type { FileVersion, ResourceRequest } from './types.ts'

type VersionRequest = ResourceRequest['version']
type Language = ReturnType<Resource.VersionInfo['getAllLanguagesForStringValues']>[number]

const unicode = 1200
const prereleaseFlag = 0x02
const knownFlags = 0x3f
const windowsNt = 0x0004_0004
const application = 1
// The length fields are 16 bits wide, in bytes; a table and the whole must each stay below.
const byteLimit = 65_000

/**
 * Applies version, flags and texts to every version resource there is, or makes one.
 * Texts of a language go to the table of that language; see `ResourceRequest` for the layers.
 * @throws RESOURCE_TEXT_TOO_LONG
 */
export function applyVersionInfo(items: readonly ResourceItem[], request: VersionRequest): ResourceItem[] {
  const existing = items.filter(({ type }) => type === resourceType.version)
  const others = items.filter(({ type }) => type !== resourceType.version)
  const infos =
    existing.length === 0 ? [{ item: undefined, info: emptyInfo(request) }] : existing.map((item) => ({ item, info: parse(item) }))
  for (const { language, strings, layer } of textsOf(request)) {
    const home = infos.find(({ info }) => hasLanguage(info, language)) ?? infos[0]!
    setTexts(home.info, tableFor(home.info, language, request), strings, layer)
  }
  for (const { info } of infos) {
    setFixed(info, request)
    for (const table of info.getAllLanguagesForStringValues()) info.setStringValues(table, { ...request.always })
  }
  return [...others, ...infos.map(({ item, info }) => encode(info, item))]
}

/**
 * For an engine that writes texts one by one: those that have to be set in the version information there is, for the main language.
 * Also says how many tables there are.
 */
export function textsToSet(
  versions: readonly ResourceItem[],
  request: VersionRequest,
): { readonly tables: number; readonly texts: Record<string, string> } {
  const tables = versions.map(parse).flatMap((info) => info.getAllLanguagesForStringValues().map((table) => info.getStringValues(table)))
  const present = tables[0] ?? {}
  const missing = Object.entries(request.fallback[request.language] ?? {}).filter(([key]) => !present[key])
  return { tables: tables.length, texts: { ...Object.fromEntries(missing), ...request.configured[request.language], ...request.always } }
}

/** Sets flags, mask, system and type of version information that another program made; its texts and numbers stay. */
export function setVersionFlags(item: ResourceItem, request: VersionRequest): ResourceItem {
  const info = parse(item)
  setFixed(info, request)
  return encode(info, item)
}

function* textsOf(request: VersionRequest) {
  const languages = new Set([request.language, ...Object.keys(request.configured).sort(), ...Object.keys(request.fallback).sort()])
  for (const code of languages) {
    const language = Number.parseInt(code, 16)
    yield { language, strings: request.configured[code] ?? {}, layer: 'configured' as const }
    yield { language, strings: request.fallback[code] ?? {}, layer: 'fallback' as const }
  }
}

function emptyInfo(request: VersionRequest): Resource.VersionInfo {
  const info = Resource.VersionInfo.createEmpty()
  info.lang = Number.parseInt(request.language, 16)
  return info
}

function parse(item: ResourceItem): Resource.VersionInfo {
  const bytes = new Uint8Array(item.data)
  try {
    return Resource.VersionInfo.fromEntries([
      { type: item.type, id: item.id, lang: item.language, codepage: item.codePage, bin: bytes.buffer },
    ])[0]!
  } catch {
    // Damaged version information has nothing to keep.
    const info = Resource.VersionInfo.createEmpty()
    info.lang = item.language
    return info
  }
}

const hasLanguage = (info: Resource.VersionInfo, language: number): boolean =>
  info.getAllLanguagesForStringValues().some(({ lang }) => lang === language)

/** The table of a language whatever its code page; for the main language else the first one there is. */
function tableFor(info: Resource.VersionInfo, language: number, request: VersionRequest): Language {
  const tables = info.getAllLanguagesForStringValues()
  const main = language === Number.parseInt(request.language, 16) ? tables[0] : undefined
  return tables.find(({ lang }) => lang === language) ?? main ?? { lang: language, codepage: unicode }
}

function setTexts(info: Resource.VersionInfo, table: Language, strings: Record<string, string>, layer: 'configured' | 'fallback'): void {
  const present = info.getStringValues(table)
  const wanted = Object.entries(strings).filter(([key]) => layer === 'configured' || !present[key])
  info.setStringValues(table, Object.fromEntries(wanted))
}

function setFixed(info: Resource.VersionInfo, request: VersionRequest): void {
  const fixed = info.fixedInfo
  ;[fixed.fileVersionMS, fixed.fileVersionLS] = halves(request.file)
  ;[fixed.productVersionMS, fixed.productVersionLS] = halves(request.product)
  fixed.fileFlagsMask = knownFlags
  fixed.fileFlags = (fixed.fileFlags & knownFlags & ~prereleaseFlag) | (request.prerelease ? prereleaseFlag : 0)
  fixed.fileOS ||= windowsNt
  fixed.fileType ||= application
}

const halves = ([a, b, c, d]: FileVersion): [number, number] => [a * 0x10000 + b, c * 0x10000 + d]

function encode(info: Resource.VersionInfo, item: ResourceItem | undefined): ResourceItem {
  const size = info
    .getAllLanguagesForStringValues()
    .flatMap((table) => Object.entries(info.getStringValues(table)))
    .reduce((total, [key, value]) => total + 2 * (key.length + value.length) + 16, 200)
  if (size > byteLimit) {
    throw resourceError('RESOURCE_TEXT_TOO_LONG', {
      message: `The texts of the version information take ${size} bytes; the format has room for ${byteLimit}.`,
    })
  }
  return {
    type: resourceType.version,
    id: item?.id ?? 1,
    language: Number(info.lang),
    codePage: item?.codePage ?? unicode,
    data: Buffer.from(info.generateResource().bin),
  }
}
