import { readFileSync } from 'node:fs'
import { collectFiles } from '../build/archive/collect.ts'
import type { ArchiveFile } from '../build/archive/types.ts'
import { linkAssignments } from '../build/compile/ldflags.ts'
import { GopackError } from '../errors/gopack-error.ts'
import { targetName, type Target } from '../go/targets.ts'
import { packageVariables, type Settable } from './declarations.ts'
import type { Inputs } from './inputs.ts'
import { judgeLinkNames, type JudgedName } from './link-names.ts'
import type { Program } from './programs.ts'
import { noResources, surveyResources, type ProgramResources } from './resources.ts'
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

export interface ProgramContext {
  readonly inputs: Inputs
  readonly targets: readonly Target[]
  readonly gitTop: string | undefined
  /** Environment of the go command, the target's own variables left out. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Where what is missing goes while a hook may still make it; undefined: what is missing is an error. */
  readonly gaps: GopackError[] | undefined
  readonly signal?: AbortSignal | undefined
}

/** Reads the files around one program. @throws FILES_…, ICON_…, MANIFEST_…, LDFLAGS_INVALID */
export async function surveyProgram(program: Program, version: ProjectVersion, context: ProgramContext): Promise<SurveyedProgram> {
  const { inputs, targets, gitTop, environment, gaps, signal } = context
  const { config, folder } = inputs
  const assignments = linkAssignments(config.go?.ldflags ?? [])
  const tags = config.go?.tags ?? []
  const hasWindows = targets.some(({ os }) => os === 'windows')
  const collect = {
    files: config.archive?.files,
    folder,
    limit: gitTop ?? inputs.moduleFolder,
    defaultFolders: [program.moduleFolder, folder, gitTop ?? folder],
    out: inputs.out,
  }
  const [resources, files, judged] = await Promise.all([
    hasWindows ? orGap(gaps, surveyResources(program, config, folder), noResources) : noResources,
    orGap(gaps, collectFiles(collect), []),
    Promise.all(targets.map((target) => judgeLinkNames({ assignments, program, target, tags, environment, signal }))),
  ])
  return {
    program,
    version,
    resources,
    files,
    fill: packageVariables(program.goFiles.map((file) => readFileSync(file, 'utf8'))),
    linkNames: new Map(targets.map((target, index) => [targetName(target), judged[index]!])),
  }
}

const gapCodes: ReadonlySet<string> = new Set(['FILES_NO_MATCH', 'ICON_MISSING', 'MANIFEST_MISSING'])

/** Before the hooks have run, a missing file may yet be made by one of them. */
async function orGap<T>(gaps: GopackError[] | undefined, found: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await found
  } catch (error) {
    if (gaps === undefined || !(error instanceof GopackError) || !gapCodes.has(error.code)) throw error
    gaps.push(error)
    return otherwise
  }
}
