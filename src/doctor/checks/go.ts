import { findProgram } from '../../host/find-program.ts'
import { fetchForbidden, offeredGo } from '../offered-go.ts'
import { fail, failWith, ok, warn } from '../results.ts'
import type { Check } from '../types.ts'

/** Errors for which gopack fetches another Go. */
const absent: ReadonlySet<string> = new Set(['GO_MISSING', 'GO_TOO_OLD'])

export const goCheck: Check = {
  id: 'go',
  title: 'Go',
  async run({ go, environment, config, moduleFolder, fix }) {
    if (go.error !== undefined) {
      const offer =
        fix || !absent.has(go.error.code) ? undefined : await offeredGo(config.value?.config ?? {}, moduleFolder.value, environment)
      if (offer !== undefined)
        return warn(`${go.error.message} A build fetches ${offer} first.`, 'Run `gopack doctor --fix` to fetch it now, or install Go.')
      const forbidden = absent.has(go.error.code) ? fetchForbidden(config.value?.config ?? {}, environment) : undefined
      const failure = failWith(go.error)
      const result = forbidden === undefined ? failure : { ...failure, detail: `${failure.detail} ${forbidden}` }
      // The commonest reason that go does not even start.
      const aboutRoot = environment.GOROOT !== undefined && result.detail.includes('GOROOT')
      return aboutRoot ? fail(result.detail, `Unset GOROOT (now ${environment.GOROOT}): the go command knows its own place.`) : result
    }
    const { version, hostOs, hostArch, place, root } = go.value
    return ok(`${version} ${hostOs}/${hostArch}, ${place.fetched ? `fetched by gopack: ${root}` : (findProgram('go') ?? 'go')}`)
  },
}
