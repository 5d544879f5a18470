import { planArchive } from '../build/archive/plan.ts'
import type { ArchivePlan } from '../build/archive/types.ts'
import { planAudit } from '../build/audit/plan.ts'
import type { AuditPlan } from '../build/audit/types.ts'
import { assignmentName, executableName, planCompile } from '../build/compile/plan.ts'
import { resolveResources } from '../build/resources/resolve.ts'
import type { ResourcesPlan } from '../build/resources/step-plan.ts'
import { didYouMean } from '../config/nearest.ts'
import { compileError } from '../errors/compile.ts'
import { lowestWindows } from '../go/lowest-windows.ts'
import { targetName, type Target } from '../go/targets.ts'
import type { JudgedName } from '../project/link-names.ts'
import type { SurveyedProgram } from '../project/program-survey.ts'
import type { Survey } from '../project/survey.ts'
import type { Lane } from './types.ts'
import { executablePath, valuesOf } from './values.ts'

/** One program for one target. @throws X_FLAG_DEAD, ARCHIVE_NAME, FILES_NAME, FILES_CLASH */
export function planLane(survey: Survey, surveyed: SurveyedProgram, target: Target): Lane {
  const { program, version, app } = surveyed
  const { config } = app
  const judged = surveyed.linkNames.get(targetName(target)) ?? []
  if (!survey.hooksPending) refuseDeadNames(judged, targetName(target))
  const values = valuesOf(survey, { name: program.name, version }, target)
  const time = survey.timestamp.seconds
  const compile = planCompile({
    config: config.go,
    program,
    target,
    environment: survey.go.environment,
    hostEnvironment: process.env,
    workspace: survey.workspace,
    cgo: surveyed.cgo.get(targetName(target))!,
    values,
    fill: version.authoritative ? surveyed.fill : new Map(),
    judged: new Map(judged.map(({ assignment, settable }) => [assignmentName(assignment), settable])),
    stamp: !(survey.git.present === false && survey.git.reason === 'no-git'),
    time,
  })
  const path = executablePath(program.name, target)
  const finish = target.os === 'windows' ? planResources(surveyed, path) : ({ step: 'place', path } as const)
  const lowest = target.os === 'windows' ? lowestWindows(survey.go.version, target.arch) : null
  const pack = (): (AuditPlan | ArchivePlan)[] => {
    const archive = planArchive({
      config: config.archive,
      target,
      executables: [{ app: program.name, name: executableName(program.name, target) }],
      files: surveyed.files,
      values: { ...values, tag: version.fileTag },
      environment: process.env,
      time,
      lowestWindows: lowest,
    })
    return target.os === 'windows' ? [planAudit(archive, config.archive), archive] : [archive]
  }
  return {
    app: program.name,
    target,
    version,
    ...(lowest === null ? {} : { lowestWindows: lowest }),
    steps: [compile, finish, ...(survey.together === undefined ? pack() : [])],
  }
}

function planResources({ program, app, version, resources }: SurveyedProgram, path: string): ResourcesPlan {
  const numbers = version.authoritative || resources.found.version === undefined ? version.numbers : resources.found.version
  const text = version.tag.slice(1)
  return {
    step: 'resources',
    path,
    request: resolveResources({
      config: app.config.resources,
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
