import type { CompletionCommand, CompletionOption, Expected } from './tree.ts'

/** For fish: `gopack completion fish | source`. */
export function fishCompletion(commands: readonly CompletionCommand[]): string {
  const lines = commands.flatMap(({ name, description, options, argument }) => [
    `complete -c gopack -n __fish_use_subcommand -f -a ${name} -d ${quoted(description)}`,
    ...argumentLine(name, argument),
    ...options.map((option) => optionLine(name, option)),
  ])
  return `# fish completion for gopack: gopack completion fish | source
complete -c gopack -f
complete -c gopack -n __fish_use_subcommand -s h -l help -d 'print help'
complete -c gopack -n __fish_use_subcommand -s V -l version -d 'print the version of gopack'
${lines.join('\n')}
`
}

const seen = (name: string): string => `-n '__fish_seen_subcommand_from ${name}'`

function argumentLine(name: string, argument: Expected): string[] {
  if (argument.kind === 'words') return [`complete -c gopack ${seen(name)} -a ${quoted(argument.words.join(' '))}`]
  if (argument.kind === 'anything') return []
  return [`complete -c gopack ${seen(name)} ${argument.kind === 'files' ? '-F' : "-a '(__fish_complete_directories)'"}`]
}

function optionLine(name: string, { flags, description, value }: CompletionOption): string {
  const names = flags.map((flag) => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`)).join(' ')
  return `complete -c gopack ${seen(name)} ${names}${value === undefined ? '' : valueOf(value)} -d ${quoted(description)}`
}

function valueOf(value: Expected): string {
  if (value.kind === 'words') return ` -x -a ${quoted(value.words.join(' '))}`
  return { files: ' -r -F', folders: " -x -a '(__fish_complete_directories)'", anything: ' -x' }[value.kind]
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
