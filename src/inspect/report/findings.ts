import type { Finding } from '../types.ts'
import { printable, type ReportStyle } from './style.ts'

export function findingLines(findings: readonly Finding[], { chalk }: ReportStyle): string[] {
  return findings.map(
    ({ level, message }) => `  ${level === 'error' ? chalk.red('error') : chalk.yellow('warning')}: ${printable(message)}`,
  )
}
