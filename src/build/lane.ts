import type { Lane, StepPlan } from '../plan/types.ts'
import type { Artifact } from './artifacts.ts'
import type { Listener } from './events.ts'
import { laneName } from './lane-name.ts'
import type { StepContext, StepOutcome } from './step.ts'
import { stepRunners } from './steps.ts'

/**
 * Runs the steps of one lane in order, each on what those before it made.
 * @param given what other lanes have made for it
 */
export async function runLane(
  lane: Lane,
  given: readonly Artifact[],
  context: Omit<StepContext, 'lane' | 'onLaneEnd'>,
  tell: Listener,
): Promise<Artifact[]> {
  const name = laneName(lane)
  const atEnd: (() => Promise<void>)[] = []
  const artifacts: Artifact[] = []
  const start = performance.now()
  let ok = false
  tell({ type: 'lane-start', lane: name })
  try {
    for (const plan of lane.steps) {
      context.signal.throwIfAborted()
      tell({ type: 'step-start', lane: name, step: plan.step })
      const stepStart = performance.now()
      const outcome = await runStep(plan, [...given, ...artifacts], { ...context, lane, onLaneEnd: (action) => atEnd.push(action) })
      artifacts.push(...outcome.artifacts)
      tell({ type: 'step-end', lane: name, step: plan.step, milliseconds: performance.now() - stepStart, result: outcome.result })
    }
    ok = true
    return artifacts
  } finally {
    for (const action of atEnd.reverse()) await action()
    tell({ type: 'lane-end', lane: name, milliseconds: performance.now() - start, ok })
  }
}

function runStep<P extends StepPlan>(plan: P, artifacts: readonly Artifact[], context: StepContext): Promise<StepOutcome> {
  // The table's type ties each runner to its own plan; the compiler cannot follow that through a lookup.
  const runner = stepRunners[plan.step] as (plan: P, artifacts: readonly Artifact[], context: StepContext) => Promise<StepOutcome>
  return runner(plan, artifacts, context)
}
