import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseAllDocuments,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLParseError,
} from 'yaml'
import { importError } from '../../errors/import.ts'
import { deepPlace, troubleIn } from '../yaml-trouble.ts'

/** Where a node stands; for the value of a key, where the key does. Lines and columns count from 1. */
interface Placed {
  /** `builds[0].ldflags[1]`; empty for the whole. */
  readonly path: string
  readonly line: number
  readonly column: number
  readonly lastLine: number
}

export interface MapTree extends Placed {
  readonly kind: 'map'
  readonly entries: ReadonlyMap<string, Tree>
}

export interface ListTree extends Placed {
  readonly kind: 'list'
  readonly items: readonly Tree[]
}

export interface TextTree extends Placed {
  readonly kind: 'text'
  /** As it is written: `386` and `"386"` are the same, as they are to programs that want a text. Empty for null. */
  readonly text: string
  readonly isNull: boolean
}

/** A YAML or JSON document with aliases and merge keys put in, each node with its place. */
export type Tree = MapTree | ListTree | TextTree

export interface SourceDocument {
  readonly root: Tree
  /** Line at which a second document begins. */
  readonly second?: number
}

/**
 * Reads YAML as GoReleaser does: merge keys count, of several documents the first.
 * @throws IMPORT_SYNTAX
 */
export function readYaml(text: string, file: string): SourceDocument {
  return read(text, file, true)
}

/** Reads JSON; of a key that stands twice the last counts, as in Go. @throws IMPORT_SYNTAX */
export function readJson(text: string, file: string): SourceDocument {
  return read(text, file, false)
}

function read(text: string, file: string, uniqueKeys: boolean, indented = 0): SourceDocument {
  const lines = new LineCounter()
  const fail = (offset: number, message: string): never => {
    const { line, col } = lines.linePos(offset)
    throw importError('IMPORT_SYNTAX', { message: `${file}:${line}:${col}: ${message}.`, at: { file, line, column: col } })
  }
  try {
    const options = { lineCounter: lines, uniqueKeys, prettyErrors: false, strict: true, version: '1.2', logLevel: 'error' } as const
    const parsed = parseAllDocuments(text, options)
    const documents = Array.isArray(parsed) ? parsed : []
    const [first, second] = documents
    const problem = first?.errors[0]
    if (problem !== undefined && indented < lineLimit) {
      const found = readDeeper(text, problem, file, uniqueKeys, indented)
      if (found !== undefined) return found
    }
    if (problem?.message.includes('call stack')) throw new RangeError(problem.message)
    if (problem !== undefined) fail(problem.pos[0], problem.message.replace(/\s+at line \d+.*$/s, '').replace(/\.$/, ''))
    if (first === undefined || first.contents === null) return { root: emptyMap }
    const trouble = troubleIn(first)
    if (trouble !== undefined) fail(trouble.offset, trouble.message)
    const build = builder(first, lines)
    const root = build(first.contents, '', first.contents.range?.[0] ?? 0)
    return second === undefined ? { root } : { root, second: lines.linePos(second.range[0]).line }
  } catch (error) {
    // The parser calls itself for each level.
    if (error instanceof RangeError) return fail(deepPlace(text), 'the groups and lists in it are nested too deeply')
    throw error
  }
}

const lineLimit = 100
const deeper = ' '.repeat(16)

/**
 * GoReleaser's YAML takes a quoted text whose next line stands no deeper than its key; the specification does not.
 * Blanks at the beginning of such a line count for nothing, so it is moved. Undefined where that is not the trouble.
 */
function readDeeper(
  text: string,
  { code, message, pos }: YAMLParseError,
  file: string,
  uniqueKeys: boolean,
  indented: number,
): SourceDocument | undefined {
  if (code !== 'MISSING_CHAR' || !/closing ['"]quote/.test(message)) return undefined
  const next = text.indexOf('\n', pos[0]) + 1
  if (next === 0 || text.startsWith(deeper, next)) return undefined
  try {
    return read(text.slice(0, next) + deeper + text.slice(next), file, uniqueKeys, indented + 1)
  } catch {
    // The first trouble is the one to tell.
    return undefined
  }
}

const emptyMap: MapTree = { kind: 'map', path: '', line: 1, column: 1, lastLine: 1, entries: new Map() }

type Build = (node: Node | null, path: string, start: number) => Tree

function builder(document: Document.Parsed, lines: LineCounter): Build {
  const build: Build = (node, path, start) => {
    const target = isAlias(node) ? (node.resolve(document) ?? null) : node
    const { line, col } = lines.linePos(start)
    // An alias ends where it stands, not where its anchor does.
    const end = node?.range?.[1] ?? start
    const place = { path, line, column: col, lastLine: Math.max(line, lines.linePos(Math.max(start, end - 1)).line) }
    if (isMap(target)) {
      const entries = new Map<string, Tree>()
      for (const [key, { value, offset }] of pairsOf(target, document))
        entries.set(key, build(value, path === '' ? key : `${path}.${key}`, offset))
      return { kind: 'map', ...place, entries }
    }
    if (isSeq(target)) {
      const items = target.items.map((item, index) => build(item as Node, `${path}[${index}]`, (item as Node | null)?.range?.[0] ?? start))
      return { kind: 'list', ...place, items }
    }
    if (!isScalar(target) || target.value === null) return { kind: 'text', ...place, text: '', isNull: true }
    const text = typeof target.value === 'string' ? target.value : (target.source ?? String(target.value))
    return { kind: 'text', ...place, text, isNull: false }
  }
  return build
}

interface Found {
  readonly value: Node | null
  readonly offset: number
}

/** The keys of a map; those merged in with `<<` come after its own and never win. */
function pairsOf(map: YAMLMap, document: Document.Parsed): Map<string, Found> {
  const own = new Map<string, Found>()
  const merged = new Map<string, Found>()
  for (const pair of map.items as Pair<Node, Node | null>[]) {
    const key = isScalar(pair.key) ? String(pair.key.source ?? pair.key.value) : ''
    if (key !== '<<') {
      own.set(key, { value: pair.value, offset: pair.key.range?.[0] ?? 0 })
      continue
    }
    const value = isAlias(pair.value) ? pair.value.resolve(document) : pair.value
    for (const source of isSeq(value) ? value.items : [value]) {
      const target = isAlias(source) ? source.resolve(document) : source
      if (!isMap(target)) continue
      for (const [name, found] of pairsOf(target, document)) if (!merged.has(name)) merged.set(name, found)
    }
  }
  for (const [name, found] of merged) if (!own.has(name)) own.set(name, found)
  return own
}

/** The value of a key; undefined where it is absent or null. */
export function at(tree: Tree | undefined, key: string): Tree | undefined {
  const found = tree?.kind === 'map' ? tree.entries.get(key) : undefined
  return found?.kind === 'text' && found.isNull ? undefined : found
}

/** The text of a key's value, where it is one. */
export function textAt(tree: Tree | undefined, key: string): TextTree | undefined {
  const found = at(tree, key)
  return found?.kind === 'text' ? found : undefined
}

/** The items of a list; a single text counts as a list of one, as GoReleaser takes it. */
export function itemsOf(tree: Tree | undefined): readonly Tree[] {
  if (tree === undefined) return []
  return tree.kind === 'list' ? tree.items : [tree]
}

export const textsOf = (tree: Tree | undefined): TextTree[] => itemsOf(tree).filter((item): item is TextTree => item.kind === 'text')

/** A boolean as Go's YAML reads it. */
export const isTrue = (tree: Tree | undefined): boolean => tree?.kind === 'text' && /^(true|yes|on|y)$/i.test(tree.text)
