import type { Config } from '../config/schema/index.ts'
import { readGoAccess } from '../go/provision/access.ts'
import { bootstrapHost, pinnedGo, thisHost } from '../go/provision/pinned.ts'
import { goSources } from '../go/provision/sources.ts'
import { wantedGo } from '../go/provision/wanted.ts'
import { goWish } from '../project/choose-go.ts'
import { withoutCredentials } from './urls.ts'

/** What a build would fetch and from where: `Go 1.26.10 from https://go.dev/dl`; undefined where it would not. Asks nobody. */
export function offeredGo(config: Config, moduleFolder: string | undefined, environment: NodeJS.ProcessEnv): string | undefined {
  if (config.go?.provision === 'never' || bootstrapHost(pinnedGo, thisHost()) === undefined) return undefined
  const [source] = goSources(readGoAccess(environment), environment)
  if (source === undefined || !('url' in source)) return undefined
  const wish = moduleFolder === undefined ? {} : goWish(config, moduleFolder)
  const { version, newestOfSeries } = wantedGo(wish, Object.keys(pinnedGo))
  return `Go ${version}${newestOfSeries ? '.x' : ''} from ${withoutCredentials(source.url)}`
}

/** The setting that keeps gopack from fetching Go, in words that follow "not found on PATH."; undefined where there is none. */
export function fetchForbidden(config: Config, environment: NodeJS.ProcessEnv): string | undefined {
  if (config.go?.provision === 'never') return '`go.provision: never` in the configuration forbids gopack to fetch it.'
  const [source] = goSources(readGoAccess(environment), environment)
  return source?.kind === 'off' ? '`GOPROXY=off` forbids gopack to fetch it.' : undefined
}
