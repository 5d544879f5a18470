import { availableParallelism } from 'node:os'
import { cacheFolder } from '../cache/folder.ts'
import { pruneCache } from '../cache/prune.ts'
import { openStepCache } from '../cache/store.ts'
import { distError } from '../errors/dist.ts'
import { GopackError } from '../errors/gopack-error.ts'
import { runPool } from '../host/pool.ts'
import { makePlan } from '../plan/make-plan.ts'
import { targetName } from '../go/targets.ts'
import type { Lane, Plan } from '../plan/types.ts'
import type { BuildRequest } from '../project/request.ts'
import { survey } from '../project/survey.ts'
import type { Artifact } from './artifacts.ts'
import { writeChecksums } from './checksum/run.ts'
import type { ArtifactsFile } from './dist/artifacts-file.ts'
import { keptArtifacts } from './dist/kept.ts'
import { isOutput, listArtifacts } from './dist/list.ts'
import { readPreviousOutput, type PreviousOutput } from './dist/previous.ts'
import { publish } from './dist/publish.ts'
import { recoverIfIdle, recoverLocked } from './dist/recover.ts'
import { openOutput, type OpenOutput } from './dist/staging.ts'
import type { Listener } from './events.ts'
import { asKnownError } from './failures.ts'
import { runHooks } from './hooks/run.ts'
import { laneName } from './lane-name.ts'
import { runLane } from './lane.ts'

export interface BuildOptions {
  readonly signal?: AbortSignal
  readonly listener?: Listener
  /** False: nothing from an earlier run is used (--no-cache). */
  readonly reuse?: boolean
  /** Lanes at a time. Default: one more than there are cores, so that a core is never idle while a lane writes. */
  readonly jobs?: number
}

export interface BuildResult {
  readonly plan: Plan
  /** What artifacts.json holds now, and what it held before. */
  readonly artifacts: ArtifactsFile
  readonly previous: ArtifactsFile | undefined
}

/**
 * The whole build: hooks, plan, lanes, join, output folder, hooks.
 * @throws GopackError of every kind
 */
export async function build(request: BuildRequest, options: BuildOptions = {}): Promise<BuildResult> {
  const tell = options.listener ?? (() => undefined)
  const signal = options.signal ?? new AbortController().signal
  const plan = await planWithHooks(request, tell, signal)
  tell({ type: 'plan', lanes: [...plan.lanes, ...plan.bundles].map(laneName), warnings: plan.warnings })
  for (const { app, since } of plan.unchanged ?? []) tell({ type: 'unchanged', app, since })
  try {
    const result = await buildPlan(plan, options, tell, signal)
    await runHooks(plan.hooks.after, tell, signal)
    return result
  } catch (error) {
    throw signal.aborted ? signal.reason : asKnownError(error, plan.out)
  }
}

/** Hooks before the build may make files the plan needs: version and time are read before them, everything else after. */
async function planWithHooks(request: BuildRequest, tell: Listener, signal: AbortSignal): Promise<Plan> {
  const first = await survey(request, { signal, hooksPending: true, learn: true, listener: tell })
  const recovered = await recoverIfIdle(first.out)
  if (recovered !== undefined) tell({ type: 'recovered', how: recovered })
  if ((first.config.hooks?.before ?? []).length === 0) {
    if (first.gaps[0] !== undefined) throw first.gaps[0]
    return makePlan({ ...first, hooksPending: false })
  }
  await runHooks(makePlan(first).hooks.before, tell, signal)
  return makePlan(await survey(request, { signal, git: first.git, timestamp: first.timestamp, learn: true, listener: tell }))
}

async function buildPlan(plan: Plan, options: BuildOptions, tell: Listener, signal: AbortSignal): Promise<BuildResult> {
  const output = await openOutput(plan.out, {
    signal,
    onWait: (holder) => tell({ type: 'waiting', holder, what: 'the same output folder' }),
  })
  try {
    const recovered = await recoverLocked(plan.out)
    if (recovered !== undefined) tell({ type: 'recovered', how: recovered })
    const previous = await readPreviousOutput(plan.out)
    const made = (await runLanes(plan, output, previous, options, tell, signal)).filter(isOutput)
    const kept = await keptArtifacts(plan, previous)
    // Nothing changed, and nothing of it is here: no empty output is made up.
    if (made.length + kept.length === 0) return { plan, artifacts: listArtifacts(plan, [], []), previous: previous.file }
    const artifacts = [...made, await writeChecksums([...made, ...kept], output.staging, previous)]
    const file = listArtifacts(plan, artifacts, kept)
    signal.throwIfAborted()
    await publish(output.staging, artifacts, file, previous)
    return { plan, artifacts: file, previous: previous.file }
  } finally {
    await output.close()
  }
}

async function runLanes(
  plan: Plan,
  output: OpenOutput,
  previous: PreviousOutput,
  options: BuildOptions,
  tell: Listener,
  signal: AbortSignal,
): Promise<Artifact[]> {
  const cache = openStepCache(cacheFolder(), options.reuse !== false)
  const others = new AbortController()
  let made = false
  const listen: Listener = (event) => {
    made ||= event.type === 'step-end' && event.result === 'fresh'
    tell(event)
  }
  const context = {
    staging: output.staging,
    previous,
    cache,
    reuse: options.reuse !== false,
    signal: AbortSignal.any([signal, others.signal]),
    onSpawn: output.lock.recordChild,
    warn: (code: string, message: string) => tell({ type: 'warning', code, message }),
    onWait: (holder: number, what: string) => tell({ type: 'waiting', holder, what }),
  }
  const runAll = async (lanes: readonly Lane[], given: readonly Artifact[]): Promise<Artifact[]> => {
    const jobs = lanes.map((lane) => async () => {
      try {
        const usable = given.filter((artifact) => 'target' in artifact && targetName(artifact.target) === targetName(lane.target))
        return await runLane(lane, usable, context, listen)
      } catch (error) {
        // The first lane to fail stops the others.
        others.abort(error)
        throw error
      }
    })
    return (await runPool(jobs, options.jobs ?? availableParallelism() + 1)).flat()
  }
  const lanes = await runAll(plan.lanes, [])
  const bundles = await runAll(plan.bundles, lanes)
  // Only what was made anew can have filled the cache.
  if (made) await pruneCache(cache.folder)
  return [...lanes, ...bundles]
}

/** The reason a signal handler gives. */
export const interrupted = (name: string): GopackError => distError('INTERRUPTED', { message: `Interrupted by ${name}.` })
