import { delimiter, resolve, sep } from 'node:path'
import { ok, warn } from '../results.ts'
import type { Check } from '../types.ts'

export const gopathCheck: Check = {
  id: 'gopath',
  title: 'GOPATH',
  run({ go, goSettings, moduleFolder }) {
    const path = goSettings.GOPATH
    if (go.value === undefined || path === undefined) return undefined
    if (path.split(delimiter).some((entry) => resolve(entry) === resolve(go.value.root))) {
      return warn(`GOPATH and GOROOT are both ${path}`, 'Unset GOPATH, or give it a folder of its own: `go env -u GOPATH`.')
    }
    const inCache = moduleFolder.value !== undefined && `${moduleFolder.value}${sep}`.startsWith(`${goSettings.GOMODCACHE}${sep}`)
    if (inCache)
      return warn(
        `the module lies in the module cache ${goSettings.GOMODCACHE}, which is read-only`,
        'Copy the module somewhere else and build it there.',
      )
    return ok(path)
  },
}
