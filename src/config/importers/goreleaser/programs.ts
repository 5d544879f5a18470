import { isDeepStrictEqual } from 'node:util'
import type { Config } from '../../schema/index.ts'
import type { Ledger } from '../ledger.ts'
import type { BuildTarget } from './targets.ts'
import type { ImportedBuild } from './builds.ts'

/** A program: one build, or several that differ in their targets only. */
export interface ImportedProgram {
  readonly name: string
  readonly main: string
  readonly builds: readonly ImportedBuild[]
  readonly targets: readonly BuildTarget[]
  readonly go: NonNullable<Config['go']>
}

/** Puts builds of the same program together. Two that differ in more than their targets cannot be one: the one for Windows stays. */
export function programsOf(builds: readonly ImportedBuild[], ledger: Ledger): ImportedProgram[] {
  const byName = new Map<string, ImportedBuild[]>()
  for (const build of builds) byName.set(build.name.toLowerCase(), [...(byName.get(build.name.toLowerCase()) ?? []), build])
  return [...byName.values()].map((group) => {
    const first = group.find(({ targets }) => targets.some(({ os }) => os === 'windows')) ?? group[0]!
    const same = group.filter((build) => build.main === first.main && isDeepStrictEqual(build.go, first.go))
    for (const other of group) {
      if (same.includes(other) || other.node === undefined) continue
      ledger.leave(
        other.node,
        `a program has one main package and one set of settings; ${first.name} is taken from the build "${first.id}"`,
        other.id,
      )
    }
    const targets = new Map(same.flatMap((build) => build.targets.map((target) => [target.name, target] as const)))
    return { name: first.name, main: first.main, builds: same, targets: [...targets.values()], go: first.go }
  })
}
