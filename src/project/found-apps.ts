import { availableParallelism } from 'node:os'
import { projectError } from '../errors/project.ts'
import { parseTargets, writtenTargets, type SupportedTarget, type Target } from '../go/targets.ts'
import type { GoToolchain } from '../go/environment.ts'
import { runPool } from '../host/pool.ts'
import type { App } from './apps.ts'
import { cgoSetting } from './cgo.ts'
import type { Inputs } from './inputs.ts'
import type { GoPackage } from './packages.ts'
import { findPrograms, type FoundPrograms, type Program } from './programs.ts'

/** An app with its programs: one, unless the whole configuration stands for several main packages. */
export interface FoundApp {
  readonly app: App
  readonly targets: readonly Target[]
  readonly programs: readonly Program[]
  /** Every package that was listed. */
  readonly packages: readonly GoPackage[]
}

export interface AppSearch {
  readonly inputs: Inputs
  readonly go: GoToolchain
  readonly workspace: string
  /** Under way: needed to look for programs only where targets are not written out. */
  readonly supported: Promise<readonly SupportedTarget[]>
  readonly signal?: AbortSignal | undefined
}

/**
 * Finds the programs of every app, some apps at a time.
 * @throws TARGET_UNKNOWN, TARGET_VARIANT, and what looking for programs throws
 */
export async function findApps(search: AppSearch): Promise<FoundApp[]> {
  const { inputs } = search
  // Whatever fails first is told where it is waited for.
  search.supported.catch(() => undefined)
  const found = await runPool(
    inputs.apps.map((app) => () => findApp(app, search)),
    availableParallelism(),
  )
  checkNames(found)
  return found
}

async function findApp(app: App, { inputs, go, workspace, supported, signal }: AppSearch): Promise<FoundApp> {
  const texts = app.config.targets ?? ['windows/amd64']
  const { moduleFolder, cwd } = inputs
  const { mains, mainsFolder, name, config } = app
  const look = (targets: readonly Target[]): Promise<FoundPrograms> =>
    findPrograms({
      go,
      workspace,
      targets,
      tags: config.go?.tags ?? [],
      cgo: cgoSetting(config.go?.cgo) !== 'off',
      moduleFolder,
      cwd,
      mains,
      mainsFolder,
      name,
      signal,
    })
  const written = writtenTargets(texts)
  const early = written === undefined ? undefined : look(written)
  early?.catch(() => undefined)
  const targets = parseTargets(texts, await supported, go.version)
  const { programs, packages } = await (early ?? look(targets))
  const several = app.listed ? programs[1] : undefined
  if (several !== undefined)
    throw projectError('NAME_TWICE', {
      message: `${JSON.stringify(mains[0])} stands for ${programs.length} programs; an app is one.`,
      hint: 'Name one main package for each entry of "apps".',
    })
  return { app, targets, programs, packages }
}

/** Within one app findPrograms looks itself. */
function checkNames(apps: readonly FoundApp[]): void {
  const taken = new Map<string, string>()
  for (const { name, importPath } of apps.length < 2 ? [] : apps.flatMap(({ programs }) => programs)) {
    const other = taken.get(name.toLowerCase())
    if (other !== undefined) throw projectError('NAME_TWICE', { message: `${other} and ${importPath} would both be called ${name}.` })
    taken.set(name.toLowerCase(), importPath)
  }
}
