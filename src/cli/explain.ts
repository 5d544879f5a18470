import { didYouMean } from '../config/nearest.ts'
import { errorCatalogue } from '../errors/catalogue.ts'
import { configError } from '../errors/config.ts'
import type { RunCommand } from './command.ts'

/** `gopack explain [CODE]` */
export const runExplain: RunCommand = async ({ args, output }) => {
  const [wanted] = args
  if (wanted === undefined) {
    const all = Object.entries(errorCatalogue).map(([code, { exit, summary, remedy }]) => ({ code, exit, summary, remedy }))
    if (output.options.json) output.json(all)
    else output.result(all.map(({ code, exit, summary }) => `${code.padEnd(26)} ${String(exit).padStart(3)}  ${summary}`).join('\n'))
    return 0
  }
  const code = wanted.toUpperCase().replaceAll('-', '_')
  const entry = errorCatalogue[code]
  if (entry === undefined)
    throw configError('USAGE', {
      message: `There is no error code "${wanted}".${didYouMean(code, Object.keys(errorCatalogue))}`,
      hint: '`gopack explain` without a code lists all.',
    })
  if (output.options.json) output.json({ code, ...entry })
  else
    output.result(
      `${output.resultColors.bold(code)} (exit code ${entry.exit})\n${entry.summary}\n${output.resultColors.cyan('fix')} ${entry.remedy}\nMore: docs/errors.md#${code.toLowerCase()}`,
    )
  return 0
}
