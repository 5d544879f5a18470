import type { CompletionCommand, Expected } from './tree.ts'

/** For bash 3.2 and newer: `source <(gopack completion bash)`. */
export function bashCompletion(commands: readonly CompletionCommand[]): string {
  const cases = commands.map(({ name, options, argument }) => {
    const values = options.flatMap(({ flags, value }) =>
      value === undefined ? [] : [`        ${flags.join('|')}) ${replies(value)}; return ;;`],
    )
    return `    ${name})
      case "$previous" in
${values.join('\n')}
      esac
      case "$current" in
        -*) _gopack_words '${options.flatMap(({ flags }) => flags).join(' ')}' ;;
        *) ${replies(argument)} ;;
      esac ;;`
  })
  return `# bash completion for gopack: source <(gopack completion bash)
_gopack_words() {
  local IFS=$' \\t\\n'
  COMPREPLY=( $(compgen -W "$1" -- "$current") )
}
# Names may hold spaces; only here may a folder get a slash.
_gopack_files() {
  local IFS=$'\\n'
  COMPREPLY=( $(compgen "$1" -- "$current") )
  compopt -o filenames 2>/dev/null
}
_gopack() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  # bash splits --target=windows into three words.
  if [ "$current" = = ]; then
    current=
  elif [ "$previous" = = ] && [ "$COMP_CWORD" -ge 2 ]; then
    previous="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    _gopack_words '${commands.map(({ name }) => name).join(' ')} --help --version'
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -F _gopack gopack
`
}

function replies(expected: Expected): string {
  if (expected.kind === 'words') return `_gopack_words '${expected.words.join(' ')}'`
  return { files: '_gopack_files -f', folders: '_gopack_files -d', anything: ':' }[expected.kind]
}
