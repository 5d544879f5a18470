import { collectFiles } from '../build/archive/collect.ts'
import type { ArchiveFile } from '../build/archive/types.ts'
import { orGap } from './gaps.ts'
import { checkName } from './names.ts'
import type { SurveyContext } from './program-survey.ts'
import type { ProjectVersion } from './version.ts'
import { versionOfModule } from './versions.ts'

/** One archive a target for all apps: its name, version and the files beside the programs. */
export interface SurveyedBundle {
  readonly name: string
  readonly version: ProjectVersion
  readonly files: readonly ArchiveFile[]
}

/** Undefined where each app has an archive of its own. @throws NAME_INVALID, FILES_…, VERSION_INVALID */
export async function surveyBundle(context: SurveyContext): Promise<SurveyedBundle | undefined> {
  const { inputs, git, timestamp, request, gaps, signal } = context
  const { config, folder, moduleFolder, out } = inputs
  if (config.archive?.together !== true || config.name === undefined) return undefined
  checkName(config.name, 'name in the configuration')
  const top = git.top ?? folder
  const [version, files] = await Promise.all([
    versionOfModule({ moduleFolder, prefixes: [] }, { git, version: config.version, request, timestamp: timestamp.seconds, signal }),
    orGap(
      gaps,
      collectFiles({
        files: config.archive.files,
        folder,
        limit: git.top ?? moduleFolder,
        defaultFolders: [folder, moduleFolder, top],
        out,
      }),
      [],
    ),
  ])
  return { name: config.name, version, files }
}
