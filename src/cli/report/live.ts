import { Listr, ListrLogger, PRESET_TIMER, ProcessOutput } from 'listr2'
import type { BuildEvent } from '../../build/events.ts'
import { formatDuration } from '../../host/terminal.ts'
import type { Output } from '../output.ts'
import { commonLines } from './plain.ts'
import type { Reporter } from './reporter.ts'

interface LiveLane {
  readonly promise: Promise<void>
  readonly end: (ok: boolean) => void
  show: (text: string) => void
}

/** Lanes redrawn in place, with their times, on a terminal. */
export function liveReporter(output: Output): Reporter {
  const lanes = new Map<string, LiveLane>()
  let running: Promise<unknown> = Promise.resolve()
  const tell = (event: BuildEvent): void => {
    for (const line of commonLines(event, output, false)) output.note(line)
    if (event.type === 'plan') {
      for (const name of event.lanes) lanes.set(name, makeLane())
      running = start(lanes)
    } else if (event.type === 'step-start') lanes.get(event.lane)?.show(event.step)
    else if (event.type === 'step-end')
      lanes.get(event.lane)?.show(`${event.step} ${event.result === 'cached' ? 'up to date' : formatDuration(event.milliseconds)}`)
    else if (event.type === 'lane-end') lanes.get(event.lane)?.end(event.ok)
  }
  const close = async (ok: boolean): Promise<void> => {
    for (const lane of lanes.values()) lane.end(ok)
    await running
  }
  return { tell, close }
}

function start(lanes: ReadonlyMap<string, LiveLane>): Promise<unknown> {
  const tasks = new Listr(
    [...lanes].map(([name, lane]) => ({
      title: name,
      task: async (_context: unknown, task: { title: string }) => {
        const steps: string[] = []
        lane.show = (text) => {
          const [step = ''] = text.split(' ')
          const at = steps.findIndex((shown) => shown.split(' ')[0] === step)
          steps[at < 0 ? steps.length : at] = text
          task.title = `${name}  ${steps.join(' · ')}`
        }
        await lane.promise
      },
    })),
    {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: {
        timer: PRESET_TIMER,
        collapseErrors: false,
        showErrorMessage: false,
        // Progress belongs to stderr: stdout is for results.
        logger: new ListrLogger({ useIcons: true, toStderr: [], processOutput: new ProcessOutput(process.stderr, process.stderr) }),
      },
    },
  )
  return tasks.run().catch(() => undefined)
}

function makeLane(): LiveLane {
  let finish: (ok: boolean) => void = () => undefined
  const promise = new Promise<void>((resolve, reject) => {
    finish = (ok) => (ok ? resolve() : reject(new Error('stopped')))
  })
  promise.catch(() => undefined)
  return { promise, end: (ok) => finish(ok), show: () => undefined }
}
