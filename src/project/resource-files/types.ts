import type { FileVersion, ManifestSettings, VersionStrings } from '../../build/resources/types.ts'

/** What the files of other tools in a module say about its resources. */
export interface FoundResources {
  /** The winres.json or versioninfo.json that was read, absolute. */
  readonly source?: string
  /** An .ico or .png, absolute. */
  readonly icon?: string
  /** The language of the texts, where the file names one: four hex digits, lower case. */
  readonly language?: string
  /** By language; without FileVersion and ProductVersion. */
  readonly strings: Readonly<Record<string, VersionStrings>>
  /** Only where it is not 0.0.0.0. */
  readonly version?: FileVersion
  readonly manifest?: { readonly settings?: ManifestSettings; readonly file?: string }
}
