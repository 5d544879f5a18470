import type { BuildEvent } from '../../build/events.ts'
import type { ProvisionEvent, ProvisionListener } from '../../go/provision/types.ts'
import { formatDuration, formatSize, isLive } from '../../host/terminal.ts'
import { maskSecrets } from '../../host/mask.ts'
import type { Output } from '../output.ts'

/** Milliseconds between two lines of progress where lines cannot be redrawn. */
const lineEvery = 5000

export const isProvision = (event: BuildEvent): event is ProvisionEvent => event.type.startsWith('go-')

/** Shows how far fetching Go has come: one line redrawn on a terminal, a line now and then elsewhere, nothing with --quiet. */
export function provisionReporter(output: Output): { readonly tell: ProvisionListener; readonly close: () => void } {
  const live = isLive(process.stderr) && !output.options.quiet
  let open = false
  let told = performance.now()
  const close = (): void => {
    if (open) process.stderr.write('\r\u001b[K')
    open = false
  }
  const tell: ProvisionListener = (event) => {
    const line = provisionLine(event, output)
    if (event.type !== 'go-progress') {
      close()
      output.note(line)
    } else if (live) {
      process.stderr.write(`\r\u001b[K${maskSecrets(line)}`)
      open = true
    } else if (event.received === event.total || performance.now() - told >= lineEvery) {
      told = performance.now()
      output.note(line)
    }
  }
  return { tell, close }
}

function provisionLine(event: ProvisionEvent, { colors }: Output): string {
  const name = `Go ${event.version}`
  switch (event.type) {
    case 'go-fetch':
      return `${colors.cyan('fetch')} ${name} from ${event.from}`
    case 'go-progress': {
      const share =
        event.total === undefined ? '' : ` of ${formatSize(event.total)} (${Math.floor((100 * event.received) / event.total)} %)`
      return `${colors.cyan('fetch')} ${name}: ${formatSize(event.received)}${share}, ${formatSize(event.rate)}/s`
    }
    case 'go-retry':
      return `${colors.yellow('retry')} ${name}: ${event.reason}`
    case 'go-unpack':
      return `${colors.cyan('unpack')} ${name}: verifying and unpacking`
    case 'go-waiting':
      return `${colors.yellow('wait')} another gopack (process ${event.holder}) is fetching ${name}; waiting for it.`
    case 'go-ready':
      return `${colors.green('ready')} ${name}, ${event.file} (${formatDuration(event.milliseconds)})`
  }
}
