import { formatSpread, formatValue, formatVerdict } from './format.ts'
import type { Result, Row } from './row.ts'

export interface Measured {
  readonly row: Row
  readonly rounds: number
  readonly result: Result
}

/** docs/benchmarks.md */
export function report(measured: readonly Measured[], machine: readonly string[]): string {
  return `# Benchmarks
<!-- Written by \`npm run bench\`. -->

${machine.map((line) => `- ${line}`).join('\n')}

Contenders run in turn (A B C A B C …) after one warm-up, with the same flags (\`-trimpath -buildvcs=true -ldflags='-s -w'\`, cgo off), the same
files in every zip, each with a copy of the module and a Go cache of its own. A ratio is that of the medians; its spread is the lowest
and the highest of the ratios within each round.

- **shell loop**: \`go build\` and \`zip -6\`, one target after the other.
- **GoReleaser**: \`release --snapshot --skip=publish --clean\`, its own choice of parallelism.
- gopack does more than both: version information, manifest and icon are in its executables.

| work | compared | result | spread | target | |
|---|---|---|---|---|---|
${measured.flatMap(verdictLines).join('\n')}

## Medians

| work | rounds | |
|---|---|---|
${measured.map(figureLine).join('\n')}

## Run it

\`\`\`
npm run bench                         # everything; takes about half an hour, on an otherwise idle machine
npm run bench -- --only unchanged     # the rows whose name begins so; prints, and leaves this file alone
npm run bench -- --quick              # few rounds, to see that everything works; leaves this file alone
npm run bench -- --rounds 21
\`\`\`

It needs Linux or macOS, Go, git and zip. Modules come from the Go module proxy; GoReleaser is taken from \`GOPACK_BENCH_GORELEASER\` or
PATH where it has the right version, and installed beside the benchmarks otherwise. A missed target is no failure; anything that does not work is.
`
}

function verdictLines({ row, result }: Measured): string[] {
  return result.verdicts.map((verdict, index) => {
    const cells = [
      index === 0 ? row.title : '',
      verdict.what,
      formatValue(verdict.estimate.value, verdict.unit),
      formatSpread(verdict),
      `≤ ${formatValue(verdict.atMost, verdict.unit)}`,
      formatVerdict(verdict),
    ]
    return `| ${cells.join(' | ')} |`
  })
}

function figureLine({ row, rounds, result }: Measured): string {
  return `| ${row.title} | ${rounds} | ${result.figures.map(({ name, value, unit }) => `${name} ${formatValue(value, unit)}`).join(' · ')} |`
}
