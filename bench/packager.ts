import type { ModuleName } from './modules.ts'
import type { Setting } from './setting.ts'

/** A way to get from a module to a zip for each target. */
export interface Packager {
  readonly name: string
  /** Its own copy of the module. */
  readonly tree: string
  /** Folder its zips are in. */
  readonly output: string
  readonly build: () => Promise<void>
  /** Empties the Go cache, its own cache and its output. */
  readonly forget: () => Promise<void>
}

export interface PackagerRequest {
  readonly name: ModuleName
  /** Folder for the copy (`tree`), caches and output. */
  readonly folder: string
  readonly setting: Setting
}
