/** What the linker's -X can do with a package-level name. */
export type Settable =
  /** `var name string`, or a constant initial value */
  | 'yes'
  /** not declared, not a variable, or not a string */
  | 'no'
  /** initialised by an expression that only the compiler can judge */
  | 'unknown'

/**
 * Finds the package-level variables of Go source text, without a compiler: a scanner that skips comments, strings and
 * everything inside braces (Go specification, "Variable declarations").
 */
export function packageVariables(sources: readonly string[]): Map<string, Settable> {
  const constants = new Set<string>()
  const variables = new Map<string, Settable>()
  const later: [string, string][] = []
  for (const source of sources) {
    for (const { keyword, body } of topLevelDeclarations(source)) {
      for (const specification of specifications(body)) {
        const match = /^([\p{L}_][\p{L}\p{N}_]*(?:\s*,\s*[\p{L}_][\p{L}\p{N}_]*)*)\s*([^=]*?)\s*(?:=\s*([\s\S]*))?$/u.exec(specification)
        if (match === null) continue
        const [, names = '', type = '', value] = match
        const list = names.split(',').map((name) => name.trim())
        if (keyword === 'const') list.forEach((name) => constants.add(name))
        else if (list.length > 1 && value !== undefined) list.forEach((name) => variables.set(name, 'unknown'))
        else
          list.forEach((name) =>
            value === undefined
              ? variables.set(name, type === 'string' ? 'yes' : 'no')
              : type === '' || type === 'string'
                ? later.push([name, value])
                : variables.set(name, 'no'),
          )
      }
    }
  }
  for (const [name, value] of later) variables.set(name, judge(value.trim(), constants))
  return variables
}

const literal = /^(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`)$/

function judge(value: string, constants: ReadonlySet<string>): Settable {
  if (literal.test(value)) return 'yes'
  if (/^[-+]?[\d.']/.test(value) || /^(true|false|nil)$/.test(value)) return 'no'
  const parts = value.split('+').map((part) => part.trim())
  if (parts.every((part) => literal.test(part) || constants.has(part))) return 'yes'
  return /^(\[|map\[|&|\*|func\b|struct\b|make\(|new\(|errors\.)/.test(value) ? 'no' : 'unknown'
}

interface Declaration {
  readonly keyword: 'var' | 'const'
  readonly body: string
}

/** Text of each top-level var and const declaration, comments taken out. */
function topLevelDeclarations(source: string): Declaration[] {
  const found: Declaration[] = []
  let depth = 0
  let current: { keyword: 'var' | 'const'; text: string } | undefined
  for (const token of tokens(source)) {
    if (depth === 0 && current === undefined && (token === 'var' || token === 'const')) {
      current = { keyword: token, text: '' }
      continue
    }
    if ('({['.includes(token)) depth++
    if (')}]'.includes(token)) depth--
    if (current === undefined) continue
    if (depth === 0 && token === '\n' && current.text.trim() !== '' && !continues(current.text)) {
      found.push({ keyword: current.keyword, body: current.text.trim() })
      current = undefined
    } else current.text += token
  }
  if (current !== undefined) found.push({ keyword: current.keyword, body: current.text.trim() })
  return found
}

/** Go ends a statement at a line break unless the line ends in an operator. */
const continues = (text: string): boolean => /[=,+\-*/|&.(]\s*$/.test(text)

const tokenPattern = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|[\p{L}_][\p{L}\p{N}_]*|\n|[^\S\n]+|./gsu

function* tokens(source: string): Generator<string> {
  for (const [token] of source.matchAll(tokenPattern)) {
    if (token.startsWith('//')) continue
    if (token.startsWith('/*')) yield token.includes('\n') ? '\n' : ' '
    else yield token === ';' ? '\n' : token
  }
}

/** `a = 1` of a single declaration, or each line of a group in parentheses. */
function specifications(body: string): string[] {
  if (!body.startsWith('(')) return [body]
  const found: string[] = []
  let depth = 0
  let text = ''
  for (const token of tokens(body.slice(1, -1))) {
    if ('({['.includes(token)) depth++
    if (')}]'.includes(token)) depth--
    if (depth === 0 && token === '\n' && !continues(text)) {
      if (text.trim() !== '') found.push(text.trim())
      text = ''
    } else text += token
  }
  return text.trim() === '' ? found : [...found, text.trim()]
}
