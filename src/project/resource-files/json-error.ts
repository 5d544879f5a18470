const space = /[ \t\r\n]*/y
const scalar = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const text = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y

class Stop {
  readonly offset: number
  constructor(offset: number) {
    this.offset = offset
  }
}

/** Where a text stops being JSON, in characters from its start. Node's own messages often do not say. */
export function jsonErrorOffset(json: string): number {
  try {
    return skip(json, value(json, skip(json, 0)))
  } catch (error) {
    if (error instanceof Stop) return error.offset
    if (error instanceof RangeError) return 0 // nested too deeply to follow
    throw error
  }
}

function value(json: string, offset: number): number {
  if (json[offset] === '{')
    return members(json, offset, '}', (at) => value(json, skip(json, expect(json, skip(json, match(json, at, text)), ':'))))
  if (json[offset] === '[') return members(json, offset, ']', (at) => value(json, at))
  return match(json, offset, scalar)
}

function members(json: string, start: number, close: string, member: (offset: number) => number): number {
  let offset = skip(json, start + 1)
  if (json[offset] === close) return offset + 1
  for (;;) {
    offset = skip(json, member(offset))
    if (json[offset] === close) return offset + 1
    offset = skip(json, expect(json, offset, ','))
  }
}

function match(json: string, offset: number, pattern: RegExp): number {
  pattern.lastIndex = offset
  if (!pattern.test(json)) throw new Stop(offset)
  return pattern.lastIndex
}

const skip = (json: string, offset: number): number => match(json, offset, space)

function expect(json: string, offset: number, character: string): number {
  if (json[offset] !== character) throw new Stop(offset)
  return offset + 1
}
