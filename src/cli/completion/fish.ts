import type { CompletionCommand } from './tree.ts'

/** For fish: `gopack completion fish | source`. */
export function fishCompletion(commands: readonly CompletionCommand[]): string {
  const lines = commands.flatMap(({ name, description, options, words }) => [
    `complete -c gopack -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`,
    ...(words.length > 0 ? [`complete -c gopack -n '__fish_seen_subcommand_from ${name}' -f -a ${quoted(words.join(' '))}`] : []),
    ...options.map(({ flags, description: text, values, takesValue }) => {
      const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(' ')
      const value = takesValue ? (values.length > 0 ? ` -x -a ${quoted(values.join(' '))}` : ' -r') : ''
      return `complete -c gopack -n '__fish_seen_subcommand_from ${name}' ${names}${value} -d ${quoted(text)}`
    }),
  ])
  return `# fish completion for gopack: gopack completion fish | source\n${lines.join('\n')}\n`
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
