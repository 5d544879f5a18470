const simpleEscapes: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92, "'": 39, '"': 34 }
const escape = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|([abfnrtv\\'"]))/y

/** Undoes Go's strconv.Quote; text that is not quoted comes back as it is, undefined means a broken quotation. */
export function unquoteGo(text: string): string | undefined {
  const quote = text[0]
  if (quote !== '"' && quote !== '`') return text
  if (text.length < 2 || !text.endsWith(quote)) return undefined
  const inner = text.slice(1, -1)
  if (quote === '`') return inner.includes('`') ? undefined : inner
  const parts: Buffer[] = []
  for (let at = 0; at < inner.length;) {
    const next = inner.indexOf('\\', at)
    const plain = inner.slice(at, next < 0 ? undefined : next)
    if (plain.includes('"')) return undefined
    parts.push(Buffer.from(plain))
    if (next < 0) break
    escape.lastIndex = next
    const match = escape.exec(inner)
    const bytes = match === null ? undefined : escapedBytes(match)
    if (bytes === undefined) return undefined
    parts.push(bytes)
    at = escape.lastIndex
  }
  return Buffer.concat(parts).toString('utf8')
}

function escapedBytes([, hex, short, long, octal, simple]: RegExpExecArray): Buffer | undefined {
  if (simple !== undefined) return Buffer.from([simpleEscapes[simple]!])
  if (hex !== undefined) return Buffer.from([Number.parseInt(hex, 16)])
  if (octal !== undefined) return Buffer.from([Number.parseInt(octal, 8) & 0xff])
  const point = Number.parseInt(short ?? long!, 16)
  return point > 0x10ffff ? undefined : Buffer.from(String.fromCodePoint(point))
}
