import type { Config } from '../config/schema/index.ts'
import type { GopackError } from '../errors/gopack-error.ts'
import { projectError } from '../errors/project.ts'
import type { GoToolchain } from '../go/environment.ts'
import { compareGoVersions, isRequestedGo } from '../go/version.ts'
import { goLine } from './module.ts'

/**
 * The Go used must be the one configured, and new enough for the `go` line.
 * @throws GO_TOO_OLD
 */
export function checkGoVersion(go: GoToolchain, config: Config, moduleFolder: string): void {
  const trouble = goVersionTrouble(go.version, config, moduleFolder)
  if (trouble !== undefined) throw trouble
}

/** Why a Go is not the one to build with; undefined for one that is. */
export function goVersionTrouble(version: string, config: Config, moduleFolder: string): GopackError | undefined {
  const wanted = config.go?.version
  if (wanted !== undefined && !isRequestedGo(version, wanted)) {
    return projectError('GO_TOO_OLD', {
      message: `The configuration asks for Go ${wanted}; ${version} is on PATH.`,
      hint: `Put Go ${wanted} on PATH, or change go.version.`,
    })
  }
  const needed = goLine(moduleFolder)
  if (needed === undefined || compareGoVersions(version, needed) >= 0) return undefined
  return projectError('GO_TOO_OLD', {
    message: `go.mod asks for Go ${needed} or newer; ${version} is on PATH.`,
    hint: `Install Go ${needed} or newer and put it on PATH.`,
  })
}
