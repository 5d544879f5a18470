import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { collectFiles } from '../build/archive/collect.ts'
import type { ArchiveFile } from '../build/archive/types.ts'
import type { Notes } from '../cache/notes.ts'
import { linkAssignments } from '../build/compile/ldflags.ts'
import type { GopackError } from '../errors/gopack-error.ts'
import type { GoToolchain } from '../go/environment.ts'
import { targetName, type SupportedTarget, type Target } from '../go/targets.ts'
import type { App } from './apps.ts'
import { cgoSetting, chooseCgo, type CgoChoice } from './cgo.ts'
import { packageVariables, type Settable } from './declarations.ts'
import type { FoundApp } from './found-apps.ts'
import { orGap } from './gaps.ts'
import type { GitState } from './git.ts'
import type { Inputs } from './inputs.ts'
import { judgeLinkNames, type JudgedName } from './link-names.ts'
import type { Program } from './programs.ts'
import type { BuildRequest } from './request.ts'
import { noResources, surveyResources, type ProgramResources } from './resources.ts'
import type { Timestamp } from './timestamp.ts'
import type { ProjectVersion } from './version.ts'
import { baseRelease, versionsOf, type BaseRelease } from './versions.ts'

/** A program with everything the plan needs to know of it. */
export interface SurveyedProgram {
  readonly program: Program
  /** The settings it is built under. */
  readonly app: App
  readonly targets: readonly Target[]
  readonly version: ProjectVersion
  /** The release --changed compares with. */
  readonly base: BaseRelease | undefined
  readonly resources: ProgramResources
  readonly files: readonly ArchiveFile[]
  /** What may be filled of main.version, main.commit, main.date. */
  readonly fill: ReadonlyMap<string, Settable>
  /** -X flags of the user's, by target. */
  readonly linkNames: ReadonlyMap<string, readonly JudgedName[]>
  /** Whether C code is compiled, by target. */
  readonly cgo: ReadonlyMap<string, CgoChoice>
}

/** What is known when programs are looked at one by one. */
export interface SurveyContext {
  readonly inputs: Inputs
  readonly go: GoToolchain
  readonly workspace: string
  readonly supported: readonly SupportedTarget[]
  readonly git: GitState
  readonly timestamp: Timestamp
  readonly request: BuildRequest
  readonly notes: Notes
  /** Where what is missing goes while a hook may still make it; undefined: what is missing is an error. */
  readonly gaps: GopackError[] | undefined
  readonly signal?: AbortSignal | undefined
}

/** The programs of all apps, in their order. @throws VERSION_INVALID, C_COMPILER_MISSING, FILES_…, ICON_…, MANIFEST_…, LDFLAGS_INVALID */
export async function surveyApps(apps: readonly FoundApp[], context: SurveyContext): Promise<SurveyedProgram[]> {
  return (await Promise.all(apps.map((found) => surveyApp(found, context)))).flat()
}

async function surveyApp(found: FoundApp, context: SurveyContext): Promise<SurveyedProgram[]> {
  const { app, targets, programs } = found
  const { go, workspace, supported, git, timestamp, request, notes, signal } = context
  const mayBeOn = cgoSetting(app.config.go?.cgo) !== 'off'
  const environment = { ...go.environment, GOWORK: workspace, CGO_ENABLED: mayBeOn ? '1' : '0' }
  const tags = app.config.go?.tags ?? []
  const modules = programs.map((program) => ({ moduleFolder: program.moduleFolder, prefixes: prefixesOf(app, program, git.top) }))
  const [versions, cgo] = await Promise.all([
    versionsOf(modules, { git, version: app.config.version, request, timestamp: timestamp.seconds, signal }),
    chooseCgo({ config: app.config, go, workspace, targets, programs, tags, supported, notes, signal }),
  ])
  return Promise.all(
    programs.map(async (program, index) => ({
      ...(await surveyProgram(program, found, environment, context)),
      program,
      app,
      targets,
      version: versions[index]!,
      base: baseRelease(modules[index]!, { git, version: app.config.version }),
      cgo: cgo.get(program)!,
    })),
  )
}

/** Apps of one module may have tags of their own: `cmd/server/v1.2.3` or `server/v1.2.3`. */
function prefixesOf(app: App, program: Program, gitTop: string | undefined): string[] {
  if (!app.listed || gitTop === undefined) return []
  const folder = relative(gitTop, program.folder).replaceAll('\\', '/')
  return folder === '' || folder.startsWith('..') ? [] : [`${folder}/`, `${program.name}/`]
}

type FilesOfProgram = Pick<SurveyedProgram, 'resources' | 'files' | 'fill' | 'linkNames'>

async function surveyProgram(
  program: Program,
  { app, targets }: FoundApp,
  environment: Readonly<Record<string, string | undefined>>,
  { inputs, git, gaps, signal }: SurveyContext,
): Promise<FilesOfProgram> {
  const { folder, moduleFolder, out } = inputs
  const { config } = app
  const assignments = linkAssignments(config.go?.ldflags ?? [])
  const tags = config.go?.tags ?? []
  const hasWindows = targets.some(({ os }) => os === 'windows')
  const limit = git.top ?? moduleFolder
  const defaultFolders = [program.moduleFolder, folder, git.top ?? folder]
  const together = config.archive?.together === true
  const [resources, files, judged] = await Promise.all([
    hasWindows ? orGap(gaps, surveyResources(program, config, folder), noResources) : noResources,
    together ? [] : orGap(gaps, collectFiles({ files: config.archive?.files, folder, limit, defaultFolders, out }), []),
    Promise.all(targets.map((target) => judgeLinkNames({ assignments, program, target, tags, environment, signal }))),
  ])
  return {
    resources,
    files,
    fill: packageVariables(program.goFiles.map((file) => readFileSync(file, 'utf8'))),
    linkNames: new Map(targets.map((target, index) => [targetName(target), judged[index]!])),
  }
}
