/** The resource engines: `portable` needs nothing, `rcedit` needs Windows or Wine. */
export type ResourceEngine = 'portable' | 'rcedit'

/** Four numbers of 16 bits each, as VS_FIXEDFILEINFO holds them. */
export type FileVersion = readonly [number, number, number, number]

/** A version information string table of one language: `ProductName` → text. */
export type VersionStrings = Readonly<Record<string, string>>

export interface ManifestSettings {
  readonly executionLevel?: 'asInvoker' | 'highestAvailable' | 'requireAdministrator'
  readonly uiAccess?: boolean
  readonly dpiAwareness?: 'unaware' | 'system' | 'permonitor' | 'permonitorv2'
  readonly longPaths?: boolean
  /** Code page UTF-8 for the A functions of the Windows API. */
  readonly utf8?: boolean
  readonly commonControls?: boolean
  readonly segmentHeap?: boolean
}

/**
 * What shall be in an exe, as the plan states it. Every field has up to two layers:
 * `configured` replaces what the exe already carries (from a .syso), `fallback` only fills what it lacks.
 */
export interface ResourceRequest {
  readonly engine: ResourceEngine
  /** Absolute path of a .ico or .png, and the SHA-256 of its bytes when it was planned. */
  readonly icon?: { readonly layer: 'configured' | 'fallback'; readonly path: string; readonly sha256: string }
  readonly version: {
    readonly file: FileVersion
    readonly product: FileVersion
    readonly prerelease: boolean
    /** Always written, in every language: FileVersion and ProductVersion. */
    readonly always: VersionStrings
    /** By language: four hex digits of the Windows LANGID, lower case (`0409`). The code page is always Unicode (1200). */
    readonly configured: Readonly<Record<string, VersionStrings>>
    readonly fallback: Readonly<Record<string, VersionStrings>>
  }
  readonly manifest: {
    readonly layer: 'configured' | 'fallback'
    /** The whole manifest, UTF-8. */
    readonly xml: string
  }
}
