import type { DistArtifact, DistInspection } from '../types.ts'
import { archiveSummary } from './archive.ts'
import { executableLines } from './executable.ts'
import { findingLines } from './findings.ts'
import { renderRows, row } from './rows.ts'
import { bytes, printable, type ReportStyle } from './style.ts'

/** The whole folder: a table of what is listed, then each executable and archive. */
export function distLines(inspection: DistInspection, style: ReportStyle): string[] {
  const { path, tool, go, commit, dirty, timestamp, artifacts, findings } = inspection
  const width = Math.max(0, ...artifacts.map(({ type }) => type.length))
  const unchanged = artifacts.every(({ state }) => state === 'ok')
  const blocks = artifacts.flatMap(({ inspection: inner }) =>
    inner === null ? [] : ['', ...(inner.kind === 'archive' ? archiveSummary(inner, style) : executableLines(inner, style))],
  )
  return [
    style.chalk.bold(printable(path)),
    ...renderRows(
      [...row('made by', tool, go), ...row('commit', commit, dirty && 'with uncommitted changes'), ...row('time', timestamp)],
      style,
    ),
    ...artifacts.map((artifact) => artifactLine(artifact, width, style)),
    ...(unchanged ? [`  ${style.chalk.green('ok')}: every listed file is there and unchanged`] : []),
    ...findingLines(findings, style),
    ...blocks,
  ]
}

function artifactLine({ state, type, size, path, tag }: DistArtifact, width: number, { chalk }: ReportStyle): string {
  const mark = (state === 'ok' ? chalk.green : chalk.red)(state.padEnd(7))
  return `  ${mark} ${printable(type).padEnd(width)} ${bytes(size).padStart(9)}  ${printable(path)}${tag === null ? '' : `  ${printable(tag)}`}`
}
