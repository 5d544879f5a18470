import { basename } from 'node:path'
import { GopackError, type SourcePlace } from '../errors/gopack-error.ts'
import type { LoadedConfig } from './load.ts'
import { partsOf, type ConfigPart } from './parts.ts'
import type { Config } from './schema/index.ts'

type Path = readonly PropertyKey[]

/** The setting an error is about, where these settings have it. */
const settingOf: Readonly<Record<string, (settings: ConfigPart['settings'], message: string) => Path | undefined>> = {
  NAME_INVALID: ({ name }, message) => (name !== undefined && message.includes(JSON.stringify(name)) ? ['name'] : undefined),
  ARCHIVE_NAME: ({ archive }) => (archive?.name === undefined ? undefined : ['archive', 'name']),
  FILES_NO_MATCH: fileEntry,
  FILES_OUTSIDE: fileEntry,
  FILES_GIT: fileEntry,
  FILES_NAME: fileEntry,
  FILES_CLASH: fileEntry,
  ICON_MISSING: icon,
  ICON_BROKEN: icon,
  MANIFEST_MISSING: ({ resources }) => (typeof resources?.manifest === 'string' ? ['resources', 'manifest'] : undefined),
}

function icon({ resources }: ConfigPart['settings'], message: string): Path | undefined {
  return typeof resources?.icon === 'string' && message.includes(basename(resources.icon)) ? ['resources', 'icon'] : undefined
}

/** The entry a message names, else the list. */
function fileEntry({ archive }: ConfigPart['settings'], message: string): Path | undefined {
  if (archive?.files === undefined) return undefined
  const index = archive.files.findIndex((entry) => message.includes(`"${typeof entry === 'string' ? entry : entry.from}"`))
  return index < 0 ? ['archive', 'files'] : ['archive', 'files', index]
}

/** The longest path any part gives: one that names an entry says more than one that names a list. */
function pathOf(code: string, message: string, config: Config): Path | undefined {
  const paths = partsOf(config).flatMap(({ path, settings }) => {
    const found = settingOf[code]?.(settings, message)
    return found === undefined ? [] : [{ found, whole: [...path, ...found] }]
  })
  return paths.sort((a, b) => b.found.length - a.found.length)[0]?.whole
}

/** Gives an error the place of the setting it comes from; anything else stays as it is. */
export function withPlace<T>(error: T, { config, placeOf }: LoadedConfig): T | GopackError {
  if (!(error instanceof GopackError) || error.at !== undefined || placeOf === undefined) return error
  const path = pathOf(error.code, error.message, config)
  if (path === undefined) return error
  const at: SourcePlace = placeOf(path)
  const place = [at.file, at.line, at.column].filter((part) => part !== undefined).join(':')
  const { code, exitCode, hint, output, cause } = error
  const entry = { exit: exitCode, summary: '', remedy: hint }
  return new GopackError(code, entry, { message: `${place}: ${error.message}`, at, output, cause })
}
