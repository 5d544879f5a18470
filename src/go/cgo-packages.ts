import { lines } from '../host/lines.ts'
import { run } from '../host/exec.ts'
import { targetEnvironment, type Target } from './targets.ts'

export interface CgoQuery {
  /** A main package: an import path, or `.` in its own folder. */
  readonly package: string
  readonly cwd: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly tags: readonly string[]
  readonly target: Target
}

/**
 * The packages outside the standard library that hold C code for this target, whether cgo is on or not.
 * An empty list where the go command cannot tell: the compiler will.
 */
export async function cgoPackages(query: CgoQuery, signal?: AbortSignal): Promise<string[]> {
  const tags = query.tags.length === 0 ? [] : [`-tags=${query.tags.join(',')}`]
  const template = '{{if and .CgoFiles (not .Standard)}}{{.ImportPath}}{{end}}'
  const env = { ...query.environment, ...targetEnvironment(query.target), CGO_ENABLED: '1' }
  const result = await run(
    { file: 'go', args: ['list', '-e', '-deps', '-buildvcs=false', ...tags, '-f', template, query.package], env, cwd: query.cwd },
    { signal },
  )
  return lines(result.stdout)
}
