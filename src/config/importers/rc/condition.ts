import { constants } from './constants.ts'
import type { Macros } from './preprocess.ts'
import { deepest, syntaxError } from './tokens.ts'

/**
 * The condition of an `#if`: numbers, defined(NAME), ! && || == != < > <= >= and brackets. A name that is nothing is 0.
 * @throws IMPORT_RC_SYNTAX
 */
export function isTrueCondition(text: string, macros: Macros, file: string, line: number): boolean {
  const words = text.match(/defined|[A-Za-z_]\w*|0x[0-9a-f]+|\d+[lu]*|&&|\|\||[=!<>]=|[!<>()]|\S/gi) ?? []
  let index = 0
  let depth = 0
  const fail = (): never => {
    const shown = text.trim()
    throw syntaxError(file, { line }, `the condition "${shown.length > 80 ? `${shown.slice(0, 79)}…` : shown}" cannot be read`)
  }
  const level =
    (operators: readonly string[], next: () => number, apply: (operator: string, left: number, right: number) => boolean) => (): number => {
      let value = next()
      while (operators.includes(words[index] ?? '')) {
        const operator = words[index++]!
        const right = next()
        value = Number(apply(operator, value, right))
      }
      return value
    }
  const primary = (): number => {
    const word = words[index++] ?? fail()
    if (word === '!') return Number(inner(primary) === 0)
    if (word === '(') {
      const value = inner(either)
      return words[index++] === ')' ? value : fail()
    }
    if (word === 'defined') {
      const name = words[index] === '(' ? (words[index + 2] === ')' ? words[(index += 3) - 2] : fail()) : words[index++]
      return Number(macros.has(name ?? fail()))
    }
    if (/^\d/.test(word)) return Number.parseInt(word, /^0x/i.test(word) ? 16 : 10)
    return /^[A-Za-z_]/.test(word) ? valueOf(word, macros) : fail()
  }
  const inner = (read: () => number): number => {
    if (++depth > deepest) throw syntaxError(file, { line }, 'the condition is nested too deeply')
    const value = read()
    depth--
    return value
  }
  const compared = level(['==', '!=', '<', '>', '<=', '>='], primary, compare)
  const both = level(['&&'], compared, (_, left, right) => left !== 0 && right !== 0)
  const either: () => number = level(['||'], both, (_, left, right) => left !== 0 || right !== 0)
  const value = either()
  return index < words.length ? fail() : value !== 0
}

function compare(operator: string, left: number, right: number): boolean {
  if (operator === '==') return left === right
  if (operator === '!=') return left !== right
  if (operator === '<') return left < right
  if (operator === '>') return left > right
  return operator === '<=' ? left <= right : left >= right
}

function valueOf(name: string, macros: Macros): number {
  const [only, ...others] = macros.get(name) ?? []
  if (only?.kind === 'number' && others.length === 0) return Number.parseInt(only.text, /^0x/i.test(only.text) ? 16 : 10)
  return constants[name] ?? 0
}
