import type { ResourcesConfig } from '../schema/resources.ts'
import type { TextTree } from './document.ts'
import type { Ledger } from './ledger.ts'

/** The strings of version information gopack has a name for (the reverse of src/build/resources/resolve.ts). */
const names: Readonly<Record<string, keyof TextSettings>> = {
  CompanyName: 'company',
  ProductName: 'product',
  FileDescription: 'description',
  LegalCopyright: 'copyright',
  LegalTrademarks: 'trademarks',
  Comments: 'comments',
  InternalName: 'internalName',
  OriginalFilename: 'originalFilename',
}

type TextSettings = NonNullable<ResourcesConfig['languages']>[string]

/** Strings by language: four lower-case hex digits. */
export type TextsByLanguage = Map<string, Record<string, string>>

export const versionReason = 'the version is that of the git tag, or what `gopack build --set-version` says'

/** Takes one string, or lists why not. */
export function takeText(texts: TextsByLanguage, language: string, name: string, node: TextTree, ledger: Ledger): void {
  const text = node.text.replace(/\0+$/, '')
  if (name === 'FileVersion' || name === 'ProductVersion') {
    if (text.trim() === '' || isZero(text)) return ledger.carry(node, 'nothing: the version is put there')
    return ledger.leave(node, versionReason)
  }
  if (text === '') return ledger.carry(node, 'nothing: it is empty')
  if (/\p{Cc}/u.test(text)) return ledger.leave(node, 'it holds a control character (a line break, a tab, …)')
  if (!/^[^\p{Cc}]{1,128}$/u.test(name)) return ledger.leave(node, 'the name of a string has 1 to 128 characters')
  const table = texts.get(language) ?? {}
  if (Object.hasOwn(table, name) && table[name] !== text) return ledger.leave(node, `${name} stands here a second time for this language`)
  texts.set(language, { ...table, [name]: text })
  return ledger.carry(node, names[name] === undefined ? `resources.strings.${name}` : `resources.${names[name]}`)
}

/** 0.0.0.0 is what templates hold. */
export const isZero = (text: string): boolean => /^\s*0+(\s*[.,]\s*0+)*\s*$/.test(text)

/** The texts as `resources:` takes them: those of one language on top, several each under its own. */
export function textSettings(texts: TextsByLanguage): ResourcesConfig {
  const [first, ...others] = [...texts]
  if (first === undefined) return {}
  const [language, table] = first
  const own = language === '0409' ? {} : { language: shown(language) }
  if (others.length === 0) return { ...own, ...settings(table) }
  return { ...own, languages: Object.fromEntries([...texts].map(([code, strings]) => [shown(code), settings(strings)])) }
}

const shown = (language: string): string => `0x${language}`

function settings(table: Readonly<Record<string, string>>): TextSettings {
  const known = Object.entries(table).flatMap(([name, text]) => (names[name] === undefined ? [] : [[names[name], text] as const]))
  const others = Object.entries(table).filter(([name]) => names[name] === undefined)
  return { ...Object.fromEntries(known), ...(others.length === 0 ? {} : { strings: Object.fromEntries(others) }) }
}
