import { archiveLines } from './report/archive.ts'
import { distLines } from './report/dist.ts'
import { executableLines } from './report/executable.ts'
import { reportStyle } from './report/style.ts'
import type { Inspection } from './types.ts'

/** The report for people: one block a file, lines without trailing space, a newline at the end. */
export function renderInspection(inspection: Inspection, { color }: { readonly color: boolean }): string {
  const style = reportStyle(color)
  const lines =
    inspection.kind === 'dist'
      ? distLines(inspection, style)
      : inspection.kind === 'archive'
        ? archiveLines(inspection, style)
        : executableLines(inspection, style)
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}
