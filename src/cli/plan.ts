import { plan } from '../plan/plan.ts'
import { planDocument } from '../plan/document.ts'
import type { RunCommand } from './command.ts'
import { readBuildRequest } from './build-options.ts'
import { abortOnInterrupt } from './interrupts.ts'
import { provisionReporter } from './report/provision.ts'
import { planText } from './report/plan-text.ts'

/** `gopack plan` */
export const runPlan: RunCommand = async ({ args, values, output }) => {
  const interrupts = abortOnInterrupt()
  const provision = provisionReporter(output)
  const found = await plan(readBuildRequest(args, values, output.options), { signal: interrupts.signal, listener: provision.tell }).finally(
    () => {
      provision.close()
      interrupts.dispose()
    },
  )
  if (output.options.json) output.json(planDocument(found))
  else output.result(planText(found, output.resultColors))
  return 0
}
