import { GopackError } from '../errors/gopack-error.ts'
import { cgoUse } from '../go/cgo-use.ts'
import { workspaceSetting, type GoToolchain } from '../go/environment.ts'
import { targetEnvironment, targetName, type Target } from '../go/targets.ts'
import { appsOf, type App } from '../project/apps.ts'
import { cgoSetting } from '../project/cgo.ts'
import { findPrograms } from '../project/programs.ts'
import type { DoctorContext } from './types.ts'

/** The packages of the programs that hold C code for one of the targets; undefined when the programs cannot be found. */
export async function packagesWithC(context: DoctorContext, targets: readonly Target[]): Promise<readonly string[] | undefined> {
  const { request, config, go, moduleFolder } = context
  if (go.value === undefined || config.value === undefined || moduleFolder.value === undefined) return undefined
  const place = { go: go.value, moduleFolder: moduleFolder.value }
  try {
    const apps = appsOf(config.value.config, request, config.value.folder).filter(({ config: { go } }) => cgoSetting(go?.cgo) !== 'off')
    const lists = await Promise.all(apps.map((app) => packagesOfApp(app, targets.filter(isTargetOf(app)), place, context)))
    return [...new Set(lists.flat())]
  } catch (error) {
    if (error instanceof GopackError) return undefined
    throw error
  }
}

/** An app without targets of its own has the common ones. */
function isTargetOf({ listed, config }: App): (target: Target) => boolean {
  const own = listed ? config.targets : undefined
  return (target) => own === undefined || own.some((text) => targetName(target) === text || target.os === text || text === 'all')
}

interface Place {
  readonly go: GoToolchain
  readonly moduleFolder: string
}

async function packagesOfApp(app: App, targets: readonly Target[], { go, moduleFolder }: Place, context: DoctorContext): Promise<string[]> {
  const { request, git, signal } = context
  const { mains, mainsFolder, config } = app
  const tags = config.go?.tags ?? []
  const workspace = workspaceSetting(go, git.value?.top)
  if (targets.length === 0) return []
  const search = { go, workspace, targets, tags, cgo: true, moduleFolder, cwd: request.cwd, mains, mainsFolder, signal }
  const { programs } = await findPrograms(search)
  const uses = programs.flatMap((program) =>
    targets.map(async (target) => {
      const environment = { ...go.environment, ...targetEnvironment(target), GOWORK: workspace }
      const { byMain } = await cgoUse({ packages: [program.importPath], cwd: program.moduleFolder, environment, tags }, signal)
      return byMain[program.importPath] ?? []
    }),
  )
  return (await Promise.all(uses)).flat()
}
