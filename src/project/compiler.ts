import { isOn } from '../build/compile/plan.ts'
import type { Config } from '../config/schema/index.ts'
import { compileError } from '../errors/compile.ts'
import { cgoPackages } from '../go/cgo-packages.ts'
import { compilerCandidates, findCompiler } from '../go/c-compilers.ts'
import type { GoToolchain } from '../go/environment.ts'
import { targetName, type Target } from '../go/targets.ts'
import type { Program } from './programs.ts'

export interface CompilerRequest {
  readonly config: Config
  readonly go: GoToolchain
  readonly targets: readonly Target[]
  readonly programs: readonly Program[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly tags: readonly string[]
  readonly signal?: AbortSignal | undefined
}

/**
 * The C compiler for each target, where cgo is on: the user's CC, else the first one found.
 * @throws C_COMPILER_MISSING naming the package that needs it and the compilers that would do
 */
export async function compilerFor(request: CompilerRequest): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  if (!isOn(request.config.go?.cgo)) return found
  const own = request.config.go?.env?.['CC'] ?? process.env['CC']
  for (const target of request.targets) {
    const candidates = compilerCandidates(target, request.go.hostOs, request.go.hostArch)
    const compiler = own ?? findCompiler(candidates)
    if (compiler !== undefined) {
      found.set(targetName(target), compiler)
      continue
    }
    const packages = (
      await Promise.all(
        request.programs.map((program) =>
          cgoPackages({ package: '.', cwd: program.folder, environment: request.environment, tags: request.tags, target }, request.signal),
        ),
      )
    ).flat()
    // cgo is allowed but nothing uses it: no compiler is needed.
    if (packages.length === 0) continue
    throw compileError('C_COMPILER_MISSING', {
      message: `${[...new Set(packages)].join(', ')} needs cgo, and no C compiler for ${targetName(target)} is on PATH.`,
      hint: `Install one of: ${candidates.map((candidate) => candidate.split(' ')[0]).join(', ') || 'a cross compiler'}; or set CC; or set go.cgo to off.`,
    })
  }
  return found
}
