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
