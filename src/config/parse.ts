import type { Document, LineCounter, Node, Pair, YAMLMap } from 'yaml'
import { isMap, isScalar, LineCounter as Counter, parseDocument } from 'yaml'
import { configError } from '../errors/config.ts'
import type { SourcePlace } from '../errors/gopack-error.ts'

/** A parsed configuration whose values can be traced back to the lines they stand in. */
export interface ParsedConfig {
  readonly value: unknown
  /** Where the value at this path stands; the nearest parent's place when the path does not exist. */
  placeOf(path: readonly PropertyKey[]): SourcePlace
  /** Where the key (not its value) stands. */
  placeOfKey(path: readonly PropertyKey[]): SourcePlace
}

/**
 * Parses YAML or JSON text. For package.json only the value of its `gopack` key counts.
 * @throws CONFIG_SYNTAX, CONFIG_DUPLICATE_KEY
 */
export function parseConfigText(text: string, file: string): ParsedConfig {
  const lines = new Counter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false, strict: true, version: '1.2' })
  const [problem] = document.errors
  if (problem !== undefined) {
    const { line, col } = lines.linePos(problem.pos[0])
    const code = problem.code === 'DUPLICATE_KEY' ? 'CONFIG_DUPLICATE_KEY' : 'CONFIG_SYNTAX'
    const message =
      problem.code === 'DUPLICATE_KEY' ? 'this key stands here a second time' : problem.message.replace(/\s+at line \d+.*$/s, '')
    throw configError(code, { message: `${file}:${line}:${col}: ${message}.`, at: { file, line, column: col } })
  }
  const root = file.endsWith('package.json') ? ['gopack'] : []
  const read = (): unknown => {
    try {
      return root.length === 0 ? document.toJS() : (document.toJS() as Record<string, unknown>)['gopack']
    } catch (cause) {
      throw configError('CONFIG_SYNTAX', { message: `${file}: ${(cause as Error).message}.`, at: { file }, cause })
    }
  }
  return {
    value: read() ?? {},
    placeOf: (path) => place(document, lines, file, [...root, ...path]),
    placeOfKey: (path) => keyPlace(document, lines, file, [...root, ...path]),
  }
}

function place(document: Document.Parsed, lines: LineCounter, file: string, path: readonly PropertyKey[]): SourcePlace {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    const start = (node as Node | null | undefined)?.range?.[0]
    if (start !== undefined) return position(lines, file, start)
  }
  return { file }
}

function keyPlace(document: Document.Parsed, lines: LineCounter, file: string, path: readonly PropertyKey[]): SourcePlace {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  const pair = isMap(parent)
    ? (parent as YAMLMap).items.find((item: Pair) => isScalar(item.key) && String(item.key.value) === String(path.at(-1)))
    : undefined
  const start = (pair?.key as Node | undefined)?.range?.[0]
  return start === undefined ? place(document, lines, file, path) : position(lines, file, start)
}

function position(lines: LineCounter, file: string, offset: number): SourcePlace {
  const { line, col } = lines.linePos(offset)
  return { file, line, column: col }
}
