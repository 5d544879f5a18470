import { configError } from '../errors/config.ts'
import { noOtherOutput, noOwnFlags, noOwnVariables } from './go-rules.ts'
import type { ParsedConfig } from './parse.ts'
import { partsOf } from './parts.ts'
import type { Config } from './schema/index.ts'
import { checkTemplate } from './templates.ts'
import { templatesOf } from './templates-of.ts'
import { hooksNameAProgram, noControlCharacters } from './text-rules.ts'
import { isTime } from './time.ts'
import { where } from './validate.ts'

type Rule = (config: Config, parsed: ParsedConfig) => void

/** What the schema cannot say: settings that go badly together, templates, times. One small function a rule. */
const rules: readonly Rule[] = [
  noControlCharacters,
  hooksNameAProgram,
  templatesAreKnown,
  oneNameForOneProgram,
  appsOrMain,
  togetherIsForApps,
  noOwnVariables,
  noOwnFlags,
  noOtherOutput,
  guiNeedsWindows,
  literalTimestamp,
]

/** @throws the first rule's error. */
export function applyRules(config: Config, parsed: ParsedConfig): void {
  for (const rule of rules) rule(config, parsed)
}

function templatesAreKnown(config: Config, parsed: ParsedConfig): void {
  for (const [path, template] of templatesOf(config)) checkTemplate(template, parsed.placeOf(path), process.env)
}

function oneNameForOneProgram(config: Config, parsed: ParsedConfig): void {
  if (config.name === undefined || !Array.isArray(config.main) || config.main.length < 2) return
  const at = parsed.placeOfKey(['name'])
  throw configError('CONFIG_CONFLICT', {
    message: `${where(at)}: one name cannot serve the ${config.main.length} programs under "main"; leave it out and each is named after its folder.`,
    at,
  })
}

function guiNeedsWindows(config: Config, parsed: ParsedConfig): void {
  for (const { path, settings } of partsOf(config)) {
    const targets = settings.targets ?? config.targets ?? ['windows/amd64']
    if (settings.go?.gui !== true || targets.some((target) => /^(windows|all)\b/.test(target))) continue
    const at = parsed.placeOf([...path, 'go', 'gui'])
    throw configError('CONFIG_CONFLICT', { message: `${where(at)}: go.gui is for Windows, and none of the targets is.`, at })
  }
}

function appsOrMain(config: Config, parsed: ParsedConfig): void {
  if (config.apps === undefined || config.main === undefined) return
  const at = parsed.placeOfKey(['main'])
  throw configError('CONFIG_CONFLICT', { message: `${where(at)}: "main" and "apps" both name programs; put it under "apps".`, at })
}

function togetherIsForApps(config: Config, parsed: ParsedConfig): void {
  if (config.archive?.together !== true) return
  const at = parsed.placeOfKey(['archive', 'together'])
  if (config.apps === undefined)
    throw configError('CONFIG_CONFLICT', { message: `${where(at)}: archive.together is for several programs under "apps".`, at })
  if (config.name === undefined)
    throw configError('CONFIG_CONFLICT', {
      message: `${where(at)}: an archive of all apps needs a name of its own.`,
      hint: 'Set "name" beside "apps"; it is what the archives are called.',
      at,
    })
  const own = config.apps.findIndex(({ archive }) => archive !== undefined)
  if (own < 0) return
  const place = parsed.placeOfKey(['apps', own, 'archive'])
  throw configError('CONFIG_CONFLICT', {
    message: `${where(place)}: this app has no archive of its own while archive.together is on.`,
    at: place,
  })
}

function literalTimestamp(config: Config, parsed: ParsedConfig): void {
  const value = config.version?.timestamp
  if (value === undefined || value === 'commit' || value === 'now' || isTime(value)) return
  const at = parsed.placeOf(['version', 'timestamp'])
  throw configError('CONFIG_WRONG_TYPE', {
    message: `${where(at)}: version.timestamp must be commit, now or a time such as 2026-11-21T15:30:00Z, not ${JSON.stringify(value)}.`,
    at,
  })
}
