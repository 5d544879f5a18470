import type { Listener } from '../../build/events.ts'
import { isLive } from '../../host/terminal.ts'
import type { Output } from '../output.ts'
import { plainReporter } from './plain.ts'

/** Shows a build while it runs. */
export interface Reporter {
  readonly tell: Listener
  readonly close: (ok: boolean) => Promise<void>
}

/** Live lanes on a terminal, lines elsewhere, groups on GitHub Actions, nothing with --quiet. */
export async function openReporter(output: Output): Promise<Reporter> {
  if (output.options.quiet) return { tell: () => undefined, close: () => Promise.resolve() }
  // listr2 looks at stdout, whatever it writes to.
  if (isLive(process.stderr) && process.stdout.isTTY && !output.options.verbose) return (await import('./live.ts')).liveReporter(output)
  return plainReporter(output)
}
