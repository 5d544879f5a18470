import type { Config } from '../../schema/index.ts'
import { at, isTrue, itemsOf, textAt, type TextTree, type Tree } from '../document.ts'
import type { Ledger } from '../ledger.ts'
import type { ImportContext } from '../types.ts'
import { readTime } from './builds.ts'
import type { BuildTarget } from './targets.ts'
import { Untranslatable } from './template/nodes.ts'
import type { ScopeFacts } from './template/scope.ts'
import { constantForAll } from './template/translate.ts'

type FileEntry = NonNullable<NonNullable<Config['archive']>['files']>[number]

export interface FilesReading {
  readonly facts: ScopeFacts
  readonly targets: readonly BuildTarget[]
  readonly context: ImportContext
  readonly ledger: Ledger
  /** A hook that was carried over may make files that are not there yet. */
  readonly hooksMakeFiles: boolean
}

/** `archive.files`; undefined where nothing is said, so that the defaults hold. */
export function archiveFiles(list: Tree | undefined, reading: FilesReading): FileEntry[] | undefined {
  if (list === undefined || itemsOf(list).length === 0) return undefined
  return itemsOf(list).flatMap((item) => {
    const source = item.kind === 'text' ? item : textAt(item, 'src')
    if (source === undefined) return []
    try {
      return entryOf(item, source, reading)
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error
      reading.ledger.leave(item, error.message)
      return []
    }
  })
}

function entryOf(item: Tree, source: TextTree, reading: FilesReading): FileEntry[] {
  const { facts, targets, context, ledger, hooksMakeFiles } = reading
  const written = constantForAll(source.text, facts, targets).replace(/^\.\//, '').replace(/\/$/, '')
  if (written.startsWith('/') || written.split('/').includes('..')) {
    ledger.leave(item, 'only files of the module can go into an archive')
    return []
  }
  const from = context.rebase(written)
  if (!hooksMakeFiles && !context.matches(from)) {
    ledger.leave(
      item,
      isGlob(from)
        ? 'nothing matches it now: GoReleaser would only warn, gopack would fail'
        : 'there is no such file now; add it to archive.files when something makes it',
    )
    return []
  }
  const destination = textAt(item, 'dst')
  const to =
    destination === undefined ? undefined : constantForAll(destination.text, facts, targets).replace(/^\.\//, '').replace(/\/$/, '')
  const strip = at(item, 'strip_parent')
  readInfo(at(item, 'info'), reading)
  for (const node of [source, destination, strip]) if (node !== undefined) ledger.carry(node, 'archive.files')
  return [place(from, to, isTrue(strip), context.isFolder(from))]
}

const isGlob = (path: string): boolean => /[*?[{]/.test(path)

/** Where a file goes: GoReleaser takes `dst` for a single file as its whole path (internal/archivefiles). */
function place(from: string, to: string | undefined, strip: boolean, isFolder: boolean): FileEntry {
  const glob = isGlob(from)
  const parent = from.split('/').slice(0, -1).join('/')
  const name = from.split('/').at(-1)!
  if (strip) {
    if (isFolder) throw new Untranslatable('gopack keeps the folders below a folder')
    if (!glob) return { from, as: to === undefined || to === '' ? name : `${to}/${name}` }
    if (/[*?[{]/.test(parent) || from.includes('**')) throw new Untranslatable('gopack keeps the folders below the first wildcard')
    return { from, to: to ?? '' }
  }
  if (to === undefined) return from
  return glob || isFolder ? { from, to } : { from, as: to }
}

/** Owner, mode and time of files in an archive. */
export function readInfo(info: Tree | undefined, { facts, ledger }: FilesReading): void {
  for (const key of ['owner', 'group']) {
    const node = textAt(info, key)
    if (node?.text === 'root') ledger.carry(node, 'nothing: files in a tar.gz belong to 0/0')
    else if (node !== undefined) ledger.leave(node, 'files in a tar.gz belong to 0/0')
  }
  const mode = textAt(info, 'mode')
  if (mode !== undefined) {
    if (/^0?o?0?(644|755)$/.test(mode.text) || ['420', '493'].includes(mode.text))
      ledger.carry(mode, 'nothing: 0755 for what can be run, 0644 for the rest')
    else ledger.leave(mode, 'modes are 0755 for what can be run, 0644 for the rest')
  }
  const time = textAt(info, 'mtime')
  if (time !== undefined) readTime(time, facts, ledger)
}
