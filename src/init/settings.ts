import { stringify } from 'yaml'
import { checkName, defaultName } from '../project/names.ts'
import type { MainPackage } from './programs.ts'

/** What the settings are made from. */
export interface ConfigFacts {
  readonly mains: readonly MainPackage[]
  /** Where the module has no program for Windows: a target it has one for. */
  readonly onlyTarget: string | undefined
  readonly repository: string | undefined
}

/** The lines of gopack.yaml that differ from the defaults, each with the reason above it; none where the defaults are right. @throws NAME_INVALID */
export function settingsOf(facts: ConfigFacts): string[] {
  return [...nameLines(facts), ...mainLines(facts.mains), ...targetLines(facts.onlyTarget)]
}

/** Names that say what kind of package it is, not what the program is called. */
const placeholderNames = new Set(['main', 'cmd', 'app', 'cli', 'src', 'program'])

/** The name to set for the only program, where the one `go build` would give is not what its users know it by. */
export function betterName({ mains, repository }: ConfigFacts): string | undefined {
  const [only, ...others] = mains
  if (only === undefined || others.length > 0) return undefined
  // A folder below cmd/ was named on purpose; the last element of a module path may be anything.
  if (only.path !== '.' && !placeholderNames.has(only.name)) return undefined
  const wishes = [repository, defaultName(only.modulePath)].filter(
    (name) => name !== undefined && isUsable(name) && !placeholderNames.has(name),
  )
  return wishes[0] === only.name ? undefined : wishes[0]
}

function nameLines(facts: ConfigFacts): string[] {
  const name = betterName(facts)
  return name === undefined ? [] : [`# Without this line it would be called ${facts.mains[0]!.name}.`, `name: ${scalar(name)}`]
}

function mainLines(mains: readonly MainPackage[]): string[] {
  if (mains.length === 1)
    return mains[0]!.path === '.' ? [] : ['# The main package; the only one there is now.', `main: ${scalar(mains[0]!.path)}`]
  const taken = new Set<string>()
  const entries = mains.map(({ name, path }) => {
    if (!isUsable(name)) return `  # - ${scalar(path)} # cannot be the name of a program`
    if (taken.has(name.toLowerCase())) return `  # - ${scalar(path)} # would be called ${name} too`
    taken.add(name.toLowerCase())
    return `  - ${scalar(path)}`
  })
  // Not one that could be built: the same error as the build would end in.
  if (taken.size === 0) checkName(mains[0]!.name, `from ${mains[0]!.path}`)
  return ['# Every main package there is: keep those you release.', 'main:', ...entries]
}

const targetLines = (only: string | undefined): string[] =>
  only === undefined ? [] : ['# The module has no program for Windows.', `targets: [${only}]`]

export function isUsable(name: string): boolean {
  try {
    checkName(name, 'init')
    return true
  } catch {
    return false
  }
}

/** One line of YAML, quoted where it must be. */
export const scalar = (text: string): string => stringify(text, { lineWidth: 0 }).trimEnd()
