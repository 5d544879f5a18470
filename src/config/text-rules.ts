import { configError } from '../errors/config.ts'
import type { ParsedConfig } from './parse.ts'
import type { Config } from './schema/index.ts'
import { pathName, where } from './validate.ts'

type Path = readonly PropertyKey[]

/** No text may hold a control character: names, paths and flags go to other programs. Lines and tabs are for hooks, which may be scripts. */
export function noControlCharacters(config: Config, parsed: ParsedConfig): void {
  for (const [path, text] of textsIn(config)) {
    if (!(path[0] === 'hooks' ? /[^\P{Cc}\t\n\r]/u : /\p{Cc}/u).test(text)) continue
    const at = parsed.placeOf(path)
    const which = text.includes('\0') ? 'a NUL character' : 'a control character (a line break, a tab, …)'
    throw configError('CONFIG_WRONG_TYPE', { message: `${where(at)}: ${pathName(path)} holds ${which}.`, at })
  }
}

export function hooksNameAProgram(config: Config, parsed: ParsedConfig): void {
  for (const when of ['before', 'after'] as const) {
    for (const [index, hook] of (config.hooks?.[when] ?? []).entries()) {
      const [words, path] = Array.isArray(hook) ? [hook, []] : [hook.run, ['run']]
      if (words[0]?.trim() !== '') continue
      const whole = ['hooks', when, index, ...path, 0]
      const at = parsed.placeOf(whole)
      throw configError('CONFIG_WRONG_TYPE', { message: `${where(at)}: ${pathName(whole)} is empty; a hook begins with a program.`, at })
    }
  }
}

function* textsIn(value: unknown, path: Path = []): Generator<readonly [Path, string]> {
  if (typeof value === 'string') yield [path, value]
  else if (Array.isArray(value)) for (const [index, inner] of value.entries()) yield* textsIn(inner, [...path, index])
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* textsIn(inner, [...path, key])
}
