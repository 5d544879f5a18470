import { expression, peek, placeOf, type TokenCursor } from './expression.ts'
import { deepest, isBegin, isEnd, syntaxError, type Token } from './tokens.ts'

/** A line of a VERSIONINFO resource. */
export type VersionStatement =
  | { readonly kind: 'numbers'; readonly at: Token; readonly name: string; readonly numbers: readonly number[] | undefined }
  | {
      readonly kind: 'string'
      readonly at: Token
      readonly table: string
      readonly name: string
      readonly text: string | undefined
      readonly raw: string
    }
  | { readonly kind: 'translation'; readonly at: Token; readonly numbers: readonly number[] }
  | { readonly kind: 'other'; readonly at: Token; readonly path: string; readonly lastLine: number }

/** What stands after the word VERSIONINFO. @throws IMPORT_RC_SYNTAX */
export function versionInfo(cursor: TokenCursor): VersionStatement[] {
  const found: VersionStatement[] = []
  for (;;) {
    const token = next(cursor, 'VERSIONINFO has no BEGIN')
    if (isBegin(token)) break
    if (token.kind !== 'word') throw syntaxError(cursor.file, token, `"${token.raw}" is no statement of VERSIONINFO`)
    const name = token.text.toUpperCase()
    if (!/^(FILE|PRODUCT)VERSION$|^FILE(FLAGSMASK|FLAGS|OS|TYPE|SUBTYPE)$/.test(name))
      throw syntaxError(cursor.file, token, `VERSIONINFO has no statement ${token.raw}`)
    found.push({ kind: 'numbers', at: token, name, numbers: numbers(cursor) })
  }
  blocks(cursor, [], found)
  return found
}

function next(cursor: TokenCursor, missing: string): Token {
  const token = peek(cursor)
  if (token === undefined) throw syntaxError(cursor.file, placeOf(cursor), missing)
  cursor.index++
  return token
}

/** Numbers with commas between; undefined where a macro with arguments stands. */
function numbers(cursor: TokenCursor): number[] | undefined {
  const found: number[] = []
  for (;;) {
    if (peek(cursor)?.kind === 'call') {
      cursor.index++
      while (peek(cursor)?.text === ',' || (found.length > 0 && peek(cursor)?.kind === 'number')) cursor.index++
      return undefined
    }
    found.push(expression(cursor))
    if (peek(cursor)?.text !== ',') return found
    cursor.index++
  }
}

/** The lines up to END. @param path names of the blocks around */
function blocks(cursor: TokenCursor, path: readonly string[], found: VersionStatement[]): void {
  for (;;) {
    const token = next(cursor, 'a block of VERSIONINFO has no END')
    if (isEnd(token)) return
    const word = token.text.toUpperCase()
    if (token.kind === 'word' && word === 'BLOCK') {
      if (path.length > deepest) throw syntaxError(cursor.file, token, 'blocks are nested too deeply here')
      const name = next(cursor, 'BLOCK has no name')
      if (name.kind !== 'string') throw syntaxError(cursor.file, name, 'the name of a BLOCK stands in quotes')
      const begin = next(cursor, 'BLOCK has no BEGIN')
      if (!isBegin(begin)) throw syntaxError(cursor.file, begin, 'BEGIN is missing here')
      blocks(cursor, [...path, name.text], found)
    } else if (token.kind === 'word' && word === 'VALUE') value(cursor, path, token, found)
    else throw syntaxError(cursor.file, token, `"${token.raw}" is neither BLOCK nor VALUE`)
  }
}

function value(cursor: TokenCursor, path: readonly string[], at: Token, found: VersionStatement[]): void {
  const key = next(cursor, 'VALUE has no name')
  if (key.kind !== 'string') throw syntaxError(cursor.file, key, 'the name of a VALUE stands in quotes')
  const kind = path[0]?.toLowerCase()
  const parts: Token[] = []
  if (kind === 'varfileinfo' && key.text.toLowerCase() === 'translation' && peek(cursor)?.text === ',') {
    cursor.index++
    const pair = numbers(cursor)
    found.push({ kind: 'translation', at, numbers: pair ?? [] })
    return
  }
  // Texts side by side are one text; commas may stand between or not.
  for (
    let token = peek(cursor);
    token !== undefined && (token.text === ',' || ['string', 'number', 'call', 'word'].includes(token.kind));
    token = peek(cursor)
  ) {
    if (token.kind === 'word' && (isEnd(token) || /^(VALUE|BLOCK)$/i.test(token.text))) break
    if (token.kind !== 'string' && token.kind !== 'call' && token.text !== ',' && token.kind !== 'number')
      throw syntaxError(cursor.file, token, `"${token.raw}" is no text; a #define for it is missing`)
    cursor.index++
    if (token.text !== ',' || token.kind === 'string') parts.push(token)
  }
  const raw = parts.map((part) => part.raw).join(' ')
  if (kind !== 'stringfileinfo' || path.length !== 2) {
    found.push({ kind: 'other', at, path: [...path, key.text].join('.'), lastLine: at.line })
    return
  }
  const text = parts.every((part) => part.kind === 'string') ? parts.map((part) => part.text).join('') : undefined
  found.push({ kind: 'string', at, table: path[1]!, name: key.text, text, raw })
}
