/** A value with the lowest and the highest seen. */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export const estimate = (values: readonly number[]): Estimate => ({
  value: median(values),
  low: Math.min(...values),
  high: Math.max(...values),
})

/** Ratio of the medians; the spread is that of the ratios within each round, where both saw the same machine. */
export function ratio(ours: readonly number[], theirs: readonly number[]): Estimate {
  const pairs = ours.map((value, round) => value / theirs[round]!)
  return { value: median(ours) / median(theirs), low: Math.min(...pairs), high: Math.max(...pairs) }
}
