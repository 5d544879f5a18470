import type { TemplateValues } from '../config/templates.ts'
import { executableName } from '../build/compile/plan.ts'
import { targetFolder, type Target } from '../go/targets.ts'
import type { Survey } from '../project/survey.ts'
import { isoTime } from '../project/timestamp.ts'
import type { ProjectVersion } from '../project/version.ts'

/** What a program or an archive of several is called. */
export interface Named {
  readonly name: string
  readonly version: ProjectVersion
}

/** What templates may name; os, arch and variant are empty where no target is meant. */
export function valuesOf(survey: Survey, { name, version }: Named, target: Target | undefined): TemplateValues {
  return {
    name,
    version: version.version,
    tag: version.tag,
    commit: survey.git.present ? survey.git.commit : '',
    date: isoTime(survey.timestamp.seconds),
    os: target?.os ?? '',
    arch: target?.arch ?? '',
    variant: target?.variant ?? '',
  }
}

/** Where a finished executable lies in the output folder. */
export const executablePath = (name: string, target: Target): string => `${targetFolder(target)}/${executableName(name, target)}`
