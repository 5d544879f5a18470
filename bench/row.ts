import type { Setting } from './setting.ts'
import type { Estimate } from './statistics.ts'

export type Unit = 's' | 'B' | '×'

/** Something measured that has no target: the median of one contender, or a detail worth knowing. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: Unit
}

/** Something measured against its target: at most `atMost`. */
export interface Verdict {
  readonly what: string
  readonly estimate: Estimate
  readonly unit: Unit
  readonly atMost: number
}

export interface Result {
  readonly figures: readonly Figure[]
  readonly verdicts: readonly Verdict[]
}

/** One thing that is measured. */
export interface Row {
  readonly name: string
  readonly title: string
  readonly rounds: { readonly full: number; readonly quick: number }
  readonly measure: (setting: Setting, rounds: number) => Promise<Result>
}

export const isMet = ({ estimate, atMost }: Verdict): boolean => estimate.value <= atMost
