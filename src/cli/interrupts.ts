import { interrupted } from '../build/build.ts'
import { killAllChildren } from '../host/exec.ts'

/**
 * A signal that is aborted by the first SIGINT or SIGTERM; a second one kills every child and ends at once.
 * Dispose of it to give the signals back.
 */
export function abortOnInterrupt(): { readonly signal: AbortSignal; readonly dispose: () => void } {
  const controller = new AbortController()
  const onSignal = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      killAllChildren()
      process.exit(130)
    }
    controller.abort(interrupted(name))
  }
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const name of names) {
    const earlier = process.listeners(name)
    // Added before the others go: Node forgets a signal that came while nobody could look, once the last listener is gone.
    process.on(name, onSignal)
    for (const listener of earlier) process.off(name, listener)
  }
  return { signal: controller.signal, dispose: () => names.forEach((name) => process.off(name, onSignal)) }
}
