import { GopackError, exitCodes } from '../errors/gopack-error.ts'
import { maskedJson, maskSecrets } from '../host/mask.ts'
import { colorsFor } from '../host/terminal.ts'
import { toolVersion } from '../host/tool-version.ts'
import type { GlobalOptions } from './global-options.ts'

/** Prints what went wrong and gives the exit code. A stack trace is for bugs of gopack only. */
export function reportFailure(error: unknown, options: Pick<GlobalOptions, 'json' | 'color'>): number {
  const failure = error instanceof GopackError ? error : undefined
  if (options.json) {
    const { code, message, hint, at } = failure ?? { code: 'BUG', message: bugMessage(error), hint: bugHint, at: undefined }
    const output = failure === undefined || failure.output.length === 0 ? {} : { output: failure.output }
    process.stdout.write(`${maskedJson({ error: { code, message, hint, ...at, ...output } })}\n`)
    return failure?.exitCode ?? exitCodes.bug
  }
  const colors = colorsFor(process.stderr, options.color)
  if (failure === undefined) {
    process.stderr.write(
      maskSecrets(`${colors.red('bug')} ${bugMessage(error)}\n${error instanceof Error ? (error.stack ?? '') : ''}\n${bugHint}\n`),
    )
    return exitCodes.bug
  }
  const lines = [
    ...failure.output,
    `${colors.red.bold('error')} ${failure.message}`,
    `${colors.cyan('  fix')} ${failure.hint}`,
    colors.dim(`      gopack explain ${failure.code}`),
  ]
  process.stderr.write(maskSecrets(`${lines.join('\n')}\n`))
  annotate(failure)
  return failure.exitCode
}

const bugHint = `This is a bug in gopack ${toolVersion}: please report it with the lines above.`
const bugMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** GitHub shows these beside the line in the pull request (workflow commands). */
function annotate(failure: GopackError): void {
  if (process.env['GITHUB_ACTIONS'] !== 'true') return
  const places = failure.output.flatMap((line) => {
    const match = /^(?:\.[\\/])?([^\s:]+\.go):(\d+)(?::(\d+))?: (.*)$/.exec(line)
    return match === null ? [] : [{ file: match[1]!, line: match[2]!, column: match[3], message: match[4]! }]
  })
  const own =
    failure.at === undefined
      ? []
      : [{ file: failure.at.file, line: String(failure.at.line ?? 1), column: failure.at.column?.toString(), message: failure.message }]
  const commands = [...places, ...own].map(
    ({ file, line, column, message }) =>
      `::error file=${property(file)},line=${line}${column === undefined ? '' : `,col=${column}`}::${data(message)}`,
  )
  if (commands.length === 0) commands.push(`::error title=${property(failure.code)}::${data(failure.message)}`)
  process.stderr.write(maskSecrets(`${commands.join('\n')}\n`))
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
