/**
 * Splits a hook as GoReleaser does (go-shellwords): blanks separate, quotes hold together, a backslash escapes; no shell is involved.
 * @returns undefined where only a shell would know what is meant
 */
export function shellWords(line: string): string[] | undefined {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let index = 0; index < line.length; index++) {
    const character = line[index]!
    if (character === '\\' && quote !== "'") {
      if (index + 1 === line.length) return undefined
      word = (word ?? '') + line[++index]!
    } else if (quote !== '') {
      if (character === quote) quote = ''
      else word += character
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (/[;&|<>`()]/.test(character)) return undefined
    else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + character
  }
  if (quote !== '') return undefined
  return word === undefined ? words : [...words, word]
}

/** Programs that are given a script as an argument: what they do is written for a shell. */
export const isShell = ([program = '', ...args]: readonly string[]): boolean =>
  /(^|[/\\])(ba|da|z|k|fi)?sh(\.exe)?$|(^|[/\\])(cmd|powershell|pwsh)(\.exe)?$/i.test(program) &&
  args.some((arg) => /^(-\w*c|\/c|-command)$/i.test(arg))
