import { resourceError } from '../../errors/resources.ts'
import { jsonErrorOffset } from './json-error.ts'
import { readBounded, UnfitFile } from './read-bounded.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/**
 * Reads a JSON file that holds an object; undefined where there is no such file.
 * @throws RESOURCE_FILE_BROKEN with line and column
 */
export async function readJsonObject(path: string): Promise<JsonObject | undefined> {
  let text: string
  try {
    text = (await readBounded(path)).toString('utf8').replace(/^\ufeff/, '')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    const reason = cause instanceof UnfitFile ? `: ${cause.message}` : ` (${code})`
    throw resourceError('RESOURCE_FILE_BROKEN', { message: `${path} cannot be read${reason}.`, at: { file: path }, cause })
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const before = text.slice(0, jsonErrorOffset(text))
    const at = { file: path, line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
    throw resourceError('RESOURCE_FILE_BROKEN', {
      message: `${path} is not valid JSON at line ${at.line}, column ${at.column}.`,
      at,
      cause,
    })
  }
  if (isObject(value)) return value
  throw resourceError('RESOURCE_FILE_BROKEN', { message: `${path} holds no JSON object.`, at: { file: path, line: 1 } })
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member that is an object, else an empty one: unknown and odd parts of these files are passed over. */
export function objectAt(object: JsonObject, key: string): JsonObject {
  const value = object[key]
  return isObject(value) ? value : {}
}

/** The texts of a string table: no empty ones, as templates of other tools are full of them, and none of the versions. */
export function textsOf(table: unknown): Record<string, string> {
  if (!isObject(table)) return {}
  return Object.fromEntries(
    Object.entries(table).filter((entry): entry is [string, string] => {
      const [key, text] = entry
      return typeof text === 'string' && text !== '' && key !== 'FileVersion' && key !== 'ProductVersion'
    }),
  )
}
