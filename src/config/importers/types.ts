import type { Config } from '../schema/index.ts'

/** What is imported from, by the tool that reads it. */
export type ImportFormat = 'goreleaser' | 'winres' | 'versioninfo' | 'rc'

/** Something of the source that has its counterpart. */
export interface Carried {
  readonly file: string
  readonly line: number
  /** Path of the key in the source: `builds[0].ldflags[1]`. */
  readonly key: string
  readonly value: string
  /** The setting of gopack, or why none is needed. */
  readonly to: string
  /** What is not quite as it was. */
  readonly difference?: string
}

/** Something of the source that has no counterpart. */
export interface Left {
  readonly file: string
  readonly line: number
  /** Of a group that is left as a whole. */
  readonly lastLine?: number
  readonly key: string
  readonly value: string
  readonly reason: string
}

export interface Imported {
  readonly format: ImportFormat
  /** The source, as it is shown. */
  readonly file: string
  readonly config: Config
  readonly carried: readonly Carried[]
  readonly left: readonly Left[]
}

/** What an importer knows of the module; importers read no file but their own. */
export interface ImportContext {
  /** Folder gopack.yaml will lie in, absolute. */
  readonly folder: string
  /** Top of the repository, absolute; without one the folder. */
  readonly top: string
  /** Makes a path that is relative to the folder of the source's project one that is relative to `folder`. */
  readonly rebase: (path: string) => string
  readonly modulePath: string
  /** What the repository is called where it came from. */
  readonly repository?: string | undefined
  /** `windows/amd64`, …: what this Go can build for. */
  readonly supported: ReadonlySet<string>
  readonly goVersion: string
  /** What git tags begin with before the number: `v` unless the newest says otherwise. */
  readonly tagStart: string
  /** Whether a glob relative to the folder matches anything now. */
  readonly matches: (pattern: string) => boolean
  /** Whether a path relative to the folder is a folder. */
  readonly isFolder: (path: string) => boolean
  readonly isFile: (path: string) => boolean
  /** Pixels; 0 for what is no PNG. */
  readonly pngWidth: (path: string) => number
}

/** A source file with its content. */
export interface ImportSource {
  /** Absolute. */
  readonly path: string
  /** As it is shown. */
  readonly file: string
  readonly bytes: Buffer
}
