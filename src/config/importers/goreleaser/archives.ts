import { at, isTrue, itemsOf, textAt, textsOf, type MapTree, type TextTree, type Tree } from '../document.ts'
import type { Ledger } from '../ledger.ts'
import type { Config } from '../../schema/index.ts'
import { archiveFiles, readInfo, type FilesReading } from './archive-files.ts'
import { archiveName } from './archive-name.ts'
import type { ImportedBuild } from './builds.ts'
import type { BuildTarget } from './targets.ts'

type ArchiveConfig = NonNullable<Config['archive']>

/** An entry under `archives`, and which builds it takes. */
export interface ArchiveEntry {
  /** Absent for the archive there is without a configuration. */
  readonly node: MapTree | undefined
  readonly takes: (build: Pick<ImportedBuild, 'id'>) => boolean
}

/** The archives there are; what takes no program is listed. */
export function readArchives(list: Tree | undefined, ledger: Ledger): ArchiveEntry[] {
  const nodes = itemsOf(list).filter((item): item is MapTree => item.kind === 'map')
  if (nodes.length === 0) return [{ node: undefined, takes: () => true }]
  return nodes.flatMap((node) => {
    if (isTrue(at(node, 'meta'))) {
      ledger.leave(node, 'gopack makes no archive without a program ("meta")')
      return []
    }
    const chosen = [...textsOf(at(node, 'ids')), ...textsOf(at(node, 'builds'))]
    for (const choice of chosen) ledger.carry(choice, 'the choice of programs')
    const ids = chosen.map(({ text }) => text)
    return [{ node, takes: ({ id }: Pick<ImportedBuild, 'id'>) => ids.length === 0 || ids.includes(id) }]
  })
}

export interface ArchiveReading extends FilesReading {
  /** What {name} stands for. */
  readonly program: string
}

/** The `archive:` group for one entry. */
export function archiveOf({ node }: ArchiveEntry, reading: ArchiveReading): ArchiveConfig {
  const { ledger, targets, facts, program } = reading
  const replacements = replacementsOf(at(node, 'replacements'), ledger)
  const own = { ...facts, replacements }
  const nameNode = textAt(node, 'name_template')
  const format = formatOf(node, targets, ledger)
  const name = archiveName({ node: nameNode, facts: own, program, targets, ledger })
  const files = archiveFiles(at(node, 'files'), reading)
  const wrap = wrapOf(textAt(node, 'wrap_in_directory'), nameNode, ledger)
  readInfo(at(node, 'builds_info'), reading)
  const standard: Readonly<Record<string, string>> = {
    id: 'nothing: it only names the entry',
    meta: 'nothing: archives hold the program',
    allow_different_binary_count: 'nothing: it only silences a warning',
    strip_binary_directory: 'nothing: the program lies at the top',
    strip_parent_binary_folder: 'nothing: the program lies at the top',
    rlcp: 'nothing: it is always so',
  }
  for (const [key, to] of Object.entries(standard)) {
    const found = at(node, key)
    if (found !== undefined) ledger.carry(found, to)
  }
  return {
    ...(format === undefined ? {} : { format }),
    ...(name === undefined ? {} : { name }),
    ...(wrap ? { wrap } : {}),
    ...(files === undefined ? {} : { files }),
  }
}

/** Version 1 could give systems and architectures other names. */
function replacementsOf(node: Tree | undefined, ledger: Ledger): ReadonlyMap<string, string> {
  if (node?.kind !== 'map') return new Map()
  return new Map(
    [...node.entries].flatMap(([from, to]): [string, string][] => {
      if (to.kind !== 'text') return []
      ledger.carry(to, 'archive.name')
      return [[from, to.text]]
    }),
  )
}

const otherFormat = 'gopack makes zip and tar.gz'

/** zip for Windows and tar.gz for the rest is what gopack does; one format for all can be set, nothing else. */
function formatOf(node: MapTree | undefined, targets: readonly BuildTarget[], ledger: Ledger): 'zip' | 'tar.gz' | undefined {
  const general = [...textsOf(at(node, 'formats')), ...textsOf(at(node, 'format'))]
  const overrides = itemsOf(at(node, 'format_overrides')).map((item) => ({
    item,
    os: textAt(item, 'goos')?.text ?? '',
    formats: [...textsOf(at(item, 'formats')), ...textsOf(at(item, 'format'))],
  }))
  if (general.length === 0 && overrides.length === 0) return undefined
  const systems = [...new Set(targets.map(({ os }) => os))]
  const wanted = new Map(
    systems.map((os) => {
      const override = overrides.find((entry) => entry.os !== '' && entry.formats.length > 0 && os.startsWith(entry.os))
      return [os, (override?.formats ?? general)[0]?.text ?? 'tar.gz']
    }),
  )
  const normal = (format: string): string => (format === 'tgz' ? 'tar.gz' : format)
  const kinds = new Set([...wanted.values()].map(normal))
  const [only] = kinds
  const format = kinds.size === 1 && (only === 'zip' || only === 'tar.gz') ? only : undefined
  const made = (os: string): string => format ?? (os === 'windows' ? 'zip' : 'tar.gz')
  const isMade = (os: string): boolean => normal(wanted.get(os) ?? '') === made(os)
  listFormats(
    general,
    systems.filter((os) => !overrides.some((entry) => entry.os !== '' && os.startsWith(entry.os))),
    isMade,
    made,
    ledger,
  )
  for (const { item, os, formats } of overrides) {
    const system = textAt(item, 'goos')
    if (system !== undefined) ledger.carry(system, 'archive.format')
    listFormats(
      formats,
      systems.filter((name) => os !== '' && name.startsWith(os)),
      isMade,
      made,
      ledger,
    )
  }
  const standard = systems.every((os) => made(os) === (os === 'windows' ? 'zip' : 'tar.gz'))
  return standard ? undefined : format
}

function listFormats(
  nodes: readonly TextTree[],
  systems: readonly string[],
  isMade: (os: string) => boolean,
  made: (os: string) => string,
  ledger: Ledger,
): void {
  const [first, ...others] = nodes
  for (const other of others) ledger.leave(other, 'gopack makes one archive for each target')
  if (first === undefined) return
  const wrong = systems.filter((os) => !isMade(os))
  if (wrong.length === 0) ledger.carry(first, 'archive.format')
  else ledger.leave(first, `${otherFormat}; here it is ${[...new Set(wrong.map(made))].join(' and ')} for ${wrong.slice(0, 4).join(', ')}`)
}

function wrapOf(node: TextTree | undefined, name: TextTree | undefined, ledger: Ledger): boolean {
  if (node === undefined) return false
  const wraps = !['false', ''].includes(node.text)
  const same = node.text === 'true' || node.text === name?.text
  ledger.carry(node, 'archive.wrap', wraps && !same ? { difference: 'the folder is called what the archive is called' } : {})
  return wraps
}
