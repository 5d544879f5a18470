import { unquoteGo } from './go-string.ts'

/** A module as the Go linker records it; `sum` is empty for the main module and for local replacements. */
export interface GoModule {
  readonly path: string
  readonly version: string
  readonly sum: string
  readonly replace: GoModule | null
}

export interface BuildInfoText {
  readonly path: string
  readonly main: GoModule | null
  readonly deps: readonly GoModule[]
  readonly settings: readonly { readonly key: string; readonly value: string }[]
}

type MutableModule = { -readonly [Key in keyof GoModule]: GoModule[Key] }

/**
 * Parses the module text of the build information, as Go's runtime/debug.ParseBuildInfo does.
 * @throws an Error naming the line that is not of the format.
 */
export function parseBuildInfoText(text: string): BuildInfoText {
  const deps: MutableModule[] = []
  const settings: { key: string; value: string }[] = []
  let path = ''
  let main: MutableModule | null = null
  let last: MutableModule | undefined
  const lines = text.split('\n')
  lines.pop()
  for (const [index, line] of lines.entries()) {
    const [word, rest] = cut(line, '\t')
    if (word === 'path') path = rest
    else if (word === 'mod') last = main = parseModule(rest, index)
    else if (word === 'dep') deps.push((last = parseModule(rest, index)))
    else if (word === '=>') {
      if (last === undefined) throw new Error(`line ${index + 1} replaces no module`)
      last.replace = parseModule(rest, index)
      last = undefined
    } else if (word === 'build') settings.push(parseSetting(rest, index))
  }
  return { path, main, deps, settings }
}

function parseModule(rest: string, index: number): MutableModule {
  const [path, version, sum, ...more] = rest.split('\t')
  if (path === undefined || version === undefined || more.length > 0) throw new Error(`line ${index + 1} is no module`)
  return { path, version, sum: sum ?? '', replace: null }
}

function parseSetting(rest: string, index: number): { key: string; value: string } {
  const quotedKey = /^(?:`[^`]*`|"(?:[^"\\]|\\.)*")/.exec(rest)?.[0]
  const [rawKey, rawValue] = quotedKey === undefined ? cut(rest, '=') : [quotedKey, rest.slice(quotedKey.length + 1)]
  const key = unquoteGo(rawKey)
  const value = unquoteGo(rawValue)
  if (!key || value === undefined || rest[rawKey.length] !== '=') throw new Error(`line ${index + 1} is no build setting`)
  return { key, value }
}

function cut(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
