import type { GoModule } from '../pe/build-info-text.ts'
import type { ImportedDll } from '../pe/imports.ts'
import type { Finding } from './findings.ts'
import type { Icon } from './resources/icons.ts'
import type { Manifest } from './resources/manifest.ts'
import type { VersionInformation } from './resources/version-information.ts'

export type { Finding, FindingCode } from './findings.ts'
export type { GoModule, Icon, ImportedDll, Manifest, VersionInformation }

/** What `gopack inspect` found; plain data, JSON as it is. Sizes and offsets are bytes, null means absent. */
export type Inspection = ExecutableInspection | ArchiveInspection | DistInspection

export type ExecutableInspection = PeInspection | OtherExecutableInspection

interface Inspected {
  readonly path: string
  /** False when a finding is an error; the command then exits 5. */
  readonly ok: boolean
  readonly findings: readonly Finding[]
}

interface Executable extends Inspected {
  readonly kind: 'executable'
  readonly size: number
  readonly sha256: string
  /** GOOS, GOARCH. */
  readonly os: string | null
  readonly arch: string | null
  readonly bits: 32 | 64
  readonly symbols: boolean
  readonly debugInformation: boolean
  readonly go: GoBuild | null
}

export interface OtherExecutableInspection extends Executable {
  readonly format: 'elf' | 'mach-o'
}

export interface PeInspection extends Executable {
  readonly format: 'pe'
  readonly machine: string
  readonly subsystem: string
  readonly subsystemVersion: string
  /** Seconds since 1970 as the linker wrote them; 0 in reproducible builds. */
  readonly timestamp: number
  readonly imageBase: string
  readonly characteristics: Flags
  readonly dllCharacteristics: Flags
  readonly checksum: { readonly stated: number; readonly computed: number; readonly state: 'none' | 'right' | 'wrong' }
  readonly sections: readonly Section[]
  readonly versionInformation: readonly VersionInformation[]
  readonly icons: readonly Icon[]
  readonly manifest: Manifest | null
  readonly resources: readonly Resource[]
  readonly imports: readonly (ImportedDll & { readonly count: number; readonly partOfWindows: boolean })[]
  readonly signature: Signature | null
  /** Data after the last section that is neither symbol table nor signature. */
  readonly overlay: { readonly offset: number; readonly size: number } | null
  /** The lowest Windows the Go version that built it supports. */
  readonly lowestWindows: string | null
}

export interface Flags {
  readonly value: number
  readonly names: readonly string[]
}

export interface Section {
  readonly name: string
  readonly virtualAddress: number
  readonly virtualSize: number
  readonly offset: number
  readonly size: number
  readonly flags: Flags
}

export interface Resource {
  /** `RT_ICON` for a known number, `#123` for another, else the name. */
  readonly type: string
  /** `#1` or the name. */
  readonly name: string
  /** LANGID, four hex digits. */
  readonly language: string
  readonly size: number
}

/** An attribute certificate table; nothing here says that the signature is valid. */
export interface Signature {
  readonly verified: false
  readonly offset: number
  readonly size: number
  readonly entries: number
}

export interface GoBuild {
  readonly version: string
  readonly path: string
  readonly main: GoModule | null
  readonly deps: readonly GoModule[]
  readonly settings: readonly { readonly key: string; readonly value: string }[]
  readonly vcs: {
    readonly system: string
    readonly revision: string | null
    readonly time: string | null
    readonly modified: boolean | null
  } | null
  readonly cgo: boolean | null
  /** `GOAMD64`, `v1`. */
  readonly variant: { readonly name: string; readonly value: string } | null
  /** Absent too where -trimpath has dropped it. */
  readonly ldflags: string | null
}

export interface ArchiveEntry {
  readonly name: string
  readonly type: 'file' | 'folder' | 'symlink' | 'other'
  readonly size: number
  readonly compressedSize: number | null
  /** `store`, `deflate`, `gzip` or a number. */
  readonly method: string
  /** Permission bits, octal; null where the archive holds none. */
  readonly mode: string | null
  /** Zip holds no zone: `2026-11-21T15:30:00`; tar is in UTC and ends in Z. */
  readonly modified: string
  /** Null when the content was not read. */
  readonly sha256: string | null
  readonly executable: ExecutableInspection | null
}

export interface ArchiveInspection extends Inspected {
  readonly kind: 'archive'
  readonly format: 'zip' | 'tar.gz'
  readonly size: number
  readonly sha256: string
  readonly entries: readonly ArchiveEntry[]
  /** What makes two builds give the same bytes. */
  readonly traits: ArchiveTraits
}

export interface ArchiveTraits {
  readonly sortedNames: boolean
  /** Zip: no extra fields. Tar: no pax headers, owner names or ids; gzip without name and time. */
  readonly noExtraFields: boolean
  /** All entries carry one time. */
  readonly oneTime: boolean
}

export interface DistArtifact {
  readonly type: string
  readonly app: string | null
  readonly version: string | null
  readonly tag: string | null
  readonly target: string | null
  readonly path: string
  readonly size: number
  readonly sha256: string
  readonly state: 'ok' | 'missing' | 'differs' | 'outside'
  readonly inspection: ExecutableInspection | ArchiveInspection | null
}

export interface DistInspection extends Inspected {
  readonly kind: 'dist'
  readonly tool: string | null
  readonly go: string | null
  readonly commit: string | null
  /** Built from a tree with uncommitted changes. */
  readonly dirty: boolean
  readonly timestamp: string | null
  readonly artifacts: readonly DistArtifact[]
}
