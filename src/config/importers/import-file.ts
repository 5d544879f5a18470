import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { importError } from '../../errors/import.ts'
import { GopackError } from '../../errors/gopack-error.ts'
import { shownPath } from '../../host/shown-path.ts'
import { escaped } from './escape.ts'
import type { ImportContext, Imported, ImportFormat, ImportSource } from './types.ts'

/** Bytes. */
const sizeLimit = 1024 * 1024

/** What a file is, by its name. */
export function formatOf(path: string): ImportFormat | undefined {
  const name = basename(path).toLowerCase()
  if (/\.rc2?$/.test(name)) return 'rc'
  if (/goreleaser.*\.ya?ml$/.test(name)) return 'goreleaser'
  if (/^winres.*\.json$/.test(name)) return 'winres'
  if (/versioninfo.*\.json$/.test(name)) return 'versioninfo'
  return undefined
}

/** What a file is that has another name, by what it holds. */
function formatByContent(path: string, bytes: Buffer): ImportFormat | undefined {
  const text = bytes.toString('utf8')
  if (/\.ya?ml$/i.test(path)) return /^(builds|archives|project_name|before|release)\s*:/m.test(text) ? 'goreleaser' : undefined
  if (/\.json$/i.test(path))
    return /"RT_\w+"\s*:/.test(text) ? 'winres' : /"(FixedFileInfo|StringFileInfo)"\s*:/i.test(text) ? 'versioninfo' : undefined
  return undefined
}

/**
 * Reads a configuration of another tool.
 * @throws IMPORT_MISSING, IMPORT_UNREADABLE, IMPORT_FORMAT, IMPORT_SYNTAX, IMPORT_NOTHING, IMPORT_RC_…
 */
export async function importFile(path: string, context: ImportContext): Promise<Imported> {
  try {
    return await importAs(path, context)
  } catch (error) {
    if (!(error instanceof GopackError)) throw error
    const { code, exitCode: exit, hint, at, output, cause } = error
    // Messages show what stands in the file.
    throw new GopackError(code, { exit, summary: '', remedy: hint }, { message: escaped(error.message), ...(at && { at }), output, cause })
  }
}

async function importAs(path: string, context: ImportContext): Promise<Imported> {
  const source: ImportSource = { path, file: escaped(shownPath(path)), bytes: read(path) }
  const format = formatOf(path) ?? formatByContent(path, source.bytes)
  if (format === undefined)
    throw importError('IMPORT_FORMAT', { message: `${path} is of no kind gopack can import.`, at: { file: source.file } })
  if (format !== 'rc') checkUtf8(source)
  if (format === 'goreleaser') return (await import('./goreleaser/index.ts')).importGoReleaser(source, context)
  if (format === 'winres') return (await import('./winres/index.ts')).importWinres(source, context)
  if (format === 'versioninfo') return (await import('./versioninfo/index.ts')).importVersionInfo(source, context)
  return (await import('./rc/index.ts')).importRc(source, context)
}

function read(path: string): Buffer {
  const state = statSync(path, { throwIfNoEntry: false })
  if (state === undefined) throw importError('IMPORT_MISSING', { message: `There is no file ${path}.` })
  try {
    // A pipe or a device has no end.
    if (!state.isFile()) throw new Error('it is not a regular file')
    if (state.size > sizeLimit) throw new Error('it is larger than 1 MB')
    return readFileSync(path)
  } catch (cause) {
    throw importError('IMPORT_UNREADABLE', { message: `${path} cannot be read: ${(cause as Error).message}.`, at: { file: path }, cause })
  }
}

function checkUtf8({ path, file, bytes }: ImportSource): void {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    const line = bytes.subarray(0, firstWrongByte(bytes)).toString('latin1').split('\n').length
    throw importError('IMPORT_UNREADABLE', { message: `${file}:${line}: ${basename(path)} is not UTF-8.`, at: { file, line }, cause })
  }
}

function firstWrongByte(bytes: Buffer): number {
  const text = new TextDecoder('utf-8').decode(bytes)
  const at = text.indexOf('\ufffd')
  return Buffer.byteLength(text.slice(0, Math.max(at, 0)))
}
