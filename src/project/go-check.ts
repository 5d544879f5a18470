import type { Config } from '../config/schema/index.ts'
import { projectError } from '../errors/project.ts'
import type { GoToolchain } from '../go/environment.ts'
import { compareGoVersions, isRequestedGo } from '../go/version.ts'
import { goLine } from './module.ts'

/**
 * The Go on PATH must be the one configured, and new enough for the `go` line.
 * @throws GO_TOO_OLD
 */
export function checkGoVersion(go: GoToolchain, config: Config, moduleFolder: string): void {
  const wanted = config.go?.version
  if (wanted !== undefined && !isRequestedGo(go.version, wanted)) {
    throw projectError('GO_TOO_OLD', {
      message: `The configuration asks for Go ${wanted}; ${go.version} is on PATH.`,
      hint: `Put Go ${wanted} on PATH, or change go.version.`,
    })
  }
  const needed = goLine(moduleFolder)
  if (needed !== undefined && compareGoVersions(go.version, needed) < 0) {
    throw projectError('GO_TOO_OLD', {
      message: `go.mod asks for Go ${needed} or newer; ${go.version} is on PATH.`,
      hint: `Install Go ${needed} or newer and put it on PATH.`,
    })
  }
}
