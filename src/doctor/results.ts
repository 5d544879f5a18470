import type { GopackError } from '../errors/gopack-error.ts'
import { exitCodes } from '../errors/gopack-error.ts'
import type { CheckResult } from './types.ts'

export const ok = (detail: string): CheckResult => ({ status: 'ok', detail })
export const warn = (detail: string, fix: string): CheckResult => ({ status: 'warn', detail, fix })
export const fail = (detail: string, fix: string): CheckResult => ({ status: 'fail', detail, fix, missing: false })
/** A tool the build needs is not there. */
export const missing = (detail: string, fix: string): CheckResult => ({ status: 'fail', detail, fix, missing: true })

/** The failure a build would end in. */
export function failWith({ message, hint, output, exitCode }: GopackError): CheckResult {
  const detail = [message, ...output.slice(0, 3)].join(' ')
  return { status: 'fail', detail, fix: hint, missing: exitCode === exitCodes.missingTool }
}
