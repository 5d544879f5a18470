#compdef gopack
# zsh completion for gopack: source <(gopack completion zsh)
_gopack() {
  local -a commands
  commands=(
    'init:write a gopack.yaml for this module, with --ci a workflow too'
    'doctor:look for what would stop or surprise a build on this machine'
    'plan:print what would be built, and write nothing'
    'build:compile, add resources, archive and checksum'
    'inspect:show what is in an executable, an archive or an output folder'
    'schema:print a JSON schema\: of gopack.yaml, the plan or artifacts.json'
    'explain:say what an error code means and what to do'
    'cache:show or clean what gopack keeps between builds'
    'completion:print a completion script for bash, zsh, fish or powershell'
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
    init) _arguments '*--from=[import a .goreleaser.yaml, winres.json, versioninfo.json or .rc; may be repeated]:value:_files' \
        '--no-import[look for no configuration of another tool]' \
        '--strict[refuse when anything cannot be carried over as it is]' \
        '--ci=[write a workflow too\: github]:value:(github)' \
        '--dry-run[print what would be written, and write nothing]' \
        '--force[write over files that are there]' \
        '--cwd=[work as if started in this folder]:value:_files -/' \
        '--config=[configuration file (default\: gopack.yaml here or above)]:value:_files' \
        '--json[print exactly one JSON document on stdout]' \
        '--quiet[print errors and results only]' \
        '--verbose[print more about what is done]' \
        '--no-color[print without colours]' \
        '(-h --help)-h[print help]' \
        '(-h --help)--help[print help]' ;;
    doctor) _arguments '*-t+[target, also OS/ARCH/VARIANT, windows, all or a comma list; may be repeated]:value:(windows/amd64 windows/arm64 windows/386 linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows all)' \
        '*--target=[target, also OS/ARCH/VARIANT, windows, all or a comma list; may be repeated]:value:(windows/amd64 windows/arm64 windows/386 linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows all)' \
        '*-m+[main package, ./... for all; may be repeated]:value:_files -/' \
        '*--main=[main package, ./... for all; may be repeated]:value:_files -/' \
        '(-o --out)-o+[output folder (default\: dist)]:value:_files -/' \
        '(-o --out)--out=[output folder (default\: dist)]:value:_files -/' \
        '--engine=[what writes the resources\: portable or rcedit]:value:(portable rcedit)' \
        '--timestamp=[commit, now, or a time such as 2026-11-21T15\:30\:00Z]:value:(commit now)' \
        '--set-version=[version to use in place of the git tag]:value: ' \
        '--snapshot[a development version, also on a tagged commit]' \
        '--changed[only programs that changed since their last tag; the others stay as they are]' \
        '*--tags=[build tags, added to those of the configuration]:value: ' \
        '*--ldflags=[linker flags, added to those of the configuration]:value: ' \
        '--fix[fetch Go where a build would]' \
        '--cwd=[work as if started in this folder]:value:_files -/' \
        '--config=[configuration file (default\: gopack.yaml here or above)]:value:_files' \
        '--json[print exactly one JSON document on stdout]' \
        '--quiet[print errors and results only]' \
        '--verbose[print more about what is done]' \
        '--no-color[print without colours]' \
        '(-h --help)-h[print help]' \
        '(-h --help)--help[print help]' \
        '*:argument:_files -/' ;;
    plan) _arguments '*-t+[target, also OS/ARCH/VARIANT, windows, all or a comma list; may be repeated]:value:(windows/amd64 windows/arm64 windows/386 linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows all)' \
        '*--target=[target, also OS/ARCH/VARIANT, windows, all or a comma list; may be repeated]:value:(windows/amd64 windows/arm64 windows/386 linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows all)' \
        '*-m+[main package, ./... for all; may be repeated]:value:_files -/' \
        '*--main=[main package, ./... for all; may be repeated]:value:_files -/' \
        '(-o --out)-o+[output folder (default\: dist)]:value:_files -/' \
        '(-o --out)--out=[output folder (default\: dist)]:value:_files -/' \
        '--engine=[what writes the resources\: portable or rcedit]:value:(portable rcedit)' \
        '--timestamp=[commit, now, or a time such as 2026-11-21T15\:30\:00Z]:value:(commit now)' \
        '--set-version=[version to use in place of the git tag]:value: ' \
        '--snapshot[a development version, also on a tagged commit]' \
        '--changed[only programs that changed since their last tag; the others stay as they are]' \
        '*--tags=[build tags, added to those of the configuration]:value: ' \
        '*--ldflags=[linker flags, added to those of the configuration]:value: ' \
        '--cwd=[work as if started in this folder]:value:_files -/' \
        '--config=[configuration file (default\: gopack.yaml here or above)]:value:_files' \
        '--json[print exactly one JSON document on stdout]' \
        '--quiet[print errors and results only]' \
        '--verbose[print more about what is done]' \
        '--no-color[print without colours]' \
        '(-h --help)-h[print help]' \
        '(-h --help)--help[print help]' \
        '*:argument:_files -/' ;;
    build) _arguments '*-t+[target, also OS/ARCH/VARIANT, windows, all or a comma list; may be repeated]:value:(windows/amd64 windows/arm64 windows/386 linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows all)' \
        '*--target=[target, also OS/ARCH/VARIANT, windows, all or a comma list; may be repeated]:value:(windows/amd64 windows/arm64 windows/386 linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows all)' \
        '*-m+[main package, ./... for all; may be repeated]:value:_files -/' \
        '*--main=[main package, ./... for all; may be repeated]:value:_files -/' \
        '(-o --out)-o+[output folder (default\: dist)]:value:_files -/' \
        '(-o --out)--out=[output folder (default\: dist)]:value:_files -/' \
        '--engine=[what writes the resources\: portable or rcedit]:value:(portable rcedit)' \
        '--timestamp=[commit, now, or a time such as 2026-11-21T15\:30\:00Z]:value:(commit now)' \
        '--set-version=[version to use in place of the git tag]:value: ' \
        '--snapshot[a development version, also on a tagged commit]' \
        '--changed[only programs that changed since their last tag; the others stay as they are]' \
        '*--tags=[build tags, added to those of the configuration]:value: ' \
        '*--ldflags=[linker flags, added to those of the configuration]:value: ' \
        '--no-cache[use nothing from earlier builds]' \
        '(-j --jobs)-j+[targets built at the same time]:value: ' \
        '(-j --jobs)--jobs=[targets built at the same time]:value: ' \
        '--timings[print how long each step took]' \
        '--cwd=[work as if started in this folder]:value:_files -/' \
        '--config=[configuration file (default\: gopack.yaml here or above)]:value:_files' \
        '--json[print exactly one JSON document on stdout]' \
        '--quiet[print errors and results only]' \
        '--verbose[print more about what is done]' \
        '--no-color[print without colours]' \
        '(-h --help)-h[print help]' \
        '(-h --help)--help[print help]' \
        '*:argument:_files -/' ;;
    inspect) _arguments '--cwd=[work as if started in this folder]:value:_files -/' \
        '--config=[configuration file (default\: gopack.yaml here or above)]:value:_files' \
        '--json[print exactly one JSON document on stdout]' \
        '--quiet[print errors and results only]' \
        '--verbose[print more about what is done]' \
        '--no-color[print without colours]' \
        '(-h --help)-h[print help]' \
        '(-h --help)--help[print help]' \
        '*:argument:_files' ;;
    schema) _arguments '--cwd=[work as if started in this folder]:value:_files -/' \
        '--config=[configuration file (default\: gopack.yaml here or above)]:value:_files' \
        '--json[print exactly one JSON document on stdout]' \
        '--quiet[print errors and results only]' \
        '--verbose[print more about what is done]' \
        '--no-color[print without colours]' \
        '(-h --help)-h[print help]' \
        '(-h --help)--help[print help]' \
        '*:argument:(config plan artifacts)' ;;
    explain) _arguments '--cwd=[work as if started in this folder]:value:_files -/' \
        '--config=[configuration file (default\: gopack.yaml here or above)]:value:_files' \
        '--json[print exactly one JSON document on stdout]' \
        '--quiet[print errors and results only]' \
        '--verbose[print more about what is done]' \
        '--no-color[print without colours]' \
        '(-h --help)-h[print help]' \
        '(-h --help)--help[print help]' \
        '*:argument:(<codes>)' ;;
    cache) _arguments '--cwd=[work as if started in this folder]:value:_files -/' \
        '--config=[configuration file (default\: gopack.yaml here or above)]:value:_files' \
        '--json[print exactly one JSON document on stdout]' \
        '--quiet[print errors and results only]' \
        '--verbose[print more about what is done]' \
        '--no-color[print without colours]' \
        '(-h --help)-h[print help]' \
        '(-h --help)--help[print help]' \
        '*:argument:(clean)' ;;
    completion) _arguments '--cwd=[work as if started in this folder]:value:_files -/' \
        '--config=[configuration file (default\: gopack.yaml here or above)]:value:_files' \
        '--json[print exactly one JSON document on stdout]' \
        '--quiet[print errors and results only]' \
        '--verbose[print more about what is done]' \
        '--no-color[print without colours]' \
        '(-h --help)-h[print help]' \
        '(-h --help)--help[print help]' \
        '*:argument:(bash zsh fish powershell)' ;;
  esac
}
if [ "$funcstack[1]" = "_gopack" ]; then _gopack "$@"; else compdef _gopack gopack; fi
