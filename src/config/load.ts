import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { configError } from '../errors/config.ts'
import { shownPath } from '../host/shown-path.ts'
import { configSizeLimit, findConfigFile } from './find.ts'
import type { ParsedConfig } from './parse.ts'
import type { Config } from './schema/index.ts'

/** A configuration with the folder its relative paths refer to; `file` is absent where there is no configuration file. */
export interface LoadedConfig {
  readonly config: Config
  readonly file?: string
  readonly folder: string
  /** Where a setting stands in the file. */
  readonly placeOf?: ParsedConfig['placeOf']
}

/**
 * Finds, parses and checks the configuration; no file at all is a complete configuration too.
 * @throws every CONFIG_… error
 */
export async function loadConfig(cwd: string, explicit?: string): Promise<LoadedConfig> {
  const file = findConfigFile(cwd, explicit)
  if (file === undefined) return { config: {}, folder: cwd }
  const text = readText(file)
  // YAML and zod take 70 ms to load: only where there is something to read.
  const [{ parseConfigText }, { validateConfig }, { applyRules }] = await Promise.all([
    import('./parse.ts'),
    import('./validate.ts'),
    import('./rules.ts'),
  ])
  const parsed = parseConfigText(text, shownPath(file))
  const config = validateConfig(parsed)
  applyRules(config, parsed)
  return { config, file, folder: dirname(file), placeOf: parsed.placeOf }
}

function readText(file: string): string {
  try {
    const state = statSync(file)
    // A pipe or a device has no end.
    if (!state.isFile()) throw new Error('it is not a regular file')
    if (state.size > configSizeLimit) throw new Error('it is larger than 1 MB')
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (cause) {
    throw configError('CONFIG_UNREADABLE', { message: `${file} cannot be read: ${(cause as Error).message}.`, at: { file }, cause })
  }
}
