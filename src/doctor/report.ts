import type { ChalkInstance } from 'chalk'
import type { DoctorReport } from './types.ts'

/** The report for people: a line a check, what to do below it, the sum at the end. */
export function doctorText({ checks }: DoctorReport, colors: ChalkInstance): string {
  const width = Math.max(...checks.map(({ title }) => title.length))
  const paint = { ok: colors.green, warn: colors.yellow, fail: colors.red }
  const lines = checks.flatMap((check) => {
    const line = `${paint[check.status](check.status.padEnd(4))}  ${check.title.padEnd(width)}  ${check.detail}`
    return check.status === 'ok' ? [line] : [line, `${' '.repeat(width + 8)}${colors.cyan('fix')} ${check.fix}`]
  })
  return [...lines, '', sum(checks)].join('\n')
}

function sum(checks: DoctorReport['checks']): string {
  const count = (status: string): number => checks.filter((check) => check.status === status).length
  const counted = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`
  if (count('fail') > 0) return `${counted(count('fail'), 'failure', 'failures')}, ${counted(count('warn'), 'warning', 'warnings')}.`
  return count('warn') > 0 ? `Ready to build, with ${counted(count('warn'), 'warning', 'warnings')}.` : 'Ready to build.'
}
