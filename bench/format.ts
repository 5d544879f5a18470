import type { Unit, Verdict } from './row.ts'
import { isMet } from './row.ts'

export function formatValue(value: number, unit: Unit): string {
  if (unit === '×') return `${value.toFixed(2)} ×`
  if (unit === 'B') return `${(value / 1e6).toFixed(1)} MB`
  if (value < 0.1) return `${(value * 1000).toFixed(1)} ms`
  return value < 1 ? `${(value * 1000).toFixed(0)} ms` : `${value.toFixed(2)} s`
}

export const formatSpread = ({ estimate, unit }: Verdict): string =>
  `${formatValue(estimate.low, unit)} – ${formatValue(estimate.high, unit)}`

export const formatVerdict = (verdict: Verdict): string => (isMet(verdict) ? 'met' : '**missed**')
