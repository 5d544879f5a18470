import { inspectError } from '../errors/inspect.ts'
import { GopackError } from '../errors/gopack-error.ts'

/** Ends the reading of one table; {@link ifWhole} turns it into a finding. */
export function damaged(message: string): never {
  throw inspectError('INSPECT_DAMAGED', { message })
}

/**
 * Runs a reader over bytes that may be cut or hostile. Damage, and only damage, is told and gives undefined;
 * an exception of any other kind is a bug and goes on.
 */
export async function ifWhole<T>(read: () => Promise<T> | T, tell: (reason: string) => void): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof GopackError) tell(error.message)
    else if (error instanceof RangeError) tell('A length in it points outside of it.')
    else throw error
    return undefined
  }
}

/** The reason a library gave for refusing an archive; an interruption or a bug in the library's use goes on as it is. */
export function refusalReason(error: unknown, signal: AbortSignal | undefined): string {
  signal?.throwIfAborted()
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof ReferenceError) throw error
  return error.message.replace(/[.?!]$/, '')
}
