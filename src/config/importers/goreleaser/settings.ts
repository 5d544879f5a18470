import { isDeepStrictEqual } from 'node:util'
import type { AppConfig, Config } from '../../schema/index.ts'
import type { ArchiveSettings } from './archive-settings.ts'
import type { ImportedProgram } from './programs.ts'

type GoConfig = NonNullable<Config['go']>

/** The settings of one program, or of several under `apps:` with what they share above. */
export function settingsOf(
  programs: readonly ImportedProgram[],
  archives: ArchiveSettings,
  environment: GoConfig,
  projectName: string,
): Config {
  const settings = programs.map((program): Settings => {
    const go = withEnvironment(program.go, environment)
    const targets = program.targets.map(({ gopack }) => gopack)
    return {
      name: program.name,
      main: program.main,
      targets,
      ...group('go', go),
      ...group('archive', archives.own.get(program.name) ?? {}),
    }
  })
  const [only, ...others] = settings
  if (only === undefined || others.length === 0) return only ?? {}
  const version = settings.map(({ go }) => go?.version).find((text) => text !== undefined)
  const apps = settings.map(({ go, ...app }): AppConfig => ({ ...app, ...group('go', withoutVersion(go ?? {})) }))
  const shared = lifted(apps, ['targets', 'go', 'archive'])
  const own = apps.map((app) => Object.fromEntries(Object.entries(app).filter(([key]) => !Object.hasOwn(shared, key))) as AppConfig)
  return {
    // What an archive of all of them is called.
    ...(archives.together === undefined ? {} : { name: projectName }),
    ...shared,
    ...(version === undefined ? {} : { go: { ...shared.go, version } }),
    ...(archives.together === undefined ? {} : { archive: archives.together }),
    apps: own,
  }
}

type Settings = Pick<Config, 'targets' | 'go' | 'archive'> & { name: string; main: string }

/** One version of Go builds everything. */
function withoutVersion(go: GoConfig): Omit<GoConfig, 'version'> {
  const rest = { ...go }
  delete rest.version
  return rest
}

/** Variables for all are put below those of the program, flags before its own. */
function withEnvironment(go: GoConfig, common: GoConfig): GoConfig {
  const env = { ...common.env, ...go.env }
  const flags = [...(common.flags ?? []), ...(go.flags ?? [])]
  return { ...common, ...go, ...(Object.keys(env).length === 0 ? {} : { env }), ...(flags.length === 0 ? {} : { flags }) }
}

const group = <K extends string, T extends object>(key: K, value: T): Partial<Record<K, T>> =>
  Object.keys(value).length === 0 ? {} : ({ [key]: value } as Record<K, T>)

/** The groups that are the same for every program. */
function lifted(apps: readonly AppConfig[], keys: readonly ('targets' | 'go' | 'archive')[]): Config {
  const [first, ...others] = apps
  const same = keys.filter((key) => first?.[key] !== undefined && others.every((app) => isDeepStrictEqual(app[key], first[key])))
  return Object.fromEntries(same.map((key) => [key, first![key]]))
}
