import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { findProgram } from '../../host/find-program.ts'
import { isVendored } from '../../go/environment.ts'
import { fail, ok, warn } from '../results.ts'
import type { Check, CheckResult, DoctorContext } from '../types.ts'
import { withoutCredentials } from '../urls.ts'

/** Where modules come from. The network itself is not tried. */
export const proxyCheck: Check = {
  id: 'proxy',
  title: 'Module proxy',
  run(context) {
    const setting = context.goSettings.GOPROXY
    if (setting === undefined) return undefined
    const entries = setting
      .split(/[,|]/)
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '')
    const wrong = entries.find((entry) => problemOf(entry) !== undefined)
    if (wrong !== undefined)
      return fail(
        `${withoutCredentials(wrong)} in GOPROXY ${problemOf(wrong)}`,
        'Correct GOPROXY, or go back to the default: `go env -u GOPROXY`.',
      )
    return weakness(context, entries) ?? ok(describe(context, entries))
  },
}

function problemOf(entry: string): string | undefined {
  if (entry === 'direct' || entry === 'off') return undefined
  if (!URL.canParse(entry)) return 'is no address'
  const url = new URL(entry)
  if (!['https:', 'http:', 'file:'].includes(url.protocol)) return 'is no address'
  return url.protocol === 'file:' && !existsSync(fileURLToPath(url)) ? 'is not there' : undefined
}

function weakness({ goSettings, moduleFolder }: DoctorContext, entries: readonly string[]): CheckResult | undefined {
  const vendored = moduleFolder.value !== undefined && isVendored(moduleFolder.value)
  if (entries[0] === 'off' && !vendored)
    return warn(
      'GOPROXY is off: only modules that are in the cache already can be used',
      'Set GOPROXY, or vendor the dependencies with `go mod vendor`.',
    )
  if (entries[0] === 'direct' && findProgram('git') === undefined)
    return warn('GOPROXY is direct, and there is no git to fetch modules with', 'Install git, or set GOPROXY.')
  const insecure = [goSettings.GOINSECURE && 'GOINSECURE', goSettings.GOSUMDB === 'off' && 'GOSUMDB=off'].filter(Boolean)
  if (insecure.length === 0) return undefined
  return warn(
    `${insecure.join(' and ')}: new modules are not checked against the checksum database`,
    'Name private modules in GOPRIVATE instead, which leaves the check on for all others.',
  )
}

function describe({ goSettings, environment }: DoctorContext, entries: readonly string[]): string {
  const system = environment.HTTPS_PROXY ?? environment.https_proxy
  const parts = [entries.map(withoutCredentials).join(', ')]
  if (goSettings.GOPRIVATE) parts.push(`private: ${goSettings.GOPRIVATE}`)
  if (system) parts.push(`through ${withoutCredentials(system)}`)
  return parts.join('; ')
}
