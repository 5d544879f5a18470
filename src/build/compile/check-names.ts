import { compileError } from '../../errors/compile.ts'
import { targetName } from '../../go/targets.ts'
import { run, type RunOptions } from '../../host/exec.ts'
import type { Lane } from '../../plan/types.ts'
import { assignmentName } from './plan.ts'
import type { CompilePlan } from './types.ts'

/**
 * The sound test of an -X flag, for those whose declaration left it open: in the compiled package the symbol must be
 * there as initialised data (D), or as zeroed data (B) of a variable without initial value.
 * @throws X_FLAG_DEAD
 */
export async function checkLinkNames(plan: CompilePlan, lane: Lane, options: RunOptions): Promise<void> {
  for (const assignment of plan.checkAfterwards) {
    const pattern = assignment.package === 'main' ? plan.importPath : assignment.package
    const flags = plan.command.args.filter((argument) => argument.startsWith('-tags=') || argument === '-trimpath')
    const listed = await run({ ...plan.command, args: ['list', '-export', ...flags, '-f', '{{.Export}}', pattern] }, options)
    const file = listed.stdout.trim()
    if (listed.exitCode !== 0 || file === '') continue
    const symbols = await run({ ...plan.command, args: ['tool', 'nm', file] }, options)
    const wanted = assignmentName(assignment)
    const kind = symbols.stdout
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .find((words) => words.at(-1) === wanted)
      ?.at(-2)
    // B here means: declared with an initial value that code computes at the start, which then wins.
    if (kind === 'D' || kind === 'd') continue
    throw compileError('X_FLAG_DEAD', {
      message: `-X ${wanted} does nothing for ${targetName(lane.target)}: ${kind === undefined ? 'there is no such variable' : 'its initial value is computed when the program starts, and wins'}.`,
    })
  }
}
