import type { AppConfig, Config } from './schema/index.ts'

/** Settings of programs: the common ones, or those of one app. */
export interface ConfigPart {
  /** Where they stand in the file. */
  readonly path: readonly PropertyKey[]
  readonly settings: Config | AppConfig
}

/** The common settings, then those of each app. */
export function partsOf(config: Config): ConfigPart[] {
  const apps = (config.apps ?? []).map((settings, index): ConfigPart => ({ path: ['apps', index], settings }))
  return [{ path: [], settings: config }, ...apps]
}
