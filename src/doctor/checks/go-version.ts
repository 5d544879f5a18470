import { compareGoVersions, isRequestedGo } from '../../go/version.ts'
import { goLine } from '../../project/module.ts'
import { missing, ok } from '../results.ts'
import type { Check } from '../types.ts'

/** Go on PATH is right if it is at least what go.mod says; the `toolchain` line is a wish of the go command, not a minimum. */
export const goVersionCheck: Check = {
  id: 'go-version',
  title: 'Go version',
  run({ go, moduleFolder, config }) {
    if (go.value === undefined || moduleFolder.value === undefined) return undefined
    const installed = go.value.version
    const wanted = config.value?.config.go?.version
    if (wanted !== undefined && !isRequestedGo(installed, wanted)) {
      return missing(`the configuration asks for Go ${wanted}, ${installed} is on PATH`, `Put Go ${wanted} on PATH, or change go.version.`)
    }
    const needed = goLine(moduleFolder.value)
    if (needed !== undefined && compareGoVersions(installed, needed) < 0) {
      return missing(
        `go.mod asks for Go ${needed} or newer, ${installed} is on PATH`,
        `Install Go ${needed} or newer and put it first on PATH.`,
      )
    }
    return ok(needed === undefined ? `${installed}; go.mod names none` : `${installed}; go.mod asks for ${needed} or newer`)
  },
}
