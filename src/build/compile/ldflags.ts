import { compileError } from '../../errors/compile.ts'

/**
 * Splits ldflags as the go command does (cmd/internal/quoted): blanks separate, single or double quotes hold together,
 * there is no escape inside them.
 * @throws LDFLAGS_INVALID
 */
export function splitFlags(text: string): string[] {
  const found: string[] = []
  for (let rest = text.trimStart(); rest !== ''; rest = rest.trimStart()) {
    const quote = rest[0]
    if (quote === '"' || quote === "'") {
      const end = rest.indexOf(quote, 1)
      if (end < 0)
        throw compileError('LDFLAGS_INVALID', { message: `ldflags: the quote ${quote} in ${JSON.stringify(text)} is not closed.` })
      found.push(rest.slice(1, end))
      rest = rest.slice(end + 1)
    } else {
      const [word = ''] = /^\S+/.exec(rest) ?? []
      found.push(word)
      rest = rest.slice(word.length)
    }
  }
  return found
}

/** An `-X package.name=value` of the user's. */
export interface LinkAssignment {
  readonly package: string
  readonly name: string
}

/**
 * The names a user's ldflags set, the last one of a name counting.
 * @throws LDFLAGS_INVALID
 */
export function linkAssignments(ldflags: readonly string[]): LinkAssignment[] {
  const words = ldflags.flatMap(splitFlags)
  const output = outputFlag(words)
  if (output !== undefined)
    throw compileError('LDFLAGS_INVALID', {
      message: `ldflags: ${output} is decided by gopack.`,
      hint: 'Leave it out; `out` and `name` in gopack.yaml say where the program goes and what it is called.',
    })
  const found = new Map<string, LinkAssignment>()
  for (const [index, word] of words.entries()) {
    const text = /^--?X$/.test(word) ? words[index + 1] : /^--?X=(.*)$/s.exec(word)?.[1]
    if (text === undefined) continue
    const name = text.split('=', 1)[0]!
    const dot = name.lastIndexOf('.')
    if (dot <= 0 || !text.includes('='))
      throw compileError('LDFLAGS_INVALID', { message: `ldflags: "-X ${text}" is not of the form -X package.name=value.` })
    found.set(name, { package: name.slice(0, dot), name: name.slice(dot + 1) })
  }
  return [...found.values()]
}

/** The flag with which the linker would write where nobody looks. */
export const outputFlag = (words: readonly string[]): string | undefined => words.find((word) => /^--?o(=|$)/.test(word))

/** Joins arguments so that {@link splitFlags} and the go command give them back. */
export function quoteFlag(word: string): string {
  if (word !== '' && !/[\s'"]/.test(word)) return word
  const quote = word.includes("'") ? '"' : "'"
  if (word.includes(quote))
    throw compileError('LDFLAGS_INVALID', { message: `${JSON.stringify(word)} holds both kinds of quotes; the go command cannot take it.` })
  return `${quote}${word}${quote}`
}
