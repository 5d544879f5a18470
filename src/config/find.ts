import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { configError } from '../errors/config.ts'

/** Names of the configuration file, one of which a folder may hold. */
export const configFileNames = ['gopack.yaml', 'gopack.yml', 'gopack.json'] as const

/** Bytes. */
export const configSizeLimit = 1024 * 1024

/**
 * The configuration file that holds for `cwd`: in it or in the nearest folder above, up to the git top level.
 * @throws CONFIG_TWO_SOURCES, CONFIG_MISSING (an explicit file that is not there).
 */
export function findConfigFile(cwd: string, explicit?: string): string | undefined {
  if (explicit !== undefined) {
    const path = resolve(cwd, explicit)
    if (!existsSync(path) || !statSync(path).isFile())
      throw configError('CONFIG_MISSING', { message: `There is no configuration file ${path}.` })
    return path
  }
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    const found = sourcesIn(folder)
    if (found.length > 1) {
      throw configError('CONFIG_TWO_SOURCES', {
        message: `${folder} holds more than one configuration: ${found.map((path) => path.slice(folder.length + 1)).join(', ')}.`,
      })
    }
    if (found[0] !== undefined) return found[0]
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return undefined
  }
}

function sourcesIn(folder: string): string[] {
  const files = configFileNames.map((name) => join(folder, name)).filter((path) => existsSync(path))
  const packageJson = join(folder, 'package.json')
  return hasGopackKey(packageJson) ? [...files, packageJson] : files
}

function hasGopackKey(packageJson: string): boolean {
  try {
    const state = statSync(packageJson)
    if (!state.isFile() || state.size > configSizeLimit) return false
    const content: unknown = JSON.parse(readFileSync(packageJson, 'utf8'))
    return typeof content === 'object' && content !== null && 'gopack' in content
  } catch {
    // No package.json, or one that is npm's to complain about.
    return false
  }
}
