/** A machine, in Go's words: `linux`, `amd64`. */
export interface GoHost {
  readonly os: string
  readonly arch: string
}

/** What fetching Go tells while it goes on. Sizes in bytes, rates in bytes a second, times in milliseconds. */
export type ProvisionEvent =
  | { readonly type: 'go-fetch'; readonly version: string; readonly from: string }
  | { readonly type: 'go-progress'; readonly version: string; readonly received: number; readonly total?: number; readonly rate: number }
  | { readonly type: 'go-retry'; readonly version: string; readonly reason: string }
  | { readonly type: 'go-unpack'; readonly version: string }
  | { readonly type: 'go-waiting'; readonly version: string; readonly holder: number }
  | { readonly type: 'go-ready'; readonly version: string; readonly file: string; readonly milliseconds: number }

export type ProvisionListener = (event: ProvisionEvent) => void

/** h1 hashes of toolchain modules: version (`1.26.10`) → `os/arch` → hash. */
export type PinnedGo = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Who asks, and how long may be waited: what every part of fetching Go needs. */
export interface ProvisionContext {
  readonly environment: NodeJS.ProcessEnv
  readonly signal?: AbortSignal | undefined
  readonly listener: ProvisionListener
}
