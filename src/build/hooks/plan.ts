import type { Config } from '../../config/schema/index.ts'
import { expandTemplate, type TemplateValues } from '../../config/templates.ts'
import { targetName, type Target } from '../../go/targets.ts'
import type { HookPlan } from './types.ts'

export interface HookPlanRequest {
  readonly hooks: NonNullable<Config['hooks']>['before']
  readonly hostOs: string
  readonly targets: readonly Target[]
  readonly values: TemplateValues
  readonly environment: NodeJS.ProcessEnv
  readonly cwd: string
  /** Added to each hook's environment. */
  readonly variables: Readonly<Record<string, string | undefined>>
}

/** The hooks that run on this host, in order; one with `targets` comes once for each target built that matches. Pure. */
export function planHooks(request: HookPlanRequest): HookPlan[] {
  return (request.hooks ?? []).flatMap((entry) => {
    const hook = Array.isArray(entry) ? { run: entry, os: undefined, targets: undefined } : entry
    if (hook.os !== undefined && !hook.os.includes(request.hostOs)) return []
    if (hook.targets === undefined) return [{ command: command(hook.run, request.values, request) }]
    const matching = request.targets.filter((target) => hook.targets!.some((wanted) => matches(wanted, target)))
    return matching.map((target) => {
      const values = { ...request.values, os: target.os, arch: target.arch, variant: target.variant ?? '' }
      return {
        command: command(hook.run, values, request, {
          GOPACK_OS: target.os,
          GOPACK_ARCH: target.arch,
          GOPACK_VARIANT: target.variant ?? '',
        }),
        target: targetName(target),
      }
    })
  })
}

function matches(wanted: string, target: Target): boolean {
  return wanted === 'all' || wanted === target.os || wanted === `${target.os}/${target.arch}` || wanted === targetName(target)
}

function command(
  words: readonly string[],
  values: TemplateValues,
  request: HookPlanRequest,
  more: Record<string, string> = {},
): HookPlan['command'] {
  const [file = '', ...args] = words.map((word) => expandTemplate(word, values, request.environment))
  return { file, args, env: { ...request.variables, ...more }, cwd: request.cwd }
}
