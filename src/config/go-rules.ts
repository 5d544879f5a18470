import { outputFlag } from '../build/compile/ldflags.ts'
import { configError } from '../errors/config.ts'
import type { ParsedConfig } from './parse.ts'
import { partsOf } from './parts.ts'
import type { Config } from './schema/index.ts'
import { where } from './validate.ts'

/** Variables of the go command that gopack decides, and what to use in their place. */
const ownVariables: readonly (readonly [RegExp, string])[] = [
  [/^(GOOS|GOARCH)$/, 'name the system under "targets"'],
  [/^(GO386|GOAMD64|GOARM|GOARM64)$/, 'name the variant under "targets", such as windows/amd64/v3'],
  [/^(GOMIPS\w*|GOPPC64|GORISCV64|GOWASM)$/, 'gopack builds for the default of each architecture'],
  [/^CGO_ENABLED$/, 'use go.cgo'],
  [/^GOFLAGS$/, 'use go.flags, go.ldflags or go.tags'],
  [/^GOTOOLCHAIN$/, 'use go.version'],
  [/^GOWORK$/, 'a go.work inside the repository is found by itself'],
  [/^GOENV$/, 'set what it holds under go.env'],
]

/** Flags of `go build` that gopack decides, or with which nothing would be built where gopack looks for it. */
const ownFlags: Readonly<Record<string, string>> = {
  o: 'use "out" for the folder and "name" for the file',
  n: 'use `gopack plan` to see what would be done',
  C: 'use --cwd or "main"',
  buildvcs: 'gopack stamps the commit wherever there is one',
  ldflags: 'use go.ldflags',
  tags: 'use go.tags',
  trimpath: 'gopack always builds with it',
  a: 'use go.rebuild',
}

export function noOwnVariables(config: Config, parsed: ParsedConfig): void {
  for (const { path, settings } of partsOf(config)) {
    for (const name of Object.keys(settings.go?.env ?? {})) {
      // Windows does not tell upper from lower case here.
      const instead = ownVariables.find(([pattern]) => pattern.test(name.toUpperCase()))?.[1]
      if (instead !== undefined) throw conflict(parsed.placeOfKey([...path, 'go', 'env', name]), `${name} is decided by gopack; ${instead}`)
    }
  }
}

export function noOwnFlags(config: Config, parsed: ParsedConfig): void {
  for (const { path, settings } of partsOf(config)) {
    for (const [index, flag] of (settings.go?.flags ?? []).entries()) {
      const name = /^--?([^=\s]+)/.exec(flag)?.[1] ?? ''
      const instead = Object.hasOwn(ownFlags, name) ? ownFlags[name] : undefined
      if (instead !== undefined)
        throw conflict(parsed.placeOf([...path, 'go', 'flags', index]), `-${name} is decided by gopack; ${instead}`)
    }
  }
}

export function noOtherOutput(config: Config, parsed: ParsedConfig): void {
  for (const { path, settings } of partsOf(config)) {
    for (const [index, text] of (settings.go?.ldflags ?? []).entries()) {
      if (outputFlag(text.split(/\s+/)) !== undefined)
        throw conflict(parsed.placeOf([...path, 'go', 'ldflags', index]), `-o is decided by gopack; ${ownFlags['o']}`)
    }
  }
}

const conflict = (at: ReturnType<ParsedConfig['placeOf']>, message: string): Error =>
  configError('CONFIG_CONFLICT', { message: `${where(at)}: ${message}.`, at, hint: 'Remove it here.' })
