import { differencesOf } from '../config/importers/settle.ts'
import type { Imported, Left } from '../config/importers/types.ts'
import { importError } from '../errors/import.ts'
import type { ImportResult } from '../init/import.ts'

/** What `--json` says of an import. */
export function importDocument({ imports, unread }: ImportResult): unknown[] {
  return [
    ...imports.map(({ file, format, carried, left }) => ({ file, format, carried, left })),
    ...unread.map(({ file, reason }) => ({ file, error: reason })),
  ]
}

/** Lines for people: how much was carried over, and each key that was not, or not as it was. */
export function importLines({ imports, unread }: ImportResult): string[] {
  return [
    ...imports.flatMap(reportOf),
    ...unread.map(({ file, reason }) => `${file} was found and not imported: ${reason} (\`--no-import\` looks for none)`),
  ]
}

function reportOf(imported: Imported): string[] {
  const { file, carried } = imported
  const { changed, left } = differencesOf(imported)
  const exact = new Set(carried.filter(({ difference }) => difference === undefined).map(({ key, value }) => `${key} ${value}`)).size
  const counts = [`${exact} carried over`, ...(changed.length === 0 ? [] : [`${changed.length} with a difference`]), `${left.length} not`]
  return [
    `${file}: ${counts.join(', ')}.`,
    ...changed.map(({ line, key, to, difference }) => `  ${file}:${line} ${key} → ${to}: ${difference}`),
    ...left.map(leftLine),
  ]
}

function leftLine({ file, line, lastLine, key, value, reason }: Left): string {
  const lines = lastLine === undefined ? String(line) : `${line}-${lastLine}`
  // A group is named by its key, what stands in it can be read there.
  const shown = lastLine === undefined && value !== '' && !value.startsWith('{') ? ` (${value})` : ''
  return `  ${file}:${lines} ${key}${shown}: ${reason}`
}

/** @throws IMPORT_STRICT naming everything that is not as it was */
export function refuseDifferences(result: ImportResult): void {
  const lines = importLines(result)
  const different = result.imports.flatMap((imported) => {
    const { changed, left } = differencesOf(imported)
    return [...changed, ...left]
  })
  const count = different.length + result.unread.length
  if (count === 0) return
  const [first] = different.sort((a, b) => a.line - b.line)
  throw importError('IMPORT_STRICT', {
    message: `${count} ${count === 1 ? 'setting' : 'settings'} cannot be carried over as they are.`,
    output: lines,
    ...(first === undefined ? {} : { at: { file: first.file, line: first.line } }),
  })
}
