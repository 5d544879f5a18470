import { checkOutFolder } from '../build/dist/out-folder.ts'
import { checkCacheFolder } from '../cache/check.ts'
import { cacheFolder } from '../cache/folder.ts'
import { asKnownError } from '../build/failures.ts'
import { isOn } from '../build/compile/plan.ts'
import { withPlace } from '../config/place.ts'
import type { GopackError } from '../errors/gopack-error.ts'
import { findGo, workspaceSetting, type GoToolchain } from '../go/environment.ts'
import { parseTargets, supportedTargets, writtenTargets, type Target } from '../go/targets.ts'
import { compilerFor } from './compiler.ts'
import { hasTrackedFiles, readGitState, repositoryAbove, type GitState } from './git.ts'
import { checkGoVersion } from './go-check.ts'
import { readInputs, type Inputs } from './inputs.ts'
import { surveyProgram, type SurveyedProgram } from './program-survey.ts'
import { findPrograms, type FoundPrograms } from './programs.ts'
import type { BuildRequest } from './request.ts'
import { chooseTimestamp, type Timestamp } from './timestamp.ts'
import { versionsOf } from './versions.ts'

/** Everything that was read before the plan is made; nothing was written. */
export interface Survey extends Pick<Inputs, 'loaded' | 'config' | 'folder' | 'out'> {
  readonly go: GoToolchain
  readonly workspace: string
  readonly targets: readonly Target[]
  readonly git: GitState
  readonly timestamp: Timestamp
  readonly programs: readonly SurveyedProgram[]
  /** CC for each target, when cgo is on. */
  readonly compilers: ReadonlyMap<string, string>
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
  const { config, folder, out, loaded } = inputs
  const cgo = isOn(config.go?.cgo)
  const tags = config.go?.tags ?? []
  const toolchain = findGo(folder, signal)
  const [{ go, workspace, targets, found }, git, tracked] = await Promise.all([
    askGo(toolchain, inputs, { cgo, tags, signal }),
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
  const moduleFolders = found.programs.map((program) => program.moduleFolder)
  const cache = cacheFolder()
  checkCacheFolder(cache, [folder, ...moduleFolders])
  checkOutFolder({ out, folder, cache, moduleFolders, packages: found.packages, tracked })
  const environment = { ...go.environment, GOWORK: workspace, CGO_ENABLED: cgo ? '1' : '0' }
  const gaps: GopackError[] = []
  const pending = options.hooksPending === true
  const context = { inputs, targets, gitTop: git.top, environment, gaps: pending ? gaps : undefined, signal }
  const [versions, compilers] = await Promise.all([
    versionsOf(found.programs, { git, config, request, timestamp: timestamp.seconds, signal }),
    compilerFor({ config, go, targets, programs: found.programs, environment, tags, signal }),
  ])
  const programs = await Promise.all(found.programs.map((program, index) => surveyProgram(program, versions[index]!, context)))
  return { loaded, config, folder, out, go, workspace, targets, git, timestamp, programs, compilers, gaps, hooksPending: pending }
}

interface GoQuestion {
  readonly cgo: boolean
  readonly tags: readonly string[]
  readonly signal?: AbortSignal | undefined
}

interface GoAnswer {
  readonly go: GoToolchain
  readonly workspace: string
  readonly targets: readonly Target[]
  readonly found: FoundPrograms
}

/** What the go command knows. The programs are looked for while the list of supported targets is still under way, where it is not needed for that. */
async function askGo(toolchain: Promise<GoToolchain>, inputs: Inputs, question: GoQuestion): Promise<GoAnswer> {
  const { config, folder, moduleFolder } = inputs
  const { signal } = question
  const texts = config.targets ?? ['windows/amd64']
  const supported = supportedTargets(folder, signal)
  // Whatever fails first is told below, where it is waited for.
  supported.catch(() => undefined)
  const go = await toolchain
  checkGoVersion(go, config, moduleFolder)
  const workspace = workspaceSetting(go, repositoryAbove(folder))
  const look = (targets: readonly Target[]): Promise<FoundPrograms> => findPrograms({ ...inputs, ...question, go, workspace, targets })
  const written = writtenTargets(texts)
  const early = written === undefined ? undefined : look(written)
  early?.catch(() => undefined)
  const targets = parseTargets(texts, await supported, go.version)
  return { go, workspace, targets, found: await (early ?? look(targets)) }
}
