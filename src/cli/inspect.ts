import { exitCodes } from '../errors/gopack-error.ts'
import type { Inspection } from '../inspect/types.ts'

export const inspectCommand = {
  name: 'inspect',
  argument: '<path>',
  summary: 'Show what is in an executable, an archive or a dist folder, and whether it is whole',
}

export interface InspectInput {
  readonly path: string
  readonly json: boolean
  readonly color: boolean
  readonly signal?: AbortSignal
}

/** Runs `gopack inspect`: the text for stdout and the exit code, 5 when a finding is an error. */
export async function runInspect({
  path,
  json,
  color,
  signal,
}: InspectInput): Promise<{ readonly stdout: string; readonly exitCode: number }> {
  const { inspect } = await import('../inspect/inspect.ts')
  const inspection = await inspect(path, signal === undefined ? {} : { signal })
  return {
    stdout: json ? `${JSON.stringify(inspection)}\n` : await renderText(inspection, color),
    exitCode: inspection.ok ? 0 : exitCodes.packaging,
  }
}

async function renderText(inspection: Inspection, color: boolean): Promise<string> {
  const { renderInspection } = await import('../inspect/report.ts')
  return renderInspection(inspection, { color })
}
