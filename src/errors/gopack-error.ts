/** Exit codes of every command; a contract with scripts (docs/errors.md). */
export const exitCodes = {
  failure: 1,
  usage: 2,
  missingTool: 3,
  compile: 4,
  packaging: 5,
  publish: 6,
  bug: 70,
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** One entry of the error catalogue. */
export interface ErrorEntry {
  readonly exit: ExitCode
  /** One sentence: what has happened. */
  readonly summary: string
  /** One sentence or two: what to do now. */
  readonly remedy: string
}

/** A place in a text file; line and column count from 1. */
export interface SourcePlace {
  readonly file: string
  readonly line?: number
  readonly column?: number
}

export interface ErrorDetails {
  /** What happened in this very case. */
  readonly message: string
  /** What to do in this very case; the catalogue's remedy where absent. */
  readonly hint?: string
  readonly at?: SourcePlace
  /** Lines of another program (a compiler, git) shown before the message. */
  readonly output?: readonly string[]
  readonly cause?: unknown
}

/** The one error a user's mistake or a broken environment ends in; everything else that is thrown is a bug (exit 70). */
export class GopackError extends Error {
  override readonly name = 'GopackError'
  readonly code: string
  readonly exitCode: ExitCode
  readonly hint: string
  readonly at: SourcePlace | undefined
  readonly output: readonly string[]

  constructor(code: string, entry: ErrorEntry, details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = code
    this.exitCode = entry.exit
    this.hint = details.hint ?? entry.remedy
    this.at = details.at
    this.output = details.output ?? []
  }
}

/** Makes the constructor of errors for one area's table: the code is checked by the compiler. */
export function errorMaker<T extends Record<string, ErrorEntry>>(table: T) {
  return (code: keyof T & string, details: ErrorDetails): GopackError => new GopackError(code, table[code]!, details)
}
