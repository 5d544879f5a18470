import { constants } from './constants.ts'
import { deepest, syntaxError, type Token } from './tokens.ts'

/** How far a list of tokens was read. */
export interface TokenCursor {
  readonly tokens: readonly Token[]
  index: number
  readonly file: string
}

export const peek = (cursor: TokenCursor): Token | undefined => cursor.tokens[cursor.index]

/** Where to say that something is missing. */
export const placeOf = (cursor: TokenCursor): { line: number; column: number } =>
  peek(cursor) ?? cursor.tokens.at(-1) ?? { line: 1, column: 1 }

/**
 * A number, or several with | & + - ~ ( ) and constants of Windows.
 * @throws IMPORT_RC_SYNTAX
 */
export function expression(cursor: TokenCursor, depth = 0): number {
  let value = operand(cursor, depth)
  for (;;) {
    const sign = peek(cursor)
    if (sign?.kind !== 'sign' || !'|&+-'.includes(sign.text)) return value
    cursor.index++
    const right = operand(cursor, depth)
    if (sign.text === '|') value = (value | right) >>> 0
    else if (sign.text === '&') value = (value & right) >>> 0
    else value = sign.text === '+' ? value + right : value - right
  }
}

function operand(cursor: TokenCursor, depth: number): number {
  const token = peek(cursor)
  if (depth > deepest) throw syntaxError(cursor.file, placeOf(cursor), 'this number is nested too deeply')
  const fail = (): never => {
    throw syntaxError(
      cursor.file,
      placeOf(cursor),
      token === undefined ? 'a number is missing here' : `"${token.raw}" is no number and no constant of Windows`,
    )
  }
  if (token === undefined) return fail()
  cursor.index++
  if (token.kind === 'number')
    return Number.parseInt(token.text.replace(/[lu]+$/i, ''), /^0x/i.test(token.text) ? 16 : /^0\d/.test(token.text) ? 8 : 10)
  if (token.kind === 'word' && Object.hasOwn(constants, token.text)) return constants[token.text]!
  if (token.text === '~') return ~operand(cursor, depth + 1) >>> 0
  if (token.text === '-') return -operand(cursor, depth + 1)
  // Some write `NOT value`: the value's bits are taken away.
  if (token.text !== '(') {
    cursor.index--
    return fail()
  }
  const value = expression(cursor, depth + 1)
  if (peek(cursor)?.text !== ')') throw syntaxError(cursor.file, placeOf(cursor), 'a ) is missing here')
  cursor.index++
  return value
}
