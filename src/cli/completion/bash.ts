import type { CompletionCommand } from './tree.ts'

/** For bash 3.2 and newer: `source <(gopack completion bash)`. */
export function bashCompletion(commands: readonly CompletionCommand[]): string {
  const cases = commands.map(({ name, options, words }) => {
    const valued = options.filter(({ takesValue }) => takesValue)
    const values = valued.map(({ flags, values: list }) => `        ${flags.join('|')}) COMPREPLY=( $(compgen ${list.length > 0 ? `-W '${list.join(' ')}'` : '-f'} -- "$current") ); return ;;`)
    const flags = options.flatMap(({ flags: all }) => all).join(' ')
    return `    ${name})
      case "$previous" in
${values.join('\n')}
      esac
      case "$current" in
        -*) COMPREPLY=( $(compgen -W '${flags}' -- "$current") ) ;;
        *) COMPREPLY=( $(compgen ${words.length > 0 ? `-W '${words.join(' ')}'` : '-f'} -- "$current") ) ;;
      esac ;;`
  })
  return `# bash completion for gopack: source <(gopack completion bash)
_gopack() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=( $(compgen -W '${commands.map(({ name }) => name).join(' ')} --help --version' -- "$current") )
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -o filenames -o bashdefault -F _gopack gopack
`
}
