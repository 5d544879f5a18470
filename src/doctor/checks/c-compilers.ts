import { compilerCandidates, findCompiler, type CompilerCandidate } from '../../go/c-compilers.ts'
import { targetName } from '../../go/targets.ts'
import { findProgram } from '../../host/find-program.ts'
import { cgoSetting } from '../../project/cgo.ts'
import { missing, ok, warn } from '../results.ts'
import type { Check, CheckResult, DoctorContext } from '../types.ts'
import { packagesWithC } from '../packages-with-c.ts'

/** With cgo on, a C compiler for each target that needs one; with cgo off only which there are. */
export const cCompilersCheck: Check = {
  id: 'c-compilers',
  title: 'C compilers',
  async run(context) {
    const { go, targets, config } = context
    if (go.value === undefined || targets.value === undefined) return undefined
    const found = await Promise.all(
      targets.value.map(async (target) => {
        const candidates = compilerCandidates(target, go.value.hostOs, go.value.hostArch)
        return { target, name: targetName(target), candidates, compiler: await findCompiler(candidates, context.signal) }
      }),
    )
    const list = found.map(({ name, compiler }) => `${name} ${compiler?.shown ?? 'none'}`).join(', ')
    const { apps = [], ...common } = config.value?.config ?? {}
    const isOff = (go: typeof common.go): boolean => cgoSetting(go?.cgo ?? common.go?.cgo) === 'off'
    if (apps.length === 0 ? isOff(common.go) : apps.every((app) => isOff(app.go))) return ok(`not needed, cgo is off (${list})`)
    const own = config.value?.config.go?.env?.CC ?? context.environment.CC
    if (own !== undefined && own !== '') return ownCompiler(own)
    const lacking = found.filter(({ compiler }) => compiler === undefined)
    if (lacking.length === 0) return ok(list)
    return withoutCompiler(context, lacking)
  },
}

function ownCompiler(setting: string): CheckResult {
  const program = setting.split(' ')[0]!
  return findProgram(program) === undefined && !program.includes('/') && !program.includes('\\')
    ? missing(`CC is "${setting}", and ${program} is not on PATH`, 'Install it, or correct CC.')
    : ok(`CC is ${setting}`)
}

async function withoutCompiler(
  context: DoctorContext,
  lacking: readonly {
    readonly target: NonNullable<DoctorContext['targets']['value']>[number]
    readonly name: string
    readonly candidates: readonly CompilerCandidate[]
  }[],
): Promise<CheckResult> {
  const names = lacking.map(({ name }) => name).join(', ')
  const fix = `Install ${lacking.map(({ name, candidates }) => `${candidates.map(({ shown }) => shown).join(' or ') || 'a cross compiler'} for ${name}`).join(', ')}; or set CC; or set go.cgo to off.`
  const packages = await packagesWithC(
    context,
    lacking.map(({ target }) => target),
  )
  if (packages === undefined) return warn(`none for ${names}; which packages need one could not be found out`, fix)
  return packages.length === 0
    ? ok(`none for ${names}, and no package needs one`)
    : missing(`none for ${names}, and ${packages.join(', ')} needs one`, fix)
}
