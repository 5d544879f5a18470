import type { ArchiveEntry, ArchiveInspection } from '../types.ts'
import { executableLines } from './executable.ts'
import { findingLines } from './findings.ts'
import { renderRows, row, type Row } from './rows.ts'
import { bytes, printable, type ReportStyle } from './style.ts'

/** The block of one archive: its entries, then each executable in it. */
export function archiveLines(inspection: ArchiveInspection, style: ReportStyle): string[] {
  const executables = inspection.entries.flatMap(({ executable }) =>
    executable === null ? [] : ['', ...executableLines(executable, style)],
  )
  return [...archiveSummary(inspection, style), ...executables]
}

const mostEntries = 50

/** The same without the executables. */
export function archiveSummary(inspection: ArchiveInspection, style: ReportStyle): string[] {
  const { path, size, sha256, entries } = inspection
  const rows = [
    ...row('file', bytes(size), `SHA-256 ${sha256}`),
    ...(entries.length === 0 ? row('entries', 'none') : repeatableRow(inspection)),
  ]
  const more = entries.length > mostEntries ? [`  … and ${entries.length - mostEntries} more`] : []
  return [
    style.chalk.bold(printable(path.split(/[\\/]/).at(-1)!)),
    ...renderRows(rows, style),
    ...entries.slice(0, mostEntries).map(entryLine),
    ...more,
    ...findingLines(inspection.findings, style),
  ]
}

/** Do the traits hold that make two builds give the same bytes? */
function repeatableRow({ traits: { sortedNames, noExtraFields, oneTime } }: ArchiveInspection): Row[] {
  return row(
    'repeatable',
    sortedNames && noExtraFields && oneTime ? 'looks so' : 'no',
    sortedNames ? 'names sorted' : 'names not sorted',
    noExtraFields ? 'no extra fields' : 'extra fields',
    oneTime ? 'one time' : 'several times',
  )
}

function entryLine({ mode, size, modified, name, type }: ArchiveEntry): string {
  return `  ${(mode ?? '-').padStart(5)} ${bytes(size).padStart(9)}  ${modified}  ${printable(name)}${type === 'symlink' ? ' (link)' : ''}`
}
