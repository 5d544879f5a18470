import { importError } from '../../../errors/import.ts'
import type { RcLine } from './decode.ts'

/** A word of a resource script. `call` is a macro with arguments, which is not expanded. */
export interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'sign' | 'call'
  readonly text: string
  readonly line: number
  readonly column: number
  /** As it is written, for file names. */
  readonly raw: string
}

export const isBegin = ({ kind, text }: Token): boolean => kind !== 'string' && (text === '{' || text.toUpperCase() === 'BEGIN')
export const isEnd = ({ kind, text }: Token): boolean => kind !== 'string' && (text === '}' || text.toUpperCase() === 'END')

/** How deep groups, conditions and constants may be nested: far more than anybody writes. */
export const deepest = 100

/** A line without its comments: a directive, or tokens. */
export interface TokenLine {
  readonly number: number
  readonly directive?: string
  readonly tokens: readonly Token[]
}

/** @throws IMPORT_RC_SYNTAX */
export function tokenLines(lines: readonly RcLine[], file: string): TokenLine[] {
  const state = { comment: undefined as { line: number; column: number } | undefined }
  const found = joined(lines).map((line) => tokensOf(line, state, file))
  if (state.comment !== undefined) throw syntaxError(file, state.comment, 'this comment is not closed with */')
  return found
}

export const syntaxError = (file: string, { line, column }: { line: number; column?: number }, message: string): Error =>
  importError('IMPORT_RC_SYNTAX', {
    message: `${[file, line, column].filter((part) => part !== undefined).join(':')}: ${message}.`,
    at: column === undefined ? { file, line } : { file, line, column },
  })

/** A backslash at the end of a line joins it with the next. */
function joined(lines: readonly RcLine[]): RcLine[] {
  const found: RcLine[] = []
  let open: RcLine | undefined
  for (const line of lines) {
    const text = open === undefined ? line.text : open.text.slice(0, -1) + line.text
    const number = open?.number ?? line.number
    if (text.endsWith('\\')) open = { number, text }
    else {
      found.push({ number, text })
      open = undefined
    }
  }
  return open === undefined ? found : [...found, open]
}

interface State {
  comment: { line: number; column: number } | undefined
}

function tokensOf({ number, text }: RcLine, state: State, file: string): TokenLine {
  const tokens: Token[] = []
  const add = (kind: Token['kind'], start: number, end: number, value = text.slice(start, end)): number => {
    tokens.push({ kind, text: value, line: number, column: start + 1, raw: text.slice(start, end) })
    return end
  }
  for (let index = 0; index < text.length;) {
    if (state.comment !== undefined) {
      const end = text.indexOf('*/', index)
      if (end < 0) break
      state.comment = undefined
      index = end + 2
      continue
    }
    const rest = text.slice(index)
    if (rest.startsWith('//')) break
    if (rest.startsWith('/*')) {
      state.comment = { line: number, column: index + 1 }
      index += 2
    } else if (/^\s/.test(rest)) index++
    else if (rest[0] === '#' && tokens.length === 0) {
      const directive = withoutComments(rest, state, number, index)
      return { number, directive: directive.trim(), tokens }
    } else if (/^L?"/.test(rest)) index = string(text, index, number, file, add)
    else {
      const word = /^[\p{L}_][\p{L}\p{N}_.]*/u.exec(rest)?.[0]
      const digits = /^(?:0x[0-9a-f]+|\d+)(?:[lu]*)(?![\p{L}\p{N}_])/iu.exec(rest)?.[0]
      index =
        word !== undefined
          ? add('word', index, index + word.length)
          : digits !== undefined
            ? add('number', index, index + digits.length)
            : add('sign', index, index + 1)
    }
  }
  return { number, tokens }
}

/** A directive ends where a comment begins; quotes hide what looks like one. */
function withoutComments(text: string, state: State, line: number, column: number): string {
  let out = ''
  const scan = /"(?:[^"\\]|\\.)*"?|\/\/.*|\/\*(?:.*?\*\/)?|./gs
  for (const { 0: piece, index } of text.matchAll(scan)) {
    if (piece.startsWith('//')) break
    if (piece === '/*') {
      state.comment = { line, column: column + index + 1 }
      break
    }
    out += piece.startsWith('/*') ? ' ' : piece
  }
  return out
}

function string(
  text: string,
  start: number,
  line: number,
  file: string,
  add: (kind: Token['kind'], start: number, end: number, value?: string) => number,
): number {
  let index = start + (text[start] === 'L' ? 2 : 1)
  const wide = text[start] === 'L'
  let value = ''
  for (;;) {
    const character = text[index]
    if (character === undefined) throw syntaxError(file, { line, column: start + 1 }, 'this text is not closed with "')
    if (character === '"') {
      if (text[index + 1] !== '"') return add('string', start, index + 1, value)
      value += '"'
      index += 2
    } else if (character === '\\') {
      const { length, result } = escape(text.slice(index + 1), wide)
      value += result
      index += 1 + length
    } else {
      value += character
      index++
    }
  }
}

/** Escapes of resource scripts (learn.microsoft.com, "STRINGTABLE resource"); one that is none stands for itself. */
function escape(rest: string, wide: boolean): { length: number; result: string } {
  const simple: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\b', '"': '"', '\\': '\\' }
  const hex = (wide ? /^x([0-9a-f]{1,4})/i : /^x([0-9a-f]{1,2})/i).exec(rest)
  if (hex !== null) return { length: hex[0].length, result: String.fromCharCode(Number.parseInt(hex[1]!, 16)) }
  const octal = (wide ? /^[0-7]{1,7}/ : /^[0-7]{1,3}/).exec(rest)?.[0]
  if (octal !== undefined) return { length: octal.length, result: String.fromCharCode(Number.parseInt(octal, 8)) }
  const [first = ''] = rest
  if (Object.hasOwn(simple, first)) return { length: 1, result: simple[first]! }
  return { length: 0, result: '\\' }
}
