import { errorAreas } from '../../src/errors/catalogue.ts'

/** docs/errors.md, made from the catalogue. */
export function errorsMarkdown(): string {
  const areas = Object.entries(errorAreas).map(([area, table]) => {
    const entries = Object.entries(table).map(
      ([code, { exit, summary, remedy }]) => `### ${code}\n\nExit code ${exit}. ${summary}\n\n**What to do:** ${remedy}`,
    )
    return `## ${area}\n\n${entries.join('\n\n')}`
  })
  return `# Errors

Every error of gopack has a code. \`gopack explain CODE\` prints what stands here; with \`--json\` a failing command prints
\`{"error": {"code", "message", "hint", "file", "line", "column"}}\` on standard output. This page is made from the catalogue
(\`npm run docs\`).

| exit code | meaning |
|---:|---|
| 0 | fine |
| 1 | failure |
| 2 | usage or configuration |
| 3 | missing tool |
| 4 | the program does not compile |
| 5 | packaging |
| 6 | publishing |
| 70 | a bug of gopack |
| 130 | interrupted |

${areas.join('\n\n')}
`
}
