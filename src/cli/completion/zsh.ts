import type { CompletionCommand, CompletionOption } from './tree.ts'

/** For zsh: `source <(gopack completion zsh)`, or as `_gopack` in a folder of fpath. */
export function zshCompletion(commands: readonly CompletionCommand[]): string {
  const names = commands.map(({ name, description }) => `    '${quoted(name)}:${quoted(description)}'`)
  const cases = commands.map(({ name, options, words }) => {
    const rest = words.length > 0 ? `'*:word:(${words.join(' ')})'` : "'*:file:_files'"
    return `    ${name}) _arguments ${[...options.flatMap(specification), rest].join(' \\\n        ')} ;;`
  })
  return `#compdef gopack
# zsh completion for gopack: source <(gopack completion zsh)
_gopack() {
  local -a commands
  commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = "_gopack" ]; then _gopack "$@"; else compdef _gopack gopack; fi
`
}

function specification({ flags, description, values, takesValue }: CompletionOption): string[] {
  const value = takesValue ? `:value:${values.length > 0 ? `(${values.join(' ')})` : '_files'}` : ''
  return flags.map((flag) => `'${flag}[${quoted(description)}]${value}'`)
}

const quoted = (text: string): string => text.replaceAll("'", "'\\''").replaceAll('[', '\\[').replaceAll(']', '\\]').replaceAll(':', '\\:')
