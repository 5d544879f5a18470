import { projectError } from '../errors/project.ts'
import type { GopackError } from '../errors/gopack-error.ts'
import type { RunResult } from '../host/exec.ts'
import { findProgram } from '../host/find-program.ts'
import { lines } from '../host/lines.ts'

const shownLines = 5

/**
 * What a go command answered, as JSON of the form expected. Wrappers and half-installed ones print other things.
 * @param question as people would type it
 * @param path PATH on which the go command was found
 * @throws GO_FAILED naming the program and its first lines
 */
export function goAnswer<T>(question: string, result: RunResult, isRight: (value: unknown) => value is T, path: string | undefined): T {
  const value = parsed(result.stdout)
  if (isRight(value)) return value
  throw wrongAnswer(question, result, findProgram('go', path) ?? 'go')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function wrongAnswer(question: string, { stdout, stderr }: RunResult, file: string): GopackError {
  const said = lines(stdout + stderr).slice(0, shownLines)
  return projectError('GO_FAILED', {
    message: `${file} does not answer \`${question}\` as Go does: it printed ${said.length === 0 ? 'nothing' : 'the lines above'}.`,
    hint: `Put a whole Go before it on PATH, or have ${file} print nothing of its own.`,
    output: said,
  })
}

/** NAME → value, as `go env -json` prints it. */
export function isSettings(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((entry) => typeof entry === 'string')
}

/** An object with names, no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
