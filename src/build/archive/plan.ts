import type { Config } from '../../config/schema/index.ts'
import { expandTemplate, type TemplateValues } from '../../config/templates.ts'
import { archiveError } from '../../errors/archive.ts'
import type { Target } from '../../go/targets.ts'
import { isReservedName } from '../../project/names.ts'
import { checkClashes, checkEntryName } from './entry-names.ts'
import type { ArchiveFile, ArchivePlan } from './types.ts'

export interface ArchivePlanRequest {
  readonly config: Config['archive']
  readonly target: Target
  readonly executables: ArchivePlan['programs']
  readonly files: readonly ArchiveFile[]
  readonly values: TemplateValues
  readonly environment: NodeJS.ProcessEnv
  readonly time: number
  /** For Windows targets, where the Go version is known. */
  readonly lowestWindows: string | null
}

/**
 * Plans one archive. Pure.
 * @throws ARCHIVE_NAME, FILES_NAME, FILES_CLASH
 */
export function planArchive(request: ArchivePlanRequest): ArchivePlan {
  const { config, target } = request
  const format = config?.format ?? (target.os === 'windows' ? 'zip' : 'tar.gz')
  const base = archiveName(request)
  const prefix = config?.wrap === true ? `${base}/` : ''
  const files = request.files.map((file) => ({ ...file, name: prefix + file.name }))
  const folders = (config?.folders ?? []).map((folder) => prefix + folder.replaceAll('\\', '/').replace(/\/+$/, ''))
  folders.forEach(checkEntryName)
  const programs = request.executables.map(({ app, name }) => ({ app, name: prefix + name }))
  const empty = folders.filter((folder) => !files.some(({ name }) => name.startsWith(`${folder}/`)))
  checkClashes([...programs.map(({ name }) => name), ...files.map(({ name }) => name), ...empty])
  // A zip can say it itself, in its comment; a tar cannot.
  const comment = format === 'zip' && request.lowestWindows !== null ? { comment: `For ${request.lowestWindows} or newer` } : {}
  return { step: 'archive', format, path: `${base}.${format}`, programs, files, folders: empty, time: request.time, ...comment }
}

function archiveName({ config, target, values, environment }: ArchivePlanRequest): string {
  const template = config?.name ?? '{name}_{tag}_{os}_{arch}'
  const variant = target.variant === undefined || template.includes('{variant}') ? '' : `_${target.variant}`
  const name = `${expandTemplate(template, values, environment)}${variant}`
  if (/^[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(name) && !isReservedName(name) && !name.endsWith('.') && name.length <= 200) return name
  throw archiveError('ARCHIVE_NAME', { message: `${JSON.stringify(name)} (from archive.name) cannot be a file name on every system.` })
}
