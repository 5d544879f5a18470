import { artifactsFileName, checksumsFileName } from '../build/dist/names.ts'
import { planHooks } from '../build/hooks/plan.ts'
import { withPlace } from '../config/place.ts'
import { archiveError } from '../errors/archive.ts'
import { toolVersion } from '../host/tool-version.ts'
import type { Survey } from '../project/survey.ts'
import { isoTime } from '../project/timestamp.ts'
import { planBundle } from './bundle.ts'
import { planLane } from './lane.ts'
import type { Plan } from './types.ts'
import { valuesOf } from './values.ts'
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
  const programs = survey.programs.filter(({ program }) => !survey.unchanged.has(program.name))
  const lanes = programs.flatMap((surveyed) => surveyed.targets.map((target) => planLane(survey, surveyed, target)))
  const bundles =
    survey.together === undefined || programs.length === 0
      ? []
      : survey.targets.map((target) => planBundle(survey, survey.together!, target))
  const paths = [...lanes, ...bundles].flatMap(({ steps }) => steps.flatMap((step) => ('path' in step ? [step] : [])))
  checkArchiveNames(paths.flatMap((step) => (step.step === 'archive' ? [step.path] : [])))
  const outputs = [...paths.map(({ path }) => path), checksumsFileName, artifactsFileName].sort()
  const [first] = survey.programs
  const values = valuesOf(survey, survey.together ?? { name: first!.program.name, version: first!.version }, undefined)
  const hooks = (when: 'before' | 'after'): Plan['hooks']['before'] =>
    planHooks({
      hooks: config.hooks?.[when],
      hostOs: hostSystem(survey),
      targets: survey.targets,
      values,
      environment: process.env,
      cwd: survey.folder,
      // A Go that was fetched comes first on PATH: `go generate` shall be of the same version.
      variables: {
        ...survey.go.place.environment,
        GOPACK_OUT: survey.out,
        GOPACK_NAME: values.name,
        GOPACK_VERSION: values.version,
        GOPACK_TAG: values.tag,
      },
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
    bundles,
    ...(survey.unchanged.size === 0 ? {} : { unchanged: [...survey.unchanged].map(([app, since]) => ({ app, since })) }),
    outputs,
  }
}

/** Hooks name systems as Go does. */
const hostSystem = ({ go }: Survey): string => go.hostOs

function checkArchiveNames(names: readonly string[]): void {
  const lower = names.map((name) => name.toLowerCase())
  const twice = names.find((_, index) => lower.indexOf(lower[index]!) !== index)
  if (twice !== undefined) throw archiveError('ARCHIVE_NAME', { message: `Two archives would be called ${twice}.` })
}
