import { planArchive } from '../build/archive/plan.ts'
import { planAudit } from '../build/audit/plan.ts'
import { executableName } from '../build/compile/plan.ts'
import { lowestWindows } from '../go/lowest-windows.ts'
import { targetName, type Target } from '../go/targets.ts'
import type { SurveyedBundle } from '../project/bundle-survey.ts'
import type { Survey } from '../project/survey.ts'
import type { Lane } from './types.ts'
import { valuesOf } from './values.ts'

/** The archive of every app that is built for this target. */
export function planBundle(survey: Survey, { name, version, files }: SurveyedBundle, target: Target): Lane {
  const programs = survey.programs.filter(({ targets }) => targets.some((one) => targetName(one) === targetName(target)))
  const values = { ...valuesOf(survey, { name, version }, target), tag: version.fileTag }
  const executables = programs.map(({ program }) => ({ app: program.name, name: executableName(program.name, target) }))
  const { archive } = survey.config
  const lowest = target.os === 'windows' ? lowestWindows(survey.go.version, target.arch) : null
  const step = planArchive({
    config: archive,
    target,
    executables,
    files,
    values,
    environment: process.env,
    time: survey.timestamp.seconds,
    lowestWindows: lowest,
  })
  if (lowest === null) return { app: name, target, version, steps: [step] }
  return { app: name, target, version, lowestWindows: lowest, steps: [planAudit(step, archive), step] }
}
