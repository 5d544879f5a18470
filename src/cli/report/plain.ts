import type { BuildEvent } from '../../build/events.ts'
import { formatDuration } from '../../host/terminal.ts'
import type { Output } from '../output.ts'
import type { Reporter } from './reporter.ts'

/** A line an event, as CI logs want it. On GitHub Actions each lane is a group once it has ended. */
export function plainReporter(output: Output): Reporter {
  const github = process.env['GITHUB_ACTIONS'] === 'true'
  const held = new Map<string, string[]>()
  const say = (lane: string, line: string): void => {
    if (!github) output.note(`${lane}: ${line}`)
    else held.set(lane, [...(held.get(lane) ?? []), line])
  }
  const tell = (event: BuildEvent): void => {
    if (event.type === 'step-end')
      say(event.lane, `${event.step} ${event.result === 'cached' ? 'up to date' : 'done'} (${formatDuration(event.milliseconds)})`)
    else if (event.type === 'step-start' && output.options.verbose) say(event.lane, `${event.step} …`)
    else if (event.type === 'lane-end' && github) {
      output.note(
        [
          `::group::${event.lane} ${event.ok ? '' : 'failed '}(${formatDuration(event.milliseconds)})`,
          ...(held.get(event.lane) ?? []),
          '::endgroup::',
        ].join('\n'),
      )
    } else for (const line of commonLines(event, output, github)) output.note(line)
  }
  return { tell, close: () => Promise.resolve() }
}

/** What every reporter says in the same words. */
export function commonLines(event: BuildEvent, { colors, options }: Output, github: boolean): string[] {
  const warning = (code: string, message: string): string =>
    github ? `::warning title=${code}::${message}` : `${colors.yellow('warn')} ${message}`
  switch (event.type) {
    case 'plan':
      return event.warnings.map(({ code, message }) => warning(code, message))
    case 'unchanged':
      return [`${event.app} is unchanged since ${event.since}; it stays as it is.`]
    case 'warning':
      return [warning(event.code, event.message)]
    case 'waiting':
      return [`${colors.yellow('wait')} another gopack (process ${event.holder}) works on ${event.what}; waiting for it.`]
    case 'recovered':
      return [
        {
          finished: 'An interrupted build was finished first.',
          undone: 'An interrupted build was undone first.',
          cleaned: 'Leftovers of an interrupted build were removed.',
        }[event.how],
      ]
    case 'hook-start':
      return [`hook ${event.command}`]
    case 'hook-end':
      return options.verbose ? [...event.output.map((line) => `  ${line}`), `hook done (${formatDuration(event.milliseconds)})`] : []
    default:
      return []
  }
}
