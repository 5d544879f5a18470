# bash complete.bash SCRIPT WORD…: prints what bash offers for the last of the words, as its Tab key would ask.
source "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
function=$(complete -p gopack | sed -n 's/.*-F \([^ ]*\) .*/\1/p')
"$function" gopack "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
[ ${#COMPREPLY[@]} -eq 0 ] || printf '%s\n' "${COMPREPLY[@]}"
