import { relative } from 'node:path'
import { projectError } from '../errors/project.ts'
import type { GoToolchain } from '../go/environment.ts'
import { targetEnvironment, targetName, type Target } from '../go/targets.ts'
import { everyPackage } from '../project/module.ts'
import { defaultName } from '../project/names.ts'
import { listPackages } from '../project/packages.ts'

/** A main package of the module. */
export interface MainPackage {
  /** What gopack calls its program. */
  readonly name: string
  /** As `main:` takes it: `.` or `./cmd/x`. */
  readonly path: string
  readonly folder: string
  readonly moduleFolder: string
  readonly modulePath: string
}

export interface FoundMains {
  readonly mains: readonly MainPackage[]
  /** The first target that shows a program: windows/amd64 unless the module has none for it. */
  readonly target: Target
}

const candidates: readonly Target[] = [
  { os: 'windows', arch: 'amd64' },
  { os: 'linux', arch: 'amd64' },
  { os: 'darwin', arch: 'arm64' },
]

/**
 * Every main package below `folder`, in the order of their paths.
 * @throws NO_MAIN_PACKAGE, GO_FAILED, GO_SUM_MISSING
 */
export async function findMains(folder: string, go: GoToolchain, workspace: string, signal?: AbortSignal): Promise<FoundMains> {
  const queries = await everyPackage(folder, go, workspace, signal)
  for (const target of candidates) {
    const environment = { ...go.environment, ...targetEnvironment(target), GOWORK: workspace, CGO_ENABLED: '0' }
    const lists = await Promise.all(
      queries.map((query) => listPackages({ patterns: query.patterns, tags: [], environment, cwd: query.folder }, signal)),
    )
    const mains = lists.flat().filter(({ Name }) => Name === 'main')
    if (mains.length === 0) continue
    const found = mains.map(({ Dir, ImportPath, Module }) => ({
      name: defaultName(ImportPath),
      path: pathFrom(folder, Dir),
      folder: Dir,
      moduleFolder: Module?.Dir ?? folder,
      modulePath: Module?.Path ?? ImportPath,
    }))
    return { mains: found.sort((a, b) => (a.path < b.path ? -1 : 1)), target }
  }
  throw projectError('NO_MAIN_PACKAGE', {
    message: `No main package was found below ${folder}, neither for ${candidates.map(targetName).join(' nor for ')}.`,
  })
}

function pathFrom(folder: string, packageFolder: string): string {
  const path = relative(folder, packageFolder).replaceAll('\\', '/')
  return path === '' ? '.' : `./${path}`
}
