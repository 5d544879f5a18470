import { distance } from 'fastest-levenshtein'

/** The candidate most like `word`, or undefined when none is near enough to be what was meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  // Next to a word of one or two letters everything is near.
  if (word.length < 3) return undefined
  const limit = Math.max(2, Math.ceil(word.length * 0.4))
  let best: { candidate: string; score: number } | undefined
  for (const candidate of candidates) {
    const score = distance(word.toLowerCase(), candidate.toLowerCase())
    if (score <= limit && (best === undefined || score < best.score)) best = { candidate, score }
  }
  return best?.candidate
}

/** ` Did you mean "x"?` for messages, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const found = nearest(word, candidates)
  return found === undefined ? '' : ` Did you mean "${found}"?`
}
