# bash completion for gopack: source <(gopack completion bash)
_gopack_words() {
  local IFS=$' \t\n'
  COMPREPLY=( $(compgen -W "$1" -- "$current") )
}
# Names may hold spaces; only here may a folder get a slash.
_gopack_files() {
  local IFS=$'\n'
  COMPREPLY=( $(compgen "$1" -- "$current") )
  compopt -o filenames 2>/dev/null
}
_gopack() {
  local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
  COMPREPLY=()
  # bash splits --target=windows into three words.
  if [ "$current" = = ]; then
    current=
  elif [ "$previous" = = ] && [ "$COMP_CWORD" -ge 2 ]; then
    previous="${COMP_WORDS[COMP_CWORD-2]}"
  fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    _gopack_words 'init doctor plan build inspect schema explain cache completion --help --version'
    return
  fi
  case "${COMP_WORDS[1]}" in
    init)
      case "$previous" in
        --from) _gopack_files -f; return ;;
        --ci) _gopack_words 'github'; return ;;
        --cwd) _gopack_files -d; return ;;
        --config) _gopack_files -f; return ;;
      esac
      case "$current" in
        -*) _gopack_words '--from --no-import --strict --ci --dry-run --force --cwd --config --json --quiet --verbose --no-color -h --help' ;;
        *) : ;;
      esac ;;
    doctor)
      case "$previous" in
        -t|--target) _gopack_words 'windows/amd64 windows/arm64 windows/386 linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows all'; return ;;
        -m|--main) _gopack_files -d; return ;;
        -o|--out) _gopack_files -d; return ;;
        --engine) _gopack_words 'portable rcedit'; return ;;
        --timestamp) _gopack_words 'commit now'; return ;;
        --set-version) :; return ;;
        --tags) :; return ;;
        --ldflags) :; return ;;
        --cwd) _gopack_files -d; return ;;
        --config) _gopack_files -f; return ;;
      esac
      case "$current" in
        -*) _gopack_words '-t --target -m --main -o --out --engine --timestamp --set-version --snapshot --changed --tags --ldflags --fix --cwd --config --json --quiet --verbose --no-color -h --help' ;;
        *) _gopack_files -d ;;
      esac ;;
    plan)
      case "$previous" in
        -t|--target) _gopack_words 'windows/amd64 windows/arm64 windows/386 linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows all'; return ;;
        -m|--main) _gopack_files -d; return ;;
        -o|--out) _gopack_files -d; return ;;
        --engine) _gopack_words 'portable rcedit'; return ;;
        --timestamp) _gopack_words 'commit now'; return ;;
        --set-version) :; return ;;
        --tags) :; return ;;
        --ldflags) :; return ;;
        --cwd) _gopack_files -d; return ;;
        --config) _gopack_files -f; return ;;
      esac
      case "$current" in
        -*) _gopack_words '-t --target -m --main -o --out --engine --timestamp --set-version --snapshot --changed --tags --ldflags --cwd --config --json --quiet --verbose --no-color -h --help' ;;
        *) _gopack_files -d ;;
      esac ;;
    build)
      case "$previous" in
        -t|--target) _gopack_words 'windows/amd64 windows/arm64 windows/386 linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows all'; return ;;
        -m|--main) _gopack_files -d; return ;;
        -o|--out) _gopack_files -d; return ;;
        --engine) _gopack_words 'portable rcedit'; return ;;
        --timestamp) _gopack_words 'commit now'; return ;;
        --set-version) :; return ;;
        --tags) :; return ;;
        --ldflags) :; return ;;
        -j|--jobs) :; return ;;
        --cwd) _gopack_files -d; return ;;
        --config) _gopack_files -f; return ;;
      esac
      case "$current" in
        -*) _gopack_words '-t --target -m --main -o --out --engine --timestamp --set-version --snapshot --changed --tags --ldflags --no-cache -j --jobs --timings --cwd --config --json --quiet --verbose --no-color -h --help' ;;
        *) _gopack_files -d ;;
      esac ;;
    inspect)
      case "$previous" in
        --cwd) _gopack_files -d; return ;;
        --config) _gopack_files -f; return ;;
      esac
      case "$current" in
        -*) _gopack_words '--cwd --config --json --quiet --verbose --no-color -h --help' ;;
        *) _gopack_files -f ;;
      esac ;;
    schema)
      case "$previous" in
        --cwd) _gopack_files -d; return ;;
        --config) _gopack_files -f; return ;;
      esac
      case "$current" in
        -*) _gopack_words '--cwd --config --json --quiet --verbose --no-color -h --help' ;;
        *) _gopack_words 'config plan artifacts' ;;
      esac ;;
    explain)
      case "$previous" in
        --cwd) _gopack_files -d; return ;;
        --config) _gopack_files -f; return ;;
      esac
      case "$current" in
        -*) _gopack_words '--cwd --config --json --quiet --verbose --no-color -h --help' ;;
        *) _gopack_words '<codes>' ;;
      esac ;;
    cache)
      case "$previous" in
        --cwd) _gopack_files -d; return ;;
        --config) _gopack_files -f; return ;;
      esac
      case "$current" in
        -*) _gopack_words '--cwd --config --json --quiet --verbose --no-color -h --help' ;;
        *) _gopack_words 'clean' ;;
      esac ;;
    completion)
      case "$previous" in
        --cwd) _gopack_files -d; return ;;
        --config) _gopack_files -f; return ;;
      esac
      case "$current" in
        -*) _gopack_words '--cwd --config --json --quiet --verbose --no-color -h --help' ;;
        *) _gopack_words 'bash zsh fish powershell' ;;
      esac ;;
  esac
}
complete -F _gopack gopack
