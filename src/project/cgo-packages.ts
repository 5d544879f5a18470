import { targetEnvironment, type Target } from '../go/targets.ts'
import { run } from '../host/exec.ts'
import type { Program } from './programs.ts'

/**
 * The packages outside the standard library that hold C code for this target, whether cgo is on or not.
 * An empty list where the go command cannot tell: the compiler will.
 */
export async function cgoPackages(
  program: Program,
  target: Target,
  environment: Readonly<Record<string, string | undefined>>,
  tags: readonly string[],
  signal?: AbortSignal,
): Promise<string[]> {
  const args = [
    'list',
    '-e',
    '-deps',
    ...(tags.length === 0 ? [] : [`-tags=${tags.join(',')}`]),
    '-f',
    '{{if and .CgoFiles (not .Standard)}}{{.ImportPath}}{{end}}',
    '.',
  ]
  const result = await run(
    { file: 'go', args, env: { ...environment, ...targetEnvironment(target), CGO_ENABLED: '1' }, cwd: program.folder },
    { signal },
  )
  return result.stdout.split('\n').filter((line) => line !== '')
}
