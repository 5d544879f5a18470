import { expression, peek, placeOf, type TokenCursor } from './expression.ts'
import { isBegin, isEnd, syntaxError, type Token } from './tokens.ts'
import { versionInfo, type VersionStatement } from './version-info.ts'

/** A statement of a resource script. */
export type Statement =
  | { readonly kind: 'file'; readonly name: Token; readonly type: Token; readonly path: string; readonly at: Token }
  | { readonly kind: 'block'; readonly name: Token; readonly type: Token; readonly lastLine: number }
  | { readonly kind: 'version'; readonly name: Token; readonly statements: readonly VersionStatement[] }
  | { readonly kind: 'language'; readonly at: Token; readonly language: number }
  | { readonly kind: 'other'; readonly at: Token; readonly text: string }

const memory = new Set(['PRELOAD', 'LOADONCALL', 'FIXED', 'MOVEABLE', 'DISCARDABLE', 'PURE', 'IMPURE', 'SHARED', 'NONSHARED'])
const withoutName = new Set(['STRINGTABLE', 'LANGUAGE', 'CHARACTERISTICS', 'VERSION'])

/**
 * Reads the statements of a script (learn.microsoft.com, "Resource-definition statements").
 * @throws IMPORT_RC_SYNTAX
 */
export function readScript(tokens: readonly Token[], file: string): Statement[] {
  const cursor: TokenCursor = { tokens, index: 0, file }
  const statements: Statement[] = []
  while (peek(cursor) !== undefined) statements.push(statement(cursor))
  return statements
}

function statement(cursor: TokenCursor): Statement {
  const name = cursor.tokens[cursor.index++]!
  const word = name.text.toUpperCase()
  if (name.kind === 'word' && withoutName.has(word)) {
    if (word === 'LANGUAGE') return { kind: 'language', at: name, language: language(cursor) }
    if (word === 'STRINGTABLE') return block(name, name, cursor)
    expression(cursor)
    return { kind: 'other', at: name, text: word }
  }
  const type = peek(cursor)
  if (name.kind === 'sign' || type === undefined || type.kind === 'sign' || type.kind === 'string')
    throw syntaxError(cursor.file, name, `"${name.raw}" begins no statement: NAME and TYPE of a resource are expected`)
  cursor.index++
  if (type.text.toUpperCase() === 'VERSIONINFO' || type.text === '16') {
    skipOptions(cursor)
    return { kind: 'version', name, statements: versionInfo(cursor) }
  }
  skipOptions(cursor)
  const next = peek(cursor)
  if (next === undefined) throw syntaxError(cursor.file, type, 'a file or BEGIN is missing here')
  if (isBegin(next) || next.kind === 'number' || next.line !== type.line) return block(name, type, cursor)
  return { kind: 'file', name, type, ...path(cursor), at: next }
}

/** LANGUAGE language, sublanguage → the number Windows gives both. */
function language(cursor: TokenCursor): number {
  const main = expression(cursor)
  if (peek(cursor)?.text !== ',') throw syntaxError(cursor.file, placeOf(cursor), 'LANGUAGE takes two numbers with a comma between')
  cursor.index++
  return (expression(cursor) << 10) | main
}

function skipOptions(cursor: TokenCursor): void {
  for (let token = peek(cursor); token?.kind === 'word'; token = peek(cursor)) {
    const word = token.text.toUpperCase()
    if (memory.has(word)) cursor.index++
    else if (word === 'LANGUAGE') {
      cursor.index++
      language(cursor)
    } else if (word === 'CHARACTERISTICS' || word === 'VERSION') {
      cursor.index++
      expression(cursor)
    } else return
  }
}

/** A file name in quotes, or all that stands there up to a blank. */
function path(cursor: TokenCursor): { path: string } {
  const first = cursor.tokens[cursor.index++]!
  if (first.kind === 'string') return { path: first.raw.replace(/^L?"|"$/g, '').replaceAll('\\\\', '\\') }
  let text = first.raw
  for (
    let last = first, next = peek(cursor);
    next !== undefined && next.line === last.line && next.column === last.column + last.raw.length;
    next = peek(cursor)
  ) {
    text += next.raw
    last = next
    cursor.index++
  }
  return { path: text }
}

/** Passes over everything up to the end of the block that follows. */
function block(name: Token, type: Token, cursor: TokenCursor): Statement {
  let depth = 0
  for (let token = peek(cursor); token !== undefined; token = peek(cursor)) {
    cursor.index++
    if (isBegin(token)) depth++
    if (isEnd(token) && --depth === 0) return { kind: 'block', name, type, lastLine: token.line }
    if (depth < 0) throw syntaxError(cursor.file, token, 'END stands without BEGIN')
  }
  throw syntaxError(cursor.file, type, depth === 0 ? 'BEGIN is missing after this' : 'this block has no END')
}
