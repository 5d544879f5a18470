import type { Listener } from '../../build/events.ts'
import { isLive } from '../../host/terminal.ts'
import type { Output } from '../output.ts'
import { plainReporter } from './plain.ts'
import { isProvision, provisionReporter } from './provision.ts'

/** Shows a build while it runs. */
export interface Reporter {
  readonly tell: Listener
  readonly close: (ok: boolean) => Promise<void>
}

/** Live lanes on a terminal, lines elsewhere, groups on GitHub Actions, nothing with --quiet. */
export async function openReporter(output: Output): Promise<Reporter> {
  if (output.options.quiet) return { tell: () => undefined, close: () => Promise.resolve() }
  // listr2 looks at stdout, whatever it writes to.
  const live = isLive(process.stderr) && process.stdout.isTTY && !output.options.verbose
  return withProvision(live ? (await import('./live.ts')).liveReporter(output) : plainReporter(output), output)
}

/** Go itself is fetched before there is any lane to show. */
function withProvision(reporter: Reporter, output: Output): Reporter {
  const provision = provisionReporter(output)
  const close = (ok: boolean): Promise<void> => {
    provision.close()
    return reporter.close(ok)
  }
  return { tell: (event) => (isProvision(event) ? provision.tell(event) : reporter.tell(event)), close }
}
