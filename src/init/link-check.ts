import { resolve } from 'node:path'
import { linkAssignments, splitFlags } from '../build/compile/ldflags.ts'
import type { Imported, Left } from '../config/importers/types.ts'
import type { Config } from '../config/schema/index.ts'
import { GopackError } from '../errors/gopack-error.ts'
import { targetEnvironment, type Target } from '../go/targets.ts'
import { judgeLinkNames } from '../project/link-names.ts'
import { moduleFolderOf } from '../project/module.ts'
import { listPackages } from '../project/packages.ts'
import type { ModuleView } from './look.ts'

interface Program {
  readonly main: string
  readonly targets: readonly string[]
  readonly ldflags: readonly string[]
  readonly tags: readonly string[]
}

/** Takes out each -X that sets nothing: GoReleaser is silent about them, gopack refuses them. */
export async function withoutDeadNames(imported: Imported, view: ModuleView, signal?: AbortSignal): Promise<Imported> {
  const dead = new Set((await Promise.all(programsOf(imported.config).map((program) => deadNames(program, view, signal)))).flat())
  if (dead.size === 0) return imported
  const nameOf = (text: string): string | undefined =>
    splitFlags(text)
      .map((word) => word.split('=', 1)[0]!)
      .find((name) => dead.has(name))
  const isDead = (text: string): boolean => /^--?X\b/.test(text) && nameOf(text) !== undefined
  const gone = imported.carried.filter(({ to, value }) => to === 'go.ldflags' && isDead(value))
  const left = gone.map(({ file, line, key, value }): Left => {
    const name = nameOf(value)!
    const dot = name.lastIndexOf('.')
    const reason = `package ${name.slice(0, dot)} has no string variable "${name.slice(dot + 1)}" that the linker could set: it did nothing before either`
    return { file, line, key, value, reason }
  })
  return {
    ...imported,
    config: mapFlags(imported.config, (flags) => flags.filter((text) => !isDead(text))),
    carried: imported.carried.filter((entry) => !gone.includes(entry)),
    left: [...imported.left, ...left].sort((a, b) => a.line - b.line),
  }
}

function programsOf(config: Config): Program[] {
  const one = (main: string, targets: readonly string[] | undefined, go: Config['go']): Program => ({
    main,
    targets: targets ?? config.targets ?? ['windows/amd64'],
    ldflags: go?.ldflags ?? [],
    tags: go?.tags ?? [],
  })
  if (config.apps === undefined) return typeof config.main === 'string' ? [one(config.main, undefined, config.go)] : []
  return config.apps.map((app) => one(app.main, app.targets, { ...config.go, ...app.go }))
}

/** Judged once for each system: what differs between architectures is rare. */
async function deadNames({ main, targets, ldflags, tags }: Program, view: ModuleView, signal?: AbortSignal): Promise<string[]> {
  const assignments = linkAssignments(ldflags)
  if (assignments.length === 0) return []
  const folder = resolve(view.folder, main)
  const environment = { ...view.environment, CGO_ENABLED: '0' }
  const systems = new Map(
    targets.map((name): [string, Target] => [name.split('/')[0]!, { os: name.split('/')[0]!, arch: name.split('/')[1]! }]),
  )
  try {
    const moduleFolder = moduleFolderOf(folder)
    const names = await Promise.all(
      [...systems.values()].map(async (target) => {
        const own = { ...environment, ...targetEnvironment(target) }
        const [entry] = await listPackages({ patterns: ['.'], tags, environment: own, cwd: folder }, signal)
        if (entry === undefined || entry.Name !== 'main') return []
        const program = { name: '', importPath: entry.ImportPath, folder, moduleFolder, modulePath: entry.Module?.Path ?? '', goFiles: [] }
        const judged = await judgeLinkNames({ assignments, program, target, tags, environment, signal })
        return judged.filter(({ settable }) => settable === 'no').map(({ assignment }) => `${assignment.package}.${assignment.name}`)
      }),
    )
    return names.flat()
  } catch (error) {
    // Whatever is wrong with the module, `gopack plan` says it better.
    if (error instanceof GopackError || (error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function mapFlags(config: Config, change: (flags: string[]) => string[]): Config {
  const go = <T extends { ldflags?: string[] | undefined }>(group: T | undefined): { go?: T } => {
    if (group?.ldflags === undefined) return group === undefined ? {} : { go: group }
    const { ldflags, ...rest } = group
    const kept = change(ldflags)
    return { go: { ...rest, ...(kept.length === 0 ? {} : { ldflags: kept }) } as T }
  }
  const apps = config.apps?.map((app) => ({ ...app, ...go(app.go) }))
  return { ...config, ...go(config.go), ...(apps === undefined ? {} : { apps }) }
}
