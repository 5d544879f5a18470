import type { ChalkInstance } from 'chalk'
import { maskedJson, maskSecrets } from '../host/mask.ts'
import { colorsFor } from '../host/terminal.ts'
import type { GlobalOptions } from './global-options.ts'

/** Where a command prints: results to stdout, everything for people to stderr. */
export interface Output {
  readonly options: GlobalOptions
  readonly colors: ChalkInstance
  readonly resultColors: ChalkInstance
  /** One result; with --json exactly one document. */
  readonly result: (text: string) => void
  readonly json: (value: unknown) => void
  /** For people; not printed with --quiet. */
  readonly note: (text: string) => void
}

export function openOutput(options: GlobalOptions): Output {
  const write = (stream: NodeJS.WriteStream, text: string): void => void stream.write(maskSecrets(text.endsWith('\n') ? text : `${text}\n`))
  return {
    options,
    colors: colorsFor(process.stderr, options.color),
    resultColors: colorsFor(process.stdout, options.color),
    result: (text) => write(process.stdout, text),
    json: (value) => write(process.stdout, maskedJson(value)),
    note: (text) => (options.quiet ? undefined : write(process.stderr, text)),
  }
}
