import { initError } from '../errors/init.ts'

export const scriptName = 'build:windows'
const scriptCommand = 'gopack build'

export interface ScriptChange {
  /** The new text of package.json: everything but the script stands as it stood. */
  readonly text: string
  /** kept: another script has the name, and was left alone. */
  readonly action: 'update' | 'unchanged' | 'kept'
}

/**
 * Adds the script to the text of a package.json without laying out anything anew.
 * @throws INIT_PACKAGE_JSON
 */
export function addScript(text: string, force: boolean): ScriptChange {
  const scripts = scriptsOf(text)
  const present = scripts?.[scriptName]
  if (present === scriptCommand) return { text, action: 'unchanged' }
  if (present !== undefined && !force) return { text, action: 'kept' }
  return { text: withScript(text), action: 'update' }
}

function scriptsOf(text: string): Record<string, unknown> | undefined {
  const fail = (reason: string, cause?: unknown) => initError('INIT_PACKAGE_JSON', { message: `package.json ${reason}.`, cause })
  let content: unknown
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw fail(`is not valid JSON: ${(cause as Error).message}`, cause)
  }
  if (!isObject(content)) throw fail('does not hold an object')
  const { scripts } = content
  if (scripts !== undefined && !isObject(scripts)) throw fail('has a "scripts" that is not an object')
  return scripts
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

interface Member {
  /** Where the value begins and ends. */
  readonly start: number
  readonly end: number
}

function withScript(text: string): string {
  const top = text.indexOf('{')
  const layout = layoutOf(text)
  const scripts = membersOf(text, top).get('scripts')
  if (scripts === undefined) return withScript(addMember(text, { open: top, depth: 1, key: 'scripts', value: '{}' }, layout))
  const value = JSON.stringify(scriptCommand)
  const present = membersOf(text, scripts.start).get(scriptName)
  if (present !== undefined) return text.slice(0, present.start) + value + text.slice(present.end)
  return addMember(text, { open: scripts.start, depth: 2, key: scriptName, value }, layout)
}

interface Layout {
  readonly newline: string
  readonly indent: string
  readonly colon: string
}

/** How the file is laid out: on one line, or in lines indented as its first one is. */
function layoutOf(text: string): Layout {
  const gap = /^\s*\{(\s*)"/.exec(text)?.[1]
  if (gap !== undefined && !gap.includes('\n')) return { newline: '', indent: '', colon: gap === '' ? ':' : ': ' }
  return { newline: text.includes('\r\n') ? '\r\n' : '\n', indent: /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ', colon: ': ' }
}

interface NewMember {
  /** Where the `{` of its object is. */
  readonly open: number
  readonly depth: number
  readonly key: string
  readonly value: string
}

/** Adds a member behind the last one of an object, spaced as its neighbours are. */
function addMember(text: string, { open, depth, key, value }: NewMember, { newline, indent, colon }: Layout): string {
  const member = `${JSON.stringify(key)}${colon}${value}`
  const last = [...membersOf(text, open).values()].at(-1)
  if (last !== undefined) return `${text.slice(0, last.end)},${/^\s*/.exec(text.slice(open + 1))![0]}${member}${text.slice(last.end)}`
  const inside = `${newline}${indent.repeat(depth)}${member}${newline}${indent.repeat(depth - 1)}`
  return text.slice(0, open + 1) + inside + text.slice(text.indexOf('}', open))
}

/** The members of the object that opens at `open`, in valid JSON. */
function membersOf(text: string, open: number): Map<string, Member> {
  const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g
  tokens.lastIndex = open + 1
  const members = new Map<string, Member>()
  let depth = 1
  let key: string | undefined
  let start: number | undefined
  let end = open + 1
  const finish = (): void => {
    if (key !== undefined && start !== undefined) members.set(key, { start, end })
    key = start = undefined
  }
  for (let match = tokens.exec(text); match !== null; match = tokens.exec(text)) {
    const [token] = match
    if (depth === 1 && (token === ',' || token === '}')) {
      finish()
      if (token === '}') break
      continue
    }
    if (depth === 1 && token === ':') continue
    if (key === undefined) key = JSON.parse(token) as string
    else start ??= match.index
    if (token === '{' || token === '[') depth++
    if (token === '}' || token === ']') depth--
    end = match.index + token.length
  }
  return members
}
