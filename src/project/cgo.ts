import type { Notes } from '../cache/notes.ts'
import type { Config } from '../config/schema/index.ts'
import { compileError } from '../errors/compile.ts'
import { compilerCandidates, findCompiler, type CCompiler } from '../go/c-compilers.ts'
import type { GoToolchain } from '../go/environment.ts'
import { targetName, type SupportedTarget, type Target } from '../go/targets.ts'
import { cgoNeed, type CgoNeed } from './cgo-need.ts'
import type { Program } from './programs.ts'

/** Whether C code is compiled for one program and target, why, and with what. */
export interface CgoChoice {
  readonly on: boolean
  /** The packages that hold C code, where they were looked for. */
  readonly packages: readonly string[]
  readonly compiler?: CCompiler
}

export interface CgoRequest {
  readonly config: Config
  readonly go: GoToolchain
  readonly workspace: string
  readonly targets: readonly Target[]
  readonly programs: readonly Program[]
  readonly tags: readonly string[]
  readonly supported: readonly SupportedTarget[]
  readonly notes: Notes
  readonly signal?: AbortSignal | undefined
}

/** For each program, by target name. */
export type CgoChoices = ReadonlyMap<Program, ReadonlyMap<string, CgoChoice>>

/**
 * Decides about cgo before anything is compiled: off, on, or (auto) on where a package outside the standard library holds C code.
 * @throws C_COMPILER_MISSING naming the package that needs it and the compilers that would do
 */
export async function chooseCgo(request: CgoRequest): Promise<CgoChoices> {
  const { config, targets, programs } = request
  const setting = cgoSetting(config.go?.cgo)
  if (setting === 'off') return new Map(programs.map((program) => [program, new Map(targets.map((target) => [targetName(target), off]))]))
  const needs = await needsBySystem(request)
  const choices = programs.map(async (program) => {
    const byTarget = targets.map(async (target) => {
      const packages = needs.get(target.os)!.get(program.importPath) ?? []
      return [targetName(target), await choose(setting, packages, target, request)] as const
    })
    return [program, new Map(await Promise.all(byTarget))] as const
  })
  return new Map(await Promise.all(choices))
}

const off: CgoChoice = { on: false, packages: [] }

export function cgoSetting(cgo: NonNullable<Config['go']>['cgo']): 'off' | 'auto' | 'on' {
  if (typeof cgo === 'boolean') return cgo ? 'on' : 'off'
  return cgo ?? 'auto'
}

/** The first target of each system is asked for: packages differ between systems, hardly ever between architectures. */
async function needsBySystem({ targets, ...request }: CgoRequest): Promise<ReadonlyMap<string, CgoNeed>> {
  const systems = new Map([...targets].reverse().map((target) => [target.os, target]))
  const needs = [...systems].map(async ([os, target]) => [os, await cgoNeed({ ...request, target })] as const)
  return new Map(await Promise.all(needs))
}

const supportsCgo = ({ os, arch }: Target, supported: readonly SupportedTarget[]): boolean =>
  supported.some(({ GOOS, GOARCH, CgoSupported }) => GOOS === os && GOARCH === arch && CgoSupported)

async function choose(setting: 'auto' | 'on', packages: readonly string[], target: Target, request: CgoRequest): Promise<CgoChoice> {
  if (setting === 'auto' && (packages.length === 0 || !supportsCgo(target, request.supported))) return off
  const { config, go, signal } = request
  const own = config.go?.env?.['CC'] ?? process.env['CC']
  if (own !== undefined && own !== '') return { on: true, packages, compiler: { cc: own } }
  const candidates = compilerCandidates(target, go.hostOs, go.hostArch)
  const compiler = await findCompiler(candidates, signal)
  if (compiler !== undefined) return { on: true, packages, compiler }
  // cgo is allowed but nothing uses it: no compiler is needed.
  if (packages.length === 0) return { on: true, packages }
  throw compileError('C_COMPILER_MISSING', {
    message: `${packages.join(', ')} ${packages.length === 1 ? 'holds' : 'hold'} C code, and no C compiler for ${targetName(target)} was found.`,
    hint:
      candidates.length === 0
        ? `Set CC to a C compiler that makes programs for ${targetName(target)}, or set go.cgo to off to build without that code.`
        : `Install one of: ${candidates.map(({ shown }) => shown).join(', ')}; or set CC; or set go.cgo to off to build without that code.`,
  })
}
