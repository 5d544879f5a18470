import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** The user's settings of where modules come from, read as the go command reads them, but without one. */
export interface GoAccess {
  /** Undefined where GOPROXY is set nowhere. */
  readonly proxy: string | undefined
  /** Comma list of patterns that are never asked of a proxy; GOPRIVATE where GONOPROXY is not set. */
  readonly noProxy: string
  readonly sumDatabase: string | undefined
  /** GOAUTH; undefined stands for netrc. */
  readonly authentication: string | undefined
}

export function readGoAccess(environment: NodeJS.ProcessEnv): GoAccess {
  const get = (name: string): string | undefined => readGoSetting(environment, name)
  return {
    proxy: get('GOPROXY'),
    noProxy: get('GONOPROXY') ?? get('GOPRIVATE') ?? '',
    sumDatabase: get('GOSUMDB'),
    authentication: get('GOAUTH'),
  }
}

/** A setting from the environment, else as `go env -w` has written it. */
export const readGoSetting = (environment: NodeJS.ProcessEnv, name: string): string | undefined =>
  environment[name] || settingsFile(environment)[name] || undefined

/** What `go env -w` has written: NAME=value, one a line. */
function settingsFile(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const file = environment['GOENV'] || join(settingsFolder(environment), 'go', 'env')
  if (file === 'off') return {}
  try {
    return Object.fromEntries(Array.from(readFileSync(file, 'utf8').matchAll(/^([A-Z0-9_]+)=(.*)$/gm), ([, name, value]) => [name, value]))
  } catch {
    return {}
  }
}

/** Go's os.UserConfigDir. */
function settingsFolder(environment: NodeJS.ProcessEnv): string {
  const home = environment['HOME'] || homedir()
  if (process.platform === 'win32') return environment['AppData'] ?? join(home, 'AppData', 'Roaming')
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support')
  return environment['XDG_CONFIG_HOME'] || join(home, '.config')
}

/**
 * Whether a module path matches one of Go's comma-separated patterns: each is a glob (path.Match) for as many elements of the
 * path as it has itself (golang.org/x/mod/module, MatchPrefixPatterns).
 */
export function matchesPattern(patterns: string, module: string): boolean {
  return patterns.split(',').some((pattern) => {
    const glob = pattern.trim().replace(/\/$/, '')
    if (glob === '') return false
    const elements = module.split('/')
    const wanted = glob.split('/').length
    return elements.length >= wanted && globExpression(glob).test(elements.slice(0, wanted).join('/'))
  })
}

function globExpression(glob: string): RegExp {
  const source = glob.replace(/\*|\?|\[[^\]]*\]|[\s\S]/g, (part) => {
    if (part === '*') return '[^/]*'
    if (part === '?') return '[^/]'
    return part.length > 1 ? part.replaceAll('\\', '\\\\') : part.replace(/[.+^${}()|[\]\\]/, '\\$&')
  })
  try {
    return new RegExp(`^${source}$`)
  } catch {
    // Go too takes a malformed pattern for one that matches nothing.
    return /$^/
  }
}
