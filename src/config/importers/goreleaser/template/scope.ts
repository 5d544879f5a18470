import { didYouMean } from '../../../nearest.ts'
import type { BuildTarget } from '../targets.ts'
import type { TemplateScope } from './evaluate.ts'
import { Untranslatable } from './nodes.ts'
import { literal, ofTarget, unknown, type Value } from './value.ts'

/** What templates of one build can ask for. */
export interface ScopeFacts {
  readonly projectName: string
  readonly modulePath: string
  /** What git tags begin with before the number. */
  readonly tagStart: string
  /** The program's name in gopack; absent where none is in play. */
  readonly binary?: string | undefined
  /** Variables the configuration sets itself: translated already. */
  readonly variables: ReadonlyMap<string, Value>
  /** The other names version 1 gave to systems and architectures. */
  readonly replacements?: ReadonlyMap<string, string>
  /** What is not quite the same is said here. */
  readonly note: (difference: string) => void
}

/** The scope for one target; without one, what depends on it cannot be said. */
export function scopeFor(facts: ScopeFacts, target: BuildTarget | undefined): TemplateScope {
  return {
    field: (name) => {
      const value = general(name, facts) ?? (target === undefined ? undefined : targetField(name, target, facts))
      if (value !== undefined) return value
      throw new Untranslatable(
        Object.hasOwn(hints, name)
          ? hints[name]!
          : `gopack has no placeholder for {{ .${name} }}.${didYouMean(name, knownFields)}`.replace(/\.$/, ''),
      )
    },
    environment: (name) => facts.variables.get(name) ?? unknown(`{env.${name}}`),
  }
}

function general(name: string, facts: ScopeFacts): Value | undefined {
  switch (name) {
    case 'Version':
      return unknown('{version}')
    case 'Tag':
    case 'PrefixedTag':
      return unknown(`${facts.tagStart}{version}`)
    case 'Commit':
    case 'FullCommit':
      return unknown('{commit}')
    case 'CommitDate':
      return unknown('{date}')
    case 'Date':
      facts.note('{{ .Date }} is the clock there; {date} is the time of the commit, so that the same commit gives the same bytes')
      return unknown('{date}')
    case 'ProjectName':
      return facts.projectName === facts.binary ? { ...literal(facts.projectName), out: '{name}' } : literal(facts.projectName)
    case 'ModulePath':
      return literal(facts.modulePath)
    case 'Binary':
      return facts.binary === undefined ? undefined : { ...literal(facts.binary), out: '{name}' }
    default:
      return undefined
  }
}

function targetField(name: string, target: BuildTarget, facts: ScopeFacts): Value | undefined {
  const shown = (text: string): string => facts.replacements?.get(text) ?? text
  const replaced = (text: string, placeholder: string, taint: 'os' | 'arch'): Value =>
    ofTarget(shown(text), shown(text) === text ? placeholder : shown(text), taint)
  if (name === 'Os') return replaced(target.os, '{os}', 'os')
  if (name === 'Arch') return replaced(target.arch, '{arch}', 'arch')
  if (name === 'Ext') return ofTarget(target.os === 'windows' ? '.exe' : '', '', 'os')
  if (name === 'Target') return { ...ofTarget(target.name, target.name, 'arch'), taint: new Set(['os', 'arch', 'variant']) }
  const family = variantFields[name]
  if (family === undefined) return undefined
  if (!family.test(target.arch)) return ofTarget('', '', 'variant')
  // A default that gopack's target does not name is a plain text.
  return ofTarget(target.variant, target.named ? '{variant}' : target.variant, 'variant')
}

const variantFields: Readonly<Record<string, RegExp>> = {
  Amd64: /^amd64$/,
  I386: /^386$/,
  Arm: /^arm$/,
  Arm64: /^arm64$/,
  Mips: /^mips/,
  Ppc64: /^ppc64/,
  Riscv64: /^riscv64$/,
}

const knownFields = [
  'Version',
  'Tag',
  'Commit',
  'FullCommit',
  'CommitDate',
  'Date',
  'ProjectName',
  'ModulePath',
  'Binary',
  'Os',
  'Arch',
  'Ext',
  'Target',
  ...Object.keys(variantFields),
]

const hints: Readonly<Record<string, string>> = {
  ShortCommit: 'gopack has no short commit: {commit} is the whole hash',
  RawVersion: '{version} is the whole version, its prerelease included',
  Path: 'gopack has no placeholder for the path of what is built ({{ .Path }})',
  Name: 'gopack has no placeholder for the file name of what is built ({{ .Name }})',
  CommitTimestamp: 'gopack has no number of seconds: {date} is RFC 3339',
  Timestamp: 'gopack has no number of seconds: {date} is RFC 3339',
  IsSnapshot: 'nothing in gopack.yaml depends on whether a build is a snapshot',
  Runtime: 'nothing in gopack.yaml depends on the machine that builds',
}
