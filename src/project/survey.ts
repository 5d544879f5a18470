import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { collectFiles } from '../build/archive/collect.ts'
import type { ArchiveFile } from '../build/archive/types.ts'
import { checkOutFolder } from '../build/dist/out-folder.ts'
import { linkAssignments } from '../build/compile/ldflags.ts'
import { isOn } from '../build/compile/plan.ts'
import { loadConfig, type LoadedConfig } from '../config/load.ts'
import type { Config } from '../config/schema/index.ts'
import { archiveErrors } from '../errors/archive.ts'
import { GopackError } from '../errors/gopack-error.ts'
import { projectError } from '../errors/project.ts'
import { findGo, workspaceSetting, type GoToolchain } from '../go/environment.ts'
import { parseTargets, supportedTargets, targetName, type Target } from '../go/targets.ts'
import { compareGoVersions, isRequestedGo } from '../go/version.ts'
import { compilerFor } from './compiler.ts'
import { packageVariables, type Settable } from './declarations.ts'
import { readGitState, type GitState } from './git.ts'
import { judgeLinkNames, type JudgedName } from './link-names.ts'
import { goLine, moduleFolderOf } from './module.ts'
import { findPrograms, type Program } from './programs.ts'
import type { BuildRequest } from './request.ts'
import { noResources, surveyResources, type ProgramResources } from './resources.ts'
import { chooseTimestamp, type Timestamp } from './timestamp.ts'
import { versionsOf } from './versions.ts'
import type { ProjectVersion } from './version.ts'

/** A program with everything the plan needs to know of it. */
export interface SurveyedProgram {
  readonly program: Program
  readonly version: ProjectVersion
  readonly resources: ProgramResources
  readonly files: readonly ArchiveFile[]
  /** What may be filled of main.version, main.commit, main.date. */
  readonly fill: ReadonlyMap<string, Settable>
  /** -X flags of the user's, by target. */
  readonly linkNames: ReadonlyMap<string, readonly JudgedName[]>
}

