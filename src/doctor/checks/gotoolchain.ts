import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareGoVersions } from '../../go/version.ts'
import { ok, warn } from '../results.ts'
import type { Check } from '../types.ts'

export const gotoolchainCheck: Check = {
  id: 'gotoolchain',
  title: 'GOTOOLCHAIN',
  run({ go, goSettings, moduleFolder }) {
    if (go.value === undefined || goSettings.GOTOOLCHAIN === undefined) return undefined
    const setting = goSettings.GOTOOLCHAIN || 'auto'
    const installed = go.value.version
    const named = /^go\d[\w.]*/.exec(setting)?.[0]
    if (named !== undefined && named !== installed) {
      return warn(
        `${setting}, but gopack builds with ${installed}, the Go on PATH`,
        `Put ${named} on PATH, or set go.version in gopack.yaml to be told when it is not.`,
      )
    }
    const line = moduleFolder.value === undefined ? undefined : toolchainLine(moduleFolder.value)
    if (line !== undefined && compareGoVersions(installed, line) < 0) {
      return warn(
        `go.mod has \`toolchain ${line}\`, which plain go commands fetch; gopack builds with ${installed}, the Go on PATH`,
        `Put ${line} on PATH if both shall give the same program.`,
      )
    }
    return ok(setting)
  },
}

function toolchainLine(folder: string): string | undefined {
  const file = join(folder, 'go.mod')
  return existsSync(file) ? /^toolchain\s+(go\d[\w.]*)/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined
}
