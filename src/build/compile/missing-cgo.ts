import type { Target } from '../../go/targets.ts'
import { run } from '../../host/exec.ts'
import { targetEnvironment } from '../../go/targets.ts'
import type { CompilePlan } from './types.ts'

/** Packages outside the standard library whose C code a build without cgo leaves out. */
export async function missingCgo(plan: CompilePlan, target: Target, signal: AbortSignal): Promise<string[]> {
  const tags = plan.command.args.filter((argument) => argument.startsWith('-tags='))
  const template = '{{if and .CgoFiles (not .Standard)}}{{.ImportPath}}{{end}}'
  const args = ['list', '-e', '-deps', ...tags, '-f', template, plan.importPath]
  const result = await run(
    { ...plan.command, args, env: { ...plan.command.env, ...targetEnvironment(target), CGO_ENABLED: '1' } },
    { signal },
  )
  return lines(result.stdout)
}

const lines = (text: string): string[] => text.split(/\r?\n/).filter((line) => line !== '')
