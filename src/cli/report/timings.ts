import type { BuildEvent } from '../../build/events.ts'
import { formatDuration } from '../../host/terminal.ts'

export interface TimingRow {
  readonly lane: string
  readonly step: string
  readonly milliseconds: number
  readonly cached: boolean
}

/** How long each step of each lane took. */
export function timingTable(events: readonly BuildEvent[]): { readonly rows: readonly TimingRow[]; readonly text: string } {
  const rows = events.flatMap((event): TimingRow[] =>
    event.type === 'step-end'
      ? [{ lane: event.lane, step: event.step, milliseconds: Math.round(event.milliseconds), cached: event.result === 'cached' }]
      : [],
  )
  const width = Math.max(0, ...rows.map(({ lane }) => lane.length))
  const text = rows.map(
    ({ lane, step, milliseconds, cached }) =>
      `${lane.padEnd(width)}  ${step.padEnd(10)} ${formatDuration(milliseconds).padStart(8)}${cached ? '  up to date' : ''}`,
  )
  return { rows, text: text.join('\n') }
}