/** Everything that was read before the plan is made; nothing was written. */
export interface Survey {
  readonly loaded: LoadedConfig
  /** The configuration with the command line's wishes put in. */
  readonly config: Config
  readonly folder: string
  readonly out: string
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
 * Reads configuration, module, packages, git and files.
 * @throws every CONFIG_…, project and archive error
 */
export async function survey(request: BuildRequest, options: SurveyOptions = {}): Promise<Survey> {
  const { signal } = options
  const cwd = resolve(request.cwd)
  const loaded = await loadConfig(cwd, request.configFile)
  const config = withRequest(loaded.config, request)
  const folder = loaded.file === undefined ? moduleFolderOf(cwd) : loaded.folder
  const [go, git, supported] = await Promise.all([
    findGo(folder, signal),
    options.git ?? readGitState(folder, signal),
    supportedTargets(folder, signal),
  ])
  checkGoVersion(go, config, moduleFolderOf(folder))
  const workspace = workspaceSetting(go, git.top)
  const targets = parseTargets(config.targets ?? ['windows/amd64'], supported, go.version)
  const out = resolve(request.out === undefined ? folder : cwd, config.out ?? 'dist')
  const tags = config.go?.tags ?? []
  const mains = typeof config.main === 'string' ? [config.main] : (config.main ?? [])
  const found = await findPrograms({
    go,
    workspace,
    targets,
    tags,
    cgo: isOn(config.go?.cgo),
    moduleFolder: moduleFolderOf(folder),
    cwd,
    mains,
    mainsFolder: request.mains === undefined ? folder : cwd,
    name: request.mains === undefined ? config.name : undefined,
    signal,
  })
  await checkOutFolder({
    out,
    folder,
    moduleFolders: found.programs.map(({ moduleFolder }) => moduleFolder),
    packages: found.packages,
    git,
    signal,
  })
  const timestamp =
    options.timestamp ??
    chooseTimestamp({
      option: request.timestamp,
      epoch: process.env['SOURCE_DATE_EPOCH'],
      configured: config.version?.timestamp,
      git,
      now: Date.now,
    })
  const versions = await versionsOf(found.programs, { git, config, request, timestamp: timestamp.seconds, signal })
  const gaps: GopackError[] = []
  const hasWindows = targets.some(({ os }) => os === 'windows')
  const environment = { ...go.environment, GOWORK: workspace, CGO_ENABLED: isOn(config.go?.cgo) ? '1' : '0' }
  const assignments = linkAssignments(config.go?.ldflags ?? [])
  const programs = await Promise.all(
    found.programs.map(async (program, index): Promise<SurveyedProgram> => {
      const judged = await Promise.all(targets.map((target) => judgeLinkNames({ assignments, program, target, tags, environment, signal })))
      return {
        program,
        version: versions[index]!,
        resources: hasWindows ? await orGap(gaps, options, () => surveyResources(program, config, folder), noResources) : noResources,
        files: await orGap(
          gaps,
          options,
          () =>
            collectFiles({
              files: config.archive?.files,
              folder,
              limit: git.top ?? moduleFolderOf(folder),
              defaultFolders: [program.moduleFolder, folder, git.top ?? folder],
              out,
            }),
          [],
        ),
        fill: packageVariables(program.goFiles.map((file) => readFileSync(file, 'utf8'))),
        linkNames: new Map(targets.map((target, at) => [targetName(target), judged[at]!])),
      }
    }),
  )
  const compilers = await compilerFor({ config, go, targets, programs: found.programs, environment, tags, signal })
  return {
    loaded,
    config,
    folder,
    out,
    go,
    workspace,
    targets,
    git,
    timestamp,
    programs,
    compilers,
    gaps,
    hooksPending: options.hooksPending === true,
  }
}

/** The command line wins over the file; build tags and ldflags add up. */
function withRequest(config: Config, request: BuildRequest): Config {
  return {
    ...config,
    ...(request.targets === undefined || request.targets.length === 0 ? {} : { targets: [...request.targets] }),
    ...(request.mains === undefined || request.mains.length === 0 ? {} : { main: [...request.mains] }),
    ...(request.out === undefined ? {} : { out: request.out }),
    go: {
      ...config.go,
      tags: [...(config.go?.tags ?? []), ...(request.tags ?? [])],
      ldflags: [...(config.go?.ldflags ?? []), ...(request.ldflags ?? [])],
    },
    resources: { ...config.resources, ...(request.engine === undefined ? {} : { engine: request.engine }) },
  }
}

/** @throws GO_TOO_OLD */
export function checkGoVersion(go: GoToolchain, config: Config, moduleFolder: string): void {
  const wanted = config.go?.version
  if (wanted !== undefined && !isRequestedGo(go.version, wanted)) {
    throw projectError('GO_TOO_OLD', {
      message: `The configuration asks for Go ${wanted}; ${go.version} is on PATH.`,
      hint: `Put Go ${wanted} on PATH, or change go.version.`,
    })
  }
  const needed = goLine(moduleFolder)
  if (needed !== undefined && compareGoVersions(go.version, needed) < 0) {
    throw projectError('GO_TOO_OLD', {
      message: `go.mod asks for Go ${needed} or newer; ${go.version} is on PATH.`,
      hint: `Install Go ${needed} or newer and put it on PATH.`,
    })
  }
}

/** Before the hooks have run, a missing file may yet be made by one of them. */
async function orGap<T>(gaps: GopackError[], options: SurveyOptions, read: () => Promise<T> | T, otherwise: T): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if (options.hooksPending !== true || !(error instanceof GopackError) || !gapCodes.has(error.code)) throw error
    gaps.push(error)
    return otherwise
  }
}

const gapCodes = new Set<string>(['FILES_NO_MATCH' satisfies keyof typeof archiveErrors, 'ICON_MISSING', 'MANIFEST_MISSING'])
