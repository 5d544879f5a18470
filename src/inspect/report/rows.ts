import { printable, type ReportStyle } from './style.ts'

/** A line of the report: what it is about, and its items, which are broken between one another but never inside. */
export interface Row {
  readonly label: string
  readonly items: readonly string[]
}

const labelWidth = 12
const lineWidth = 110

/** A row of one text, or none where there is nothing to say. */
export function row(label: string, ...items: (string | null | undefined | false)[]): Row[] {
  const kept = items.filter((item): item is string => typeof item === 'string' && item !== '')
  return kept.length === 0 ? [] : [{ label, items: kept }]
}

/** Sets the rows under one another, items behind commas. */
export function renderRows(rows: readonly Row[], { chalk }: ReportStyle): string[] {
  return rows.flatMap(({ label, items }) =>
    breakItems(items.map(printable)).map((line, index) => `  ${chalk.dim((index === 0 ? label : '').padEnd(labelWidth))} ${line}`),
  )
}

function breakItems(items: readonly string[]): string[] {
  const lines: string[] = []
  let line = ''
  for (const [index, item] of items.entries()) {
    const text = index < items.length - 1 ? `${item},` : item
    if (line !== '' && line.length + 1 + text.length > lineWidth - labelWidth - 3) {
      lines.push(line)
      line = text
    } else {
      line = line === '' ? text : `${line} ${text}`
    }
  }
  return [...lines, line]
}
