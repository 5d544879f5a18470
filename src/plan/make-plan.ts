import { planArchive } from '../build/archive/plan.ts'
import { artifactsFileName, checksumsFileName } from '../build/dist/names.ts'
import { assignmentName, executableName, planCompile } from '../build/compile/plan.ts'
import { planHooks } from '../build/hooks/plan.ts'
import { resolveResources } from '../build/resources/resolve.ts'
import type { ResourcesPlan } from '../build/resources/step-plan.ts'
import type { TemplateValues } from '../config/templates.ts'
import { withPlace } from '../config/place.ts'
import { archiveError } from '../errors/archive.ts'
import { compileError } from '../errors/compile.ts'
import { didYouMean } from '../config/nearest.ts'
import { targetFolder, targetName, type Target } from '../go/targets.ts'
import { toolVersion } from '../host/tool-version.ts'
import type { JudgedName } from '../project/link-names.ts'
import type { SurveyedProgram } from '../project/program-survey.ts'
import type { Survey } from '../project/survey.ts'
import { isoTime } from '../project/timestamp.ts'
import type { Lane, Plan } from './types.ts'
import { warningsOf } from './warnings.ts'

/**
 * Turns what was read into what will be done. Pure: no process, no file.
 * @throws X_FLAG_DEAD, ARCHIVE_NAME, FILES_NAME, FILES_CLASH
 */
export function makePlan(survey: Survey): Plan {
  try {
    return planOf(survey)
  } catch (error) {
    throw withPlace(error, survey.loaded)
  }
}

function planOf(survey: Survey): Plan {
  const { config, git } = survey
  const lanes = survey.programs.flatMap((surveyed) => survey.targets.map((target) => planLane(survey, surveyed, target)))
  const archives = lanes.map(archivePath)
  checkArchiveNames(archives)
  const outputs = [...archives, ...lanes.map(({ executable }) => executable), checksumsFileName, artifactsFileName].sort()
  const [first] = survey.programs
  const values = valuesOf(survey, first!, undefined)
  const hooks = (when: 'before' | 'after'): Plan['hooks']['before'] =>
    planHooks({
      hooks: config.hooks?.[when],
      hostOs: hostSystem(survey),
      targets: survey.targets,
      values,
      environment: process.env,
      cwd: survey.folder,
      variables: { GOPACK_OUT: survey.out, GOPACK_NAME: values.name, GOPACK_VERSION: values.version, GOPACK_TAG: values.tag },
    })
  return {
    schema: 1,
    gopack: toolVersion,
    folder: survey.folder,
    out: survey.out,
    ...(survey.loaded.file === undefined ? {} : { configFile: survey.loaded.file }),
    go: { version: survey.go.version },
    commit: git.present ? git.commit : null,
    dirty: git.present && git.dirty !== undefined,
    timestamp: isoTime(survey.timestamp.seconds),
    warnings: warningsOf(survey),
    hooks: { before: hooks('before'), after: hooks('after') },
    lanes,
    outputs,
  }
}

/** Hooks name systems as Go does. */
const hostSystem = ({ go }: Survey): string => go.hostOs

function planLane(survey: Survey, surveyed: SurveyedProgram, target: Target): Lane {
  const { config } = survey
  const { program, version } = surveyed
  const judged = surveyed.linkNames.get(targetName(target)) ?? []
  if (!survey.hooksPending) refuseDeadNames(judged, targetName(target))
  const values = valuesOf(survey, surveyed, target)
  const time = survey.timestamp.seconds
  const compile = planCompile({
    config: config.go,
    program,
    target,
    environment: survey.go.environment,
    hostEnvironment: process.env,
    workspace: survey.workspace,
    cc: survey.compilers.get(targetName(target)),
    values,
    fill: version.authoritative ? surveyed.fill : new Map(),
    judged: new Map(judged.map(({ assignment, settable }) => [assignmentName(assignment), settable])),
    stamp: !(survey.git.present === false && survey.git.reason === 'no-git'),
    time,
  })
  const executable = executableName(program.name, target)
  const archive = planArchive({
    config: config.archive,
    target,
    executable,
    files: surveyed.files,
    values: { ...values, tag: version.fileTag },
    environment: process.env,
    time,
  })
  return {
    app: program.name,
    target,
    version,
    executable: `${targetFolder(target)}/${executable}`,
    steps: [compile, target.os === 'windows' ? planResources(survey, surveyed) : { step: 'place' }, archive],
  }
}

function planResources({ config }: Survey, { program, version, resources }: SurveyedProgram): ResourcesPlan {
  const numbers = version.authoritative || resources.found.version === undefined ? version.numbers : resources.found.version
  const text = version.tag.slice(1)
  return {
    step: 'resources',
    request: resolveResources({
      config: config.resources,
      found: resources.found,
      files: resources.files,
      appName: program.name,
      version: { text, file: numbers, prerelease: version.prerelease },
    }),
  }
}

function refuseDeadNames(judged: readonly JudgedName[], target: string): void {
  const dead = judged.find(({ settable }) => settable === 'no')
  if (dead === undefined) return
  const { assignment, candidates } = dead
  const suggestion =
    didYouMean(assignment.name, candidates) ||
    (candidates.length > 0 ? ` It has ${candidates.slice(0, 8).join(', ')}.` : ' It has no string variable at the top level.')
  throw compileError('X_FLAG_DEAD', {
    message: `-X ${assignmentName(assignment)} does nothing for ${target}: package ${assignment.package} has no string variable "${assignment.name}" that the linker can set.${suggestion}`,
  })
}

function valuesOf(survey: Survey, { program, version }: SurveyedProgram, target: Target | undefined): TemplateValues {
  return {
    name: program.name,
    version: version.version,
    tag: version.tag,
    commit: survey.git.present ? survey.git.commit : '',
    date: isoTime(survey.timestamp.seconds),
    os: target?.os ?? '',
    arch: target?.arch ?? '',
    variant: target?.variant ?? '',
  }
}

function archivePath(lane: Lane): string {
  return lane.steps.flatMap((step) => (step.step === 'archive' ? [step.path] : []))[0]!
}

function checkArchiveNames(names: readonly string[]): void {
  const lower = names.map((name) => name.toLowerCase())
  const twice = names.find((_, index) => lower.indexOf(lower[index]!) !== index)
  if (twice !== undefined) throw archiveError('ARCHIVE_NAME', { message: `Two archives would be called ${twice}.` })
}
