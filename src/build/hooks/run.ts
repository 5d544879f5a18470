import { distError } from '../../errors/dist.ts'
import { lines } from '../../host/lines.ts'
import { run, type Command } from '../../host/exec.ts'
import { findProgram } from '../../host/find-program.ts'
import type { Listener } from '../events.ts'
import type { HookPlan } from './types.ts'

/**
 * Runs hooks one after the other.
 * @throws HOOK_FAILED, HOOK_MISSING
 */
export async function runHooks(hooks: readonly HookPlan[], tell: Listener, signal: AbortSignal): Promise<void> {
  for (const { command, target } of hooks) {
    const shown = [command.file, ...command.args].join(' ') + (target === undefined ? '' : ` (${target})`)
    tell({ type: 'hook-start', command: shown })
    const start = performance.now()
    const result = await run(forHost(command), { signal })
    if (result.startError !== undefined)
      throw distError('HOOK_MISSING', {
        message: `The hook \`${shown}\` cannot be started: ${command.file === '' ? 'it names no program' : command.file} (${result.startError}).`,
      })
    const output = lines(result.stdout + result.stderr)
    if (result.exitCode !== 0)
      throw distError('HOOK_FAILED', {
        message: `The hook \`${shown}\` ended with exit code ${result.exitCode ?? 'none (it was ended by a signal)'}.`,
        output: output.slice(-40),
      })
    tell({ type: 'hook-end', command: shown, milliseconds: performance.now() - start, output })
  }
}

/** `./tool` is relative to the hook's folder on every system; a bare name is looked for on PATH. */
function forHost(command: Command): Command {
  if (/[\\/]/.test(command.file)) return command
  return { ...command, file: findProgram(command.file) ?? command.file }
}
