/** A file that goes into an archive beside the program. */
export interface ArchiveFile {
  /** Absolute path. */
  readonly source: string
  /** Path in the archive, `/` separated. */
  readonly name: string
  readonly executable: boolean
}

export type ArchiveFormat = 'zip' | 'tar.gz'

/** What the archive step of one lane will do. */
export interface ArchivePlan {
  readonly step: 'archive'
  readonly format: ArchiveFormat
  /** File name in the output folder. */
  readonly path: string
  /** Whose executables go in, and what each is called inside. */
  readonly programs: readonly { readonly app: string; readonly name: string }[]
  readonly files: readonly ArchiveFile[]
  /** Empty folders, without a trailing slash. */
  readonly folders: readonly string[]
  /** Seconds since 1970: the time of every entry. */
  readonly time: number
  /** The comment of a zip. */
  readonly comment?: string
}
