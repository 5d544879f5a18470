import { resourceError } from '../../errors/resources.ts'
import type { ResourcesConfig } from '../../config/schema/resources.ts'
import type { FoundResources } from '../../project/resource-files/types.ts'
import { requireLanguage } from './language.ts'
import { manifestXml } from './manifest.ts'
import type { ResourceFiles } from './files.ts'
import type { FileVersion, ResourceEngine, ResourceRequest, VersionStrings } from './types.ts'

export interface ResolveInput {
  /** The parsed `resources:` group. */
  readonly config?: ResourcesConfig | undefined
  readonly found: FoundResources
  /** Icon and manifest as read by `readResourceFiles`. */
  readonly files: ResourceFiles
  readonly appName: string
  readonly version: {
    /** The whole version, for the texts FileVersion and ProductVersion. */
    readonly text: string
    readonly file: FileVersion
    readonly product?: FileVersion
    readonly prerelease: boolean
  }
  /** From the command line; wins over the configuration. */
  readonly engine?: ResourceEngine | undefined
}

const englishUs = '0409'

/**
 * What shall be in the exe, from the configuration, the files found, and defaults. Pure.
 * The order is: configuration, the exe's own resources (.syso), found file, default; versions are always gopack's.
 * @throws RESOURCE_LANGUAGE_UNKNOWN, RESOURCE_VERSION_RANGE
 */
export function resolveResources(input: ResolveInput): ResourceRequest {
  const { config = {}, found, files, version } = input
  checkRange(version.file)
  checkRange(version.product ?? version.file)
  const language = config.language === undefined ? (found.language ?? englishUs) : requireLanguage(config.language)
  const own = new Map(Object.entries(config.languages ?? {}).map(([tag, texts]) => [requireLanguage(tag), stringsOf(texts)]))
  const languages = [...new Set([language, ...own.keys(), ...Object.keys(found.strings)])]
  const forAll = stringsOf(config)
  const foundForAll = { ...defaults(input.appName), ...found.strings[found.language ?? language] }
  return {
    engine: input.engine ?? config.engine ?? 'portable',
    ...(files.icon === undefined ? {} : { icon: files.icon }),
    ...(iconIsOff(config) ? { dropIcon: true } : {}),
    version: {
      file: version.file,
      product: version.product ?? version.file,
      prerelease: version.prerelease,
      language,
      always: { FileVersion: version.text, ProductVersion: version.text },
      configured: byLanguage(languages, (code) => ({ ...forAll, ...own.get(code) })),
      fallback: byLanguage(languages, (code) => ({ ...foundForAll, ...found.strings[code] })),
    },
    manifest: manifestOf(input),
  }
}

/** Libraries clamp or wrap what is too large; a wrong version that looks right is worse than none. */
function checkRange(version: FileVersion): void {
  if (version.length === 4 && version.every((part) => Number.isInteger(part) && part >= 0 && part <= 65535)) return
  throw resourceError('RESOURCE_VERSION_RANGE', {
    message: `${version.join('.')} is no file version: that is four numbers from 0 to 65535.`,
  })
}

export function iconIsOff(config: ResourcesConfig): boolean {
  return config.icon === false || config.icon === 'none'
}

function defaults(appName: string): VersionStrings {
  return { FileDescription: appName, InternalName: appName, OriginalFilename: `${appName}.exe`, ProductName: appName }
}

const keys = {
  company: 'CompanyName',
  product: 'ProductName',
  description: 'FileDescription',
  copyright: 'LegalCopyright',
  trademarks: 'LegalTrademarks',
  comments: 'Comments',
  internalName: 'InternalName',
  originalFilename: 'OriginalFilename',
} as const satisfies Partial<Record<keyof ResourcesConfig, string>>

type Texts = Pick<ResourcesConfig, keyof typeof keys | 'strings'>

function stringsOf(texts: Texts): VersionStrings {
  const named = Object.entries(keys).flatMap(([key, name]) => {
    const value = texts[key as keyof typeof keys]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(named), ...texts.strings }
}

function byLanguage(languages: readonly string[], texts: (code: string) => VersionStrings): Record<string, VersionStrings> {
  return Object.fromEntries(languages.map((code) => [code, sorted(texts(code))]))
}

/** The order of the keys decides about bytes, so it must not depend on who wrote them down first. */
function sorted(texts: VersionStrings): VersionStrings {
  return Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function manifestOf({ config, found, files, appName, version }: ResolveInput): ResourceRequest['manifest'] {
  if (files.manifest !== undefined) return files.manifest
  const configured = config?.manifest === undefined || typeof config.manifest === 'string' ? undefined : config.manifest
  const settings = { ...found.manifest?.settings, ...configured }
  return {
    layer: configured === undefined ? 'fallback' : 'configured',
    xml: manifestXml({ name: appName, version: version.file, settings }),
  }
}
