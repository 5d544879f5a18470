import { parseArgs } from 'node:util'
import { rows } from './index.ts'
import type { Row } from './row.ts'

export interface Options {
  readonly rows: readonly Row[]
  readonly roundsOf: (row: Row) => number
  /** Only a whole run with enough rounds is worth writing down. */
  readonly write: boolean
}

/** @throws with one sentence, for the user */
export function readOptions(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: { only: { type: 'string', multiple: true }, rounds: { type: 'string' }, quick: { type: 'boolean' } },
  })
  const { only = [], quick = false } = values
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
    throw new Error(`--rounds is "${values.rounds}", not a number of rounds.`)
  const unknown = only.find((name) => !rows.some((row) => row.name.startsWith(name)))
  if (unknown !== undefined) throw new Error(`There is no row "${unknown}": there are ${rows.map(({ name }) => name).join(', ')}.`)
  return {
    rows: only.length === 0 ? rows : rows.filter((row) => only.some((name) => row.name.startsWith(name))),
    roundsOf: (row) => rounds ?? (quick ? row.rounds.quick : row.rounds.full),
    write: only.length === 0 && !quick,
  }
}
