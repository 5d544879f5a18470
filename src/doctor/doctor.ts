import { exitCodes } from '../errors/gopack-error.ts'
import { maskSecrets } from '../host/mask.ts'
import type { BuildRequest } from '../project/request.ts'
import { checks } from './checks.ts'
import { openContext, type ContextOptions } from './context.ts'
import type { Check, CheckResult, DoctorContext, DoctorReport } from './types.ts'

/**
 * Looks for what would stop or surprise a build of this project on this machine. Writes nothing that stays, except that `fix` fetches Go.
 * @throws the signal's reason when it is aborted
 */
export async function doctor(request: BuildRequest, options: ContextOptions = {}): Promise<DoctorReport> {
  return runChecks(await openContext(request, options), checks)
}

/** Runs checks in order over what was looked up. */
export async function runChecks(context: DoctorContext, list: readonly Check[]): Promise<DoctorReport> {
  const results: DoctorReport['checks'][number][] = []
  for (const { id, title, run } of list) {
    context.signal?.throwIfAborted()
    const result = await run(context)
    if (result !== undefined) results.push({ id, title, ...masked(result) })
  }
  return { schema: 1, ok: results.every(({ status }) => status !== 'fail'), checks: results }
}

function masked(result: CheckResult): CheckResult {
  const detail = maskSecrets(result.detail)
  return result.status === 'ok' ? { ...result, detail } : { ...result, detail, fix: maskSecrets(result.fix) }
}

/** 3 when a tool the build needs is missing, 1 for any other failure, 0 else: warnings stop nobody. */
export function doctorExitCode({ checks: results }: DoctorReport): number {
  const failed = results.filter((result) => result.status === 'fail')
  if (failed.length === 0) return 0
  return failed.some((result) => result.missing) ? exitCodes.missingTool : exitCodes.failure
}
