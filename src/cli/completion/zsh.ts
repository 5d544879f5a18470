import type { CompletionCommand, CompletionOption, Expected } from './tree.ts'

/** For zsh: `source <(gopack completion zsh)`, or as `_gopack` in a folder of fpath. */
export function zshCompletion(commands: readonly CompletionCommand[]): string {
  const names = commands.map(({ name, description }) => `    '${name}:${quoted(description)}'`)
  const cases = commands.map(({ name, options, argument }) => {
    const rest = argument.kind === 'anything' ? [] : [`'*:argument:${action(argument)}'`]
    return `    ${name}) _arguments ${[...options.flatMap(specifications), ...rest].join(' \\\n        ')} ;;`
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

/** One for each flag; either of them given, the other is not offered again unless it may be. */
function specifications({ flags, description, value, repeated }: CompletionOption): string[] {
  const others = repeated ? '*' : flags.length > 1 ? `(${flags.join(' ')})` : ''
  return flags.map((flag) => {
    const equals = value === undefined ? '' : flag.startsWith('--') ? '=' : '+'
    return `'${others}${flag}${equals}[${quoted(description)}]${value === undefined ? '' : `:value:${action(value)}`}'`
  })
}

function action(expected: Expected): string {
  if (expected.kind === 'words') return `(${expected.words.join(' ')})`
  return { files: '_files', folders: '_files -/', anything: ' ' }[expected.kind]
}

/** Inside single quotes, in a description in brackets. */
const quoted = (text: string): string => text.replaceAll("'", "'\\''").replaceAll('[', '\\[').replaceAll(']', '\\]').replaceAll(':', '\\:')
