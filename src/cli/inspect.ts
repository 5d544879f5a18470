import { resolve } from 'node:path'
import { recoverIfIdle } from '../build/dist/recover.ts'
import { configError } from '../errors/config.ts'
import { exitCodes } from '../errors/gopack-error.ts'
import { inspect } from '../inspect/inspect.ts'
import { renderInspection } from '../inspect/report.ts'
import type { RunCommand } from './command.ts'
import { abortOnInterrupt } from './interrupts.ts'

/** `gopack inspect PATH`: exit code 5 when a finding is an error. */
export const runInspect: RunCommand = async ({ args, output }) => {
  const [path, ...rest] = args
  if (path === undefined || rest.length > 0)
    throw configError('USAGE', { message: 'inspect takes one executable, archive or output folder.' })
  const absolute = resolve(output.options.cwd, path)
  await recoverIfIdle(absolute)
  const interrupts = abortOnInterrupt()
  const inspection = await inspect(absolute, { signal: interrupts.signal }).finally(interrupts.dispose)
  if (output.options.json) output.json(inspection)
  else output.result(renderInspection(inspection, { color: output.resultColors.level > 0 }))
  return inspection.ok ? 0 : exitCodes.packaging
}
