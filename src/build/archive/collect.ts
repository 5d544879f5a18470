import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { isDynamicPattern } from 'tinyglobby'
import type { Config } from '../../config/schema/index.ts'
import { archiveError } from '../../errors/archive.ts'
import { isGits } from '../../project/paths.ts'
import { checkEntryName } from './entry-names.ts'
import type { ArchiveFile } from './types.ts'

export interface CollectRequest {
  /** `archive.files`, or undefined for the defaults. */
  readonly files: NonNullable<Config['archive']>['files'] | undefined
  /** Folder the patterns are relative to. */
  readonly folder: string
  /** Nothing above this folder is taken: the git top level, or the module. */
  readonly limit: string
  /** Where the defaults are looked for, in this order. */
  readonly defaultFolders: readonly string[]
  /** The output folder: never packed into itself. */
  readonly out: string
}

const defaultPatterns = ['LICENSE*', 'README*', 'CHANGELOG*'] as const

/**
 * Finds the files beside the program.
 * @throws FILES_NO_MATCH, FILES_OUTSIDE, FILES_GIT, FILES_NAME, FILES_CLASH
 */
export async function collectFiles(request: CollectRequest): Promise<ArchiveFile[]> {
  const found =
    request.files === undefined
      ? await defaultFiles(request)
      : (await Promise.all(request.files.map((entry) => matchEntry(entry, request)))).flat()
  const files = found.filter((file, index) => found.findIndex(({ source, name }) => source === file.source && name === file.name) === index)
  files.sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const file of files) checkEntryName(file.name)
  return files
}

/** A name found in the module's folder hides the one at the git top level. */
async function defaultFiles(request: CollectRequest): Promise<ArchiveFile[]> {
  const found: ArchiveFile[] = []
  for (const pattern of defaultPatterns) {
    for (const folder of new Set(request.defaultFolders)) {
      const matches = await glob(pattern, folder, request.out)
      if (matches.length === 0) continue
      found.push(...matches.map((path) => toFile(path, basename(path), request)))
      break
    }
  }
  return found
}

type FileEntry = NonNullable<NonNullable<Config['archive']>['files']>[number]

async function matchEntry(entry: FileEntry, request: CollectRequest): Promise<ArchiveFile[]> {
  const { from, to, as } = typeof entry === 'string' ? { from: entry, to: undefined, as: undefined } : entry
  const match = await matchPattern(from, request)
  const { paths } = match
  if (paths.length === 0) {
    throw archiveError('FILES_NO_MATCH', { message: `archive.files: "${from}" matches nothing in ${request.folder}.` })
  }
  if (as === undefined) {
    const anchor = anchorOf(match, to, request)
    return paths.map((path) => toFile(path, join(to ?? '', relative(anchor, path)).replaceAll('\\', '/'), request))
  }
  if (paths.length > 1) {
    throw archiveError('FILES_CLASH', { message: `archive.files: "${from}" matches ${paths.length} files, but \`as: ${as}\` names one.` })
  }
  return [toFile(paths[0]!, as, request)]
}

interface Match {
  readonly kind: 'file' | 'folder' | 'glob'
  /** The file or folder itself, or the folder before the first wildcard. */
  readonly start: string
  readonly paths: readonly string[]
}

async function matchPattern(from: string, request: CollectRequest): Promise<Match> {
  const pattern = from.replaceAll('\\', '/')
  const literal = resolve(request.folder, pattern)
  const state = statSync(literal, { throwIfNoEntry: false })
  const start = state !== undefined || !isDynamicPattern(pattern) ? literal : resolve(request.folder, staticPart(pattern))
  refuseOutside(start, from, request)
  if (state?.isDirectory()) return { kind: 'folder', start, paths: await glob('**/*', literal, request.out) }
  if (start === literal) return { kind: 'file', start, paths: existsSync(literal) ? [literal] : [] }
  return { kind: 'glob', start, paths: await glob(pattern, request.folder, request.out) }
}

/** Without a destination files keep their place; with one, what the pattern leaves open is kept below it. */
function anchorOf({ kind, start }: Match, to: string | undefined, request: CollectRequest): string {
  if (to === undefined && inside(request.folder, start)) return request.folder
  if (kind === 'file' || (kind === 'folder' && to === undefined)) return dirname(start)
  return start
}

/** The folders of a pattern before its first wildcard. */
function staticPart(pattern: string): string {
  const parts = pattern.split('/')
  const firstDynamic = parts.findIndex((part) => isDynamicPattern(part))
  return parts.slice(0, firstDynamic).join('/') || (pattern.startsWith('/') ? '/' : '.')
}

async function glob(pattern: string, folder: string, out: string): Promise<string[]> {
  const { glob: find } = await import('tinyglobby')
  const paths = await find(pattern, {
    cwd: folder,
    absolute: true,
    dot: true,
    followSymbolicLinks: false,
    onlyFiles: false,
    expandDirectories: false,
    ignore: ['**/.git/**', '**/.git'],
  })
  return paths.map((path) => resolve(path)).filter((path) => !inside(out, path) && !lstatSync(path).isDirectory())
}

function toFile(source: string, name: string, request: CollectRequest): ArchiveFile {
  refuseOutside(source, name, request)
  const state = statSync(source, { throwIfNoEntry: false })
  if (state === undefined || !state.isFile())
    throw archiveError('FILES_NO_MATCH', { message: `archive.files: ${source} is no regular file (a broken link, a folder or a device).` })
  return { source, name, executable: (state.mode & 0o100) !== 0 }
}

/** Follows symbolic links: it counts where a file really is. */
function refuseOutside(path: string, shown: string, request: CollectRequest): void {
  const real = existsSync(path) ? realpathSync(path) : path
  const limit = realpathSync(request.limit)
  if (isGits(limit, real) || isGits(request.limit, path))
    throw archiveError('FILES_GIT', { message: `archive.files: "${shown}" belongs to git (${real}).` })
  if (inside(limit, real)) return
  const via = real === path ? '' : ` (a link to ${real})`
  throw archiveError('FILES_OUTSIDE', { message: `archive.files: "${shown}"${via} lies outside ${request.limit}.` })
}

const inside = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') || folder.endsWith('\\') ? folder : join(folder, '/'))
