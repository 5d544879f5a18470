import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '../build/build.ts'
import type { BuildEvent } from '../build/events.ts'
import { configError } from '../errors/config.ts'
import { shownPath } from '../host/shown-path.ts'
import type { RunCommand } from './command.ts'
import { readBuildRequest } from './build-options.ts'
import { abortOnInterrupt } from './interrupts.ts'
import { artifactTable } from './report/artifact-table.ts'
import { jobSummary } from './report/github.ts'
import { openReporter } from './report/reporter.ts'
import { timingTable } from './report/timings.ts'

/** `gopack build` */
export const runBuild: RunCommand = async ({ args, values, output }) => {
  const request = readBuildRequest(args, values, output.options)
  const jobs = readJobs(values['jobs'])
  const reporter = await openReporter(output)
  const events: BuildEvent[] = []
  const interrupts = abortOnInterrupt()
  try {
    const result = await build(request, {
      signal: interrupts.signal,
      reuse: values['cache'] !== false,
      ...(jobs === undefined ? {} : { jobs }),
      listener: (event) => (events.push(event), reporter.tell(event)),
    })
    await reporter.close(true)
    const { plan, artifacts, previous } = result
    if (output.options.json)
      output.json({ out: plan.out, ...artifacts, ...(values['timings'] === true ? { timings: timingTable(events).rows } : {}) })
    else {
      output.result(artifactTable(artifacts, previous, shownPath(plan.out), output.resultColors))
      if (values['timings'] === true) output.result(timingTable(events).text)
    }
    writeGithub(plan.out, artifacts, previous)
    return 0
  } catch (error) {
    await reporter.close(false)
    throw error
  } finally {
    interrupts.dispose()
  }
}

function readJobs(value: unknown): number | undefined {
  if (value === undefined) return undefined
  const jobs = Number(value)
  if (!Number.isInteger(jobs) || jobs < 1 || jobs > 64)
    throw configError('USAGE', { message: `--jobs is "${String(value)}", not a number from 1 to 64.` })
  return jobs
}

/** On GitHub Actions: tag and archive paths for later steps, and the job summary. */
function writeGithub(out: string, artifacts: Parameters<typeof jobSummary>[0], previous: Parameters<typeof jobSummary>[1]): void {
  if (process.env['GITHUB_ACTIONS'] !== 'true') return
  const archives = artifacts.artifacts.filter(({ type }) => type === 'archive')
  const { GITHUB_OUTPUT: outputs, GITHUB_STEP_SUMMARY: summary } = process.env
  if (outputs !== undefined && outputs !== '') {
    const lines = [
      `tag=${archives[0]?.tag ?? ''}`,
      `version=${archives[0]?.version ?? ''}`,
      'archives<<GOPACK_END',
      ...archives.map(({ path }) => join(out, path)),
      'GOPACK_END',
    ]
    appendFileSync(outputs, `${lines.join('\n')}\n`)
  }
  if (summary !== undefined && summary !== '') appendFileSync(summary, jobSummary(artifacts, previous))
}
