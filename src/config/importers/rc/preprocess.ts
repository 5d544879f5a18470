import { importError } from '../../../errors/import.ts'
import { isTrueCondition } from './condition.ts'
import { knownHeaders, predefined } from './constants.ts'
import { deepest, syntaxError, tokenLines, type Token, type TokenLine } from './tokens.ts'
import type { RcLine } from './decode.ts'

/** Constants by name; undefined for a macro with arguments. */
export type Macros = Map<string, readonly Token[] | undefined>

/**
 * Obeys the directives: constants are put in, branches that do not hold left out.
 * @throws IMPORT_RC_SYNTAX, IMPORT_RC_INCLUDE
 */
export function preprocess(lines: readonly RcLine[], file: string): Token[] {
  const macros: Macros = new Map(predefined.map((name) => [name, []]))
  const out: Token[] = []
  // One entry for each open #if: whether its present branch holds, and whether one did before.
  const open: { holds: boolean; done: boolean; readonly line: number }[] = []
  const active = (): boolean => open.every(({ holds }) => holds)
  for (const line of tokenLines(lines, file)) {
    if (line.directive === undefined) {
      if (active()) out.push(...expand(line.tokens, macros, new Set(), file))
      continue
    }
    const [, name = '', rest = ''] = /^#\s*(\w*)\s*(.*)$/s.exec(line.directive) ?? []
    if (/^(if|ifdef|ifndef)$/.test(name)) {
      const holds = active() && holdsAt(name, rest, macros, file, line)
      open.push({ holds, done: holds, line: line.number })
    } else if (name === 'elif' || name === 'else') {
      const last = open.at(-1)
      if (last === undefined) throw syntaxError(file, { line: line.number }, `#${name} stands without #if`)
      const outer = open.slice(0, -1).every(({ holds }) => holds)
      last.holds = outer && !last.done && (name === 'else' || isTrueCondition(rest, macros, file, line.number))
      last.done ||= last.holds
    } else if (name === 'endif') {
      if (open.pop() === undefined) throw syntaxError(file, { line: line.number }, '#endif stands without #if')
    } else if (active()) obey(name, rest, line, macros, file)
  }
  const [unclosed] = open
  if (unclosed !== undefined) throw syntaxError(file, unclosed, 'this #if has no #endif')
  return out
}

function holdsAt(name: string, rest: string, macros: Macros, file: string, { number }: TokenLine): boolean {
  if (name === 'if') return isTrueCondition(rest, macros, file, number)
  return macros.has(rest.trim()) === (name === 'ifdef')
}

function obey(name: string, rest: string, { number }: TokenLine, macros: Macros, file: string): void {
  if (name === 'include') return include(rest, number, file)
  if (name === 'define') return define(rest, number, macros, file)
  if (name === 'undef') return void macros.delete(rest.trim())
  if (name === 'error') throw syntaxError(file, { line: number }, `#error: ${rest.trim()}`)
  // Pragmas of code pages were obeyed when the lines were decoded; others are for compilers.
  if (['pragma', 'line', 'warning', ''].includes(name)) return undefined
  throw syntaxError(file, { line: number }, `there is no directive #${name}`)
}

function include(rest: string, line: number, file: string): void {
  const name = /^["<](.+)[">]$/.exec(rest.trim())?.[1] ?? rest.trim()
  if (knownHeaders.has(name.replaceAll('\\', '/').split('/').at(-1)!.toLowerCase()) && !/[\\/]/.test(name)) return
  throw importError('IMPORT_RC_INCLUDE', {
    message: `${file}:${line}: it includes ${name}, which is no header of Windows.`,
    at: { file, line },
  })
}

function define(rest: string, line: number, macros: Macros, file: string): void {
  const [, name, args, value = ''] = /^([A-Za-z_]\w*)(\()?\s*(.*)$/s.exec(rest.trim()) ?? []
  if (name === undefined) throw syntaxError(file, { line }, '#define has no name')
  if (args !== undefined) return void macros.set(name, undefined)
  const [only] = tokenLines([{ number: line, text: value }], file)
  return void macros.set(name, only?.tokens ?? [])
}

/** What one line may come to: constants that double each other fill the memory. */
const mostTokens = 10_000

/** Puts constants in, also those that stand for others. */
function expand(tokens: readonly Token[], macros: Macros, within: ReadonlySet<string>, file: string): Token[] {
  const out: Token[] = []
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!
    if (token.kind !== 'word' || !macros.has(token.text) || within.has(token.text)) {
      out.push(token)
      continue
    }
    const value = macros.get(token.text)
    if (value !== undefined) {
      const { line, column } = token
      const inner = within.size > deepest ? undefined : expand(value, macros, new Set([...within, token.text]), file)
      if (inner === undefined || out.length + inner.length > mostTokens)
        throw syntaxError(file, token, `the constant ${token.text} stands for more than can be read`)
      out.push(...inner.map((part) => ({ ...part, line, column })))
    } else if (tokens[index + 1]?.text === '(') {
      const end = closing(tokens, index + 1)
      if (end === undefined) throw syntaxError(file, token, `the arguments of ${token.text} are not closed with )`)
      out.push({
        ...token,
        kind: 'call',
        raw: tokens
          .slice(index, end + 1)
          .map(({ raw }) => raw)
          .join(''),
      })
      index = end
    } else out.push(token)
  }
  return out
}

function closing(tokens: readonly Token[], start: number): number | undefined {
  let depth = 0
  for (let index = start; index < tokens.length; index++) {
    if (tokens[index]!.text === '(') depth++
    if (tokens[index]!.text === ')' && --depth === 0) return index
  }
  return undefined
}
