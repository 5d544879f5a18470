import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { GopackError } from '../../../../src/errors/gopack-error.ts'
import { provideGo, type GoRequest } from '../../../../src/go/provision/provide.ts'
import type { ProvisionEvent } from '../../../../src/go/provision/types.ts'
import { temporaryFolder } from '../../../helpers/temporary.ts'
import { testHost, testVersion, type FakeGo } from './toolchain.ts'

export const zipPath = (version = testVersion): string => `/golang.org/toolchain/@v/v0.0.1-go${version}.linux-amd64.zip`

/** What asking for a fake Go gave. */
export interface Outcome {
  readonly cache: string
  readonly root: string | undefined
  readonly error: GopackError | undefined
  readonly events: readonly ProvisionEvent[]
}

/** Asks for a fake Go with an environment that names nothing but what the test names; the official downloads are nowhere. */
export async function provideFake(fake: FakeGo, environment: NodeJS.ProcessEnv, more: Partial<GoRequest> = {}): Promise<Outcome> {
  const cache = more.cache ?? temporaryFolder()
  const events: ProvisionEvent[] = []
  const home = temporaryFolder()
  try {
    const { root } = await provideGo({
      wish: { configured: fake.version },
      cache,
      environment: { HOME: home, GOENV: 'off', GOPACK_GO_DOWNLOADS: 'http://127.0.0.1:9/dl', GOPACK_NETWORK_TIMEOUT: '2', ...environment },
      host: testHost,
      pinned: { [fake.version]: { 'linux/amd64': fake.hash } },
      listener: (event) => events.push(event),
      ...more,
    })
    return { cache, root, error: undefined, events }
  } catch (error) {
    if (!('exitCode' in (error as object))) throw error
    return { cache, root: undefined, error: error as GopackError, events }
  }
}

/** What is left of Go in a cache. */
export const leftIn = (cache: string): string[] => (existsSync(join(cache, 'go')) ? readdirSync(join(cache, 'go')) : [])
