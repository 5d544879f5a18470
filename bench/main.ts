import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatSpread, formatValue, formatVerdict } from './format.ts'
import { describeMachine } from './machine.ts'
import { readOptions } from './options.ts'
import { report, type Measured } from './report.ts'
import type { Result } from './row.ts'
import { openSetting } from './setting.ts'

// The folder of the run is removed on exit, which a signal alone would skip.
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(130))

try {
  await main()
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`)
  process.exit(1)
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  const machine = await describeMachine()
  say(`${machine.join('\n')}\n`)
  const setting = await openSetting((text) => process.stderr.write(`  ${text}\n`))
  const measured: Measured[] = []
  for (const row of options.rows) {
    say(`${row.name}: ${row.title}`)
    const rounds = options.roundsOf(row)
    const result = await row.measure(setting, rounds)
    measured.push({ row, rounds, result })
    print(result)
    // After each row: a run that is cut off has not been for nothing.
    if (options.write) writeFileSync(join(setting.root, 'docs', 'benchmarks.md'), report(measured, machine))
  }
  if (options.write) say(`written to docs/benchmarks.md`)
}

function print({ figures, verdicts }: Result): void {
  for (const { name, value, unit } of figures) say(`  ${name}: ${formatValue(value, unit)}`)
  for (const verdict of verdicts) {
    say(
      `  ${verdict.what}: ${formatValue(verdict.estimate.value, verdict.unit)} (${formatSpread(verdict)}), target ≤ ${formatValue(verdict.atMost, verdict.unit)}: ${formatVerdict(verdict).replaceAll('*', '')}`,
    )
  }
  say('')
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
