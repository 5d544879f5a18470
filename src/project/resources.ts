import { readResourceFiles, type ResourceFiles } from '../build/resources/files.ts'
import type { Config } from '../config/schema/index.ts'
import type { Program } from './programs.ts'
import type { FoundResources } from './resource-files/types.ts'

/** What the module and the configuration hold for the resources of one program. */
export interface ProgramResources {
  readonly found: FoundResources
  readonly files: ResourceFiles
}

export const noResources: ProgramResources = { found: { strings: {} }, files: {} }

/**
 * Looks for icon, version texts and manifest, and checks what it finds.
 * @param folder what paths of the configuration are relative to
 * @throws ICON_…, MANIFEST_…
 */
export async function surveyResources(program: Program, config: Config, folder: string): Promise<ProgramResources> {
  const { findResources } = await import('./resource-files/find.ts')
  const found = await findResources({ name: program.name, packageFolder: program.folder, moduleFolder: program.moduleFolder })
  return { found, files: await readResourceFiles(config.resources, found, folder) }
}
