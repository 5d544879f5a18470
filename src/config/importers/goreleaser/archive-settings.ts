import { isDeepStrictEqual } from 'node:util'
import { textAt, type MapTree, type Tree } from '../document.ts'
import type { Ledger } from '../ledger.ts'
import type { Config } from '../../schema/index.ts'
import type { ImportContext } from '../types.ts'
import { archiveOf, readArchives, type ArchiveEntry } from './archives.ts'
import type { ImportedProgram } from './programs.ts'
import type { BuildTarget } from './targets.ts'
import type { ScopeFacts } from './template/scope.ts'

type ArchiveConfig = NonNullable<Config['archive']>

export interface ArchiveSettings {
  /** For all programs: they share one archive a target. */
  readonly together?: ArchiveConfig
  /** By program, where each has its own. */
  readonly own: ReadonlyMap<string, ArchiveConfig>
}

export interface SettingsReading {
  readonly facts: ScopeFacts
  readonly context: ImportContext
  readonly ledger: Ledger
  readonly hooksMakeFiles: boolean
}

/** Which archive each program goes into, and how it is made. gopack makes one archive a target and program, or one with all of them. */
export function archiveSettings(list: Tree | undefined, programs: readonly ImportedProgram[], reading: SettingsReading): ArchiveSettings {
  const entries = readArchives(list, reading.ledger)
  const used = new Set<ArchiveEntry>()
  const all = entries.find((entry) => programs.length > 1 && programs.every((program) => program.builds.some(entry.takes)))
  if (all !== undefined) {
    const targets = new Map(programs.flatMap((program) => program.targets.map((target) => [target.name, target] as const)))
    used.add(all)
    const together = archiveOf(all, {
      ...reading,
      facts: { ...reading.facts, binary: reading.facts.projectName },
      targets: [...targets.values()],
      program: reading.facts.projectName,
    })
    listUnused(entries, used, reading.ledger)
    return { together: { together: true, ...together }, own: new Map() }
  }
  const own = new Map<string, ArchiveConfig>()
  for (const program of programs) {
    const parts = partsOf(program, entries, used)
    const [first] = parts
    if (first === undefined) continue
    const facts = { ...reading.facts, binary: program.name }
    const settings = parts.map(({ node, targets }) =>
      archiveOf({ node, takes: () => true }, { ...reading, facts, targets, program: program.name }),
    )
    own.set(program.name, united(settings, parts, reading.ledger))
  }
  listUnused(entries, used, reading.ledger)
  return { own }
}

interface Part {
  readonly node: ArchiveEntry['node']
  readonly targets: readonly BuildTarget[]
}

/** The entries that make the archives of a program, each for some of its targets: the first that takes a target counts. */
function partsOf(program: ImportedProgram, entries: readonly ArchiveEntry[], used: Set<ArchiveEntry>): Part[] {
  const left = new Set(program.targets.map(({ name }) => name))
  return entries.flatMap((entry) => {
    const targets = program.builds.filter(entry.takes).flatMap((build) => build.targets.filter(({ name }) => left.delete(name)))
    if (targets.length === 0) return []
    used.add(entry)
    return [{ node: entry.node, targets }]
  })
}

/** One group of settings for all targets: what differs is taken from the part that makes the archives for Windows. */
function united(settings: readonly ArchiveConfig[], parts: readonly Part[], ledger: Ledger): ArchiveConfig {
  const index = Math.max(
    0,
    parts.findIndex(({ targets }) => targets.some(({ os }) => os === 'windows')),
  )
  const main = settings[index]!
  const rest = withoutFormat(main)
  for (const [other, setting] of settings.entries()) {
    const { node } = parts[other]!
    if (other === index || node === undefined || isDeepStrictEqual(rest, withoutFormat(setting))) continue
    ledger.leave(node, 'the archives of a program are made alike for all targets: as those for Windows', shownId(node))
  }
  // zip for Windows and tar.gz for the rest needs no setting; each part was judged for its own targets.
  const format = formatOf(settings, parts)
  return format === undefined ? rest : { ...rest, format }
}

function withoutFormat(settings: ArchiveConfig): ArchiveConfig {
  const rest = { ...settings }
  delete rest.format
  return rest
}

function formatOf(settings: readonly ArchiveConfig[], parts: readonly Part[]): ArchiveConfig['format'] {
  const made = parts.flatMap(({ targets }, index) =>
    targets.map(({ os }) => ({ os, format: settings[index]!.format ?? (os === 'windows' ? 'zip' : 'tar.gz') })),
  )
  if (made.every(({ os, format }) => format === (os === 'windows' ? 'zip' : 'tar.gz'))) return undefined
  return made.find(({ os }) => os === 'windows')?.format ?? made[0]?.format
}

const shownId = (node: MapTree): string => textAt(node, 'id')?.text ?? ''

function listUnused(entries: readonly ArchiveEntry[], used: ReadonlySet<ArchiveEntry>, ledger: Ledger): void {
  for (const entry of entries) {
    if (entry.node === undefined || used.has(entry)) continue
    ledger.leave(entry.node, 'gopack makes one archive for each program and target, which another entry does', shownId(entry.node))
  }
}
