/** The resource engines: `portable` needs nothing, `rcedit` needs Windows or Wine. */
export type ResourceEngine = 'portable' | 'rcedit'

/** Four numbers of 16 bits each, as VS_FIXEDFILEINFO holds them. */
export type FileVersion = readonly [number, number, number, number]

/** A version information string table of one language: `ProductName` → text. */
export type VersionStrings = Readonly<Record<string, string>>

export interface ManifestSettings {
  readonly executionLevel?: 'asInvoker' | 'highestAvailable' | 'requireAdministrator' | undefined
  readonly uiAccess?: boolean | undefined
  readonly dpiAwareness?: 'unaware' | 'system' | 'permonitor' | 'permonitorv2' | undefined
  readonly longPaths?: boolean | undefined
  /** Code page UTF-8 for the A functions of the Windows API. */
  readonly utf8?: boolean | undefined
  readonly commonControls?: boolean | undefined
  readonly segmentHeap?: boolean | undefined
}

/** What is configured replaces what the exe carries already (from a .syso); a fallback only fills what it lacks. */
export type ResourceLayer = 'configured' | 'fallback'

/**
 * What shall be in an exe, as the plan states it. Every field has up to two layers:
 * `configured` replaces what the exe already carries (from a .syso), `fallback` only fills what it lacks.
 */
export interface ResourceRequest {
  readonly engine: ResourceEngine
  /** Absolute path of a .ico or .png, and the SHA-256 of its bytes when it was planned. Absent: the exe's own icon stays. */
  readonly icon?: { readonly layer: ResourceLayer; readonly path: string; readonly sha256: string }
  /** True for `icon: none`: the icon the exe carries is taken out. */
  readonly dropIcon?: boolean
  readonly version: {
    readonly file: FileVersion
    readonly product: FileVersion
    readonly prerelease: boolean
    /**
     * The main language: four hex digits of the Windows LANGID, lower case (`0409`). Its texts go into the exe's own
     * first table where the exe has version information, but none in this language.
     */
    readonly language: string
    /** Always written, in every language: FileVersion and ProductVersion. */
    readonly always: VersionStrings
    /** By language, as in `language`. The code page is always Unicode (1200). */
    readonly configured: Readonly<Record<string, VersionStrings>>
    readonly fallback: Readonly<Record<string, VersionStrings>>
  }
  readonly manifest: {
    readonly layer: ResourceLayer
    /** The whole manifest, UTF-8. */
    readonly xml: string
  }
}
