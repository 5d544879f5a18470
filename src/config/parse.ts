import type { Document, LineCounter, Node, Pair, YAMLMap } from 'yaml'
import { isMap, isScalar, LineCounter as Counter, parseDocument } from 'yaml'
import { configError } from '../errors/config.ts'
import type { SourcePlace } from '../errors/gopack-error.ts'
import { deepPlace, troubleIn } from './yaml-trouble.ts'

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
  const document = compose(text, file, lines)
  const root = file.endsWith('package.json') ? ['gopack'] : []
  const value: unknown = document.toJS({ maxAliasCount: -1 })
  return {
    value: (root.length === 0 ? value : (value as Record<string, unknown> | null)?.['gopack']) ?? {},
    placeOf: (path) => place(document, lines, file, [...root, ...path]),
    placeOfKey: (path) => keyPlace(document, lines, file, [...root, ...path]),
  }
}

function compose(text: string, file: string, lines: LineCounter): Document.Parsed {
  const fail = (offset: number, message: string, code: 'CONFIG_SYNTAX' | 'CONFIG_DUPLICATE_KEY' = 'CONFIG_SYNTAX'): never => {
    const at = position(lines, file, offset)
    throw configError(code, { message: `${file}:${at.line}:${at.column}: ${message}.`, at })
  }
  const tooDeep = (): never => fail(deepPlace(text), 'the groups and lists in it are nested too deeply')
  try {
    const options = { lineCounter: lines, uniqueKeys: true, prettyErrors: false, strict: true, version: '1.2', logLevel: 'error' } as const
    const document = parseDocument(text, options)
    const [problem] = document.errors
    if (problem?.code === 'DUPLICATE_KEY') fail(problem.pos[0], 'this key stands here a second time', 'CONFIG_DUPLICATE_KEY')
    if (problem?.code === 'MULTIPLE_DOCS') fail(problem.pos[0], 'a second document begins here; gopack reads one')
    if (problem?.message.includes('call stack')) tooDeep()
    if (problem !== undefined) fail(problem.pos[0], problem.message.replace(/\s+at line \d+.*$/s, '').replace(/\.$/, ''))
    const trouble = troubleIn(document)
    if (trouble !== undefined) fail(trouble.offset, trouble.message)
    return document
  } catch (error) {
    // The parser calls itself for each level.
    if (error instanceof RangeError) return tooDeep()
    throw error
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
