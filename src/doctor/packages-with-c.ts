import { GopackError } from '../errors/gopack-error.ts'
import { workspaceSetting } from '../go/environment.ts'
import { cgoPackages } from '../go/cgo-packages.ts'
import type { Target } from '../go/targets.ts'
import { findPrograms } from '../project/programs.ts'
import type { DoctorContext } from './types.ts'

/** The packages of the programs that hold C code for one of the targets; undefined when the programs cannot be found. */
export async function packagesWithC(
  { request, config, go, git, moduleFolder, signal }: DoctorContext,
  targets: readonly Target[],
): Promise<readonly string[] | undefined> {
  if (go.value === undefined || config.value === undefined || moduleFolder.value === undefined) return undefined
  const { main, go: settings } = config.value.config
  const tags = [...(settings?.tags ?? []), ...(request.tags ?? [])]
  const workspace = workspaceSetting(go.value, git.value?.top)
  const configured = typeof main === 'string' ? [main] : (main ?? [])
  try {
    const { programs } = await findPrograms({
      go: go.value,
      workspace,
      targets,
      tags,
      cgo: true,
      moduleFolder: moduleFolder.value,
      cwd: request.cwd,
      mains: request.mains ?? configured,
      mainsFolder: request.mains === undefined ? config.value.folder : request.cwd,
      signal,
    })
    const environment = { ...go.value.environment, GOWORK: workspace }
    const lists = await Promise.all(
      programs.flatMap((program) =>
        targets.map((target) => cgoPackages({ package: '.', cwd: program.folder, environment, tags, target }, signal)),
      ),
    )
    return [...new Set(lists.flat())]
  } catch (error) {
    if (error instanceof GopackError) return undefined
    throw error
  }
}
