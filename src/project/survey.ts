import { checkOutFolder } from '../build/dist/out-folder.ts'
import { checkCacheFolder } from '../cache/check.ts'
import { cacheFolder } from '../cache/folder.ts'
import { openNotes } from '../cache/notes.ts'
import { asKnownError } from '../build/failures.ts'
import { withPlace } from '../config/place.ts'
import type { GopackError } from '../errors/gopack-error.ts'
import { workspaceSetting, type GoToolchain } from '../go/environment.ts'
import type { ProvisionListener } from '../go/provision/types.ts'
import { targetName, type SupportedTarget, type Target } from '../go/targets.ts'
import { chooseGo, type ChosenGo } from './choose-go.ts'
import { surveyBundle, type SurveyedBundle } from './bundle-survey.ts'
import { findApps, type FoundApp } from './found-apps.ts'
import { hasTrackedFiles, readGitState, repositoryAbove, type GitState } from './git.ts'
import { readInputs, type Inputs } from './inputs.ts'
import { surveyApps, type SurveyContext, type SurveyedProgram } from './program-survey.ts'
import type { BuildRequest } from './request.ts'
import { chooseTimestamp, type Timestamp } from './timestamp.ts'

/** Everything that was read before the plan is made; nothing was written. */
export interface Survey extends Pick<Inputs, 'loaded' | 'config' | 'folder' | 'out'> {
  readonly go: GoToolchain
  readonly workspace: string
  /** Those of all programs, each once. */
  readonly targets: readonly Target[]
  readonly git: GitState
  readonly timestamp: Timestamp
  readonly programs: readonly SurveyedProgram[]
  /** With --changed: programs that stay as they are, and the tag they have not changed since. */
  readonly unchanged: ReadonlyMap<string, string>
  /** What the archives of all apps together are made of, where they are wanted. */
  readonly together: SurveyedBundle | undefined
  /** What could not be found yet and may still be made by a hook. */
  readonly gaps: readonly GopackError[]
  /** True while hooks that may make missing things have not run. */
  readonly hooksPending: boolean
}

export interface SurveyOptions {
  readonly signal?: AbortSignal | undefined
  /** State read before the hooks ran: version and dirtiness are those. */
  readonly git?: GitState | undefined
  readonly timestamp?: Timestamp | undefined
  /** True while hooks that may make missing files have not run: a missing file is a gap, not an error. */
  readonly hooksPending?: boolean
  /** Answers may be noted in the cache; otherwise nothing at all is written. */
  readonly learn?: boolean
  /** Told while Go itself is fetched. */
  readonly listener?: ProvisionListener | undefined
  /** False: no Go is fetched, only what is on this machine is used. */
  readonly mayFetch?: boolean
}

/**
 * Reads configuration, module, packages, git and files. What does not need another's answer is asked at the same time.
 * @throws every CONFIG_…, project and archive error
 */
export async function survey(request: BuildRequest, options: SurveyOptions = {}): Promise<Survey> {
  try {
    return await readEverything(request, options)
  } catch (error) {
    throw asKnownError(error)
  }
}

async function readEverything(request: BuildRequest, options: SurveyOptions): Promise<Survey> {
  const inputs = await readInputs(request)
  try {
    const found = await readProject(request, options, inputs)
    return { ...found, gaps: found.gaps.map((gap) => withPlace(gap, inputs.loaded)) }
  } catch (error) {
    throw withPlace(error, inputs.loaded)
  }
}

async function readProject(request: BuildRequest, options: SurveyOptions, inputs: Inputs): Promise<Survey> {
  const { signal } = options
  const { config, folder, moduleFolder, out, loaded } = inputs
  const toolchain = chooseGo({ ...options, cwd: folder, moduleFolder, config })
  const [{ go, workspace, supported, apps }, git, tracked] = await Promise.all([
    askGo(toolchain, inputs, signal),
    // Only now: starting a process costs more than its answer here, and git's are not needed for the next question to Go.
    toolchain.then(() => options.git ?? readGitState(folder, signal)),
    toolchain.then(() => hasTrackedFiles(out, signal)),
  ])
  const timestamp =
    options.timestamp ??
    chooseTimestamp({
      option: request.timestamp,
      epoch: process.env['SOURCE_DATE_EPOCH'],
      configured: config.version?.timestamp,
      git,
      now: Date.now,
    })
  const found = apps.flatMap(({ programs }) => programs)
  const moduleFolders = found.map((program) => program.moduleFolder)
  const cache = cacheFolder()
  checkCacheFolder(cache, [folder, ...moduleFolders])
  checkOutFolder({ out, folder, cache, moduleFolders, packages: apps.flatMap(({ packages }) => packages), tracked })
  const gaps: GopackError[] = []
  const pending = options.hooksPending === true
  const notes = openNotes(cache, options.learn === true)
  const context = { inputs, go, workspace, supported, git, timestamp, request, notes, gaps: pending ? gaps : undefined, signal }
  const [programs, together] = await Promise.all([surveyApps(apps, context), surveyBundle(context)])
  const unchanged = await unchangedOf(request, programs, together, context)
  const targets = [...new Map(apps.flatMap((app) => app.targets).map((target) => [targetName(target), target])).values()]
  return { loaded, config, folder, out, go, workspace, targets, git, timestamp, programs, unchanged, together, gaps, hooksPending: pending }
}

async function unchangedOf(
  request: BuildRequest,
  programs: readonly SurveyedProgram[],
  together: SurveyedBundle | undefined,
  context: SurveyContext,
): Promise<ReadonlyMap<string, string>> {
  if (request.changed !== true) return new Map()
  const { unchangedPrograms } = await import('./changes/unchanged.ts')
  const unchanged = await unchangedPrograms(programs, context)
  // An archive of all of them needs all of them.
  return together !== undefined && unchanged.size < programs.length ? new Map() : unchanged
}

interface GoAnswer {
  readonly go: GoToolchain
  readonly workspace: string
  readonly supported: readonly SupportedTarget[]
  readonly apps: readonly FoundApp[]
}

/** What the go command knows; the programs are looked for while the list of supported targets is still under way. */
async function askGo(toolchain: Promise<ChosenGo>, inputs: Inputs, signal: AbortSignal | undefined): Promise<GoAnswer> {
  const { go, supported } = await toolchain
  const workspace = workspaceSetting(go, repositoryAbove(inputs.folder))
  return { go, workspace, apps: await findApps({ inputs, go, workspace, supported, signal }), supported: await supported }
}
