# zsh complete.zsh SCRIPT LINE: prints what zsh offers for the line, as it would on a Tab. A real interactive zsh in a
# terminal of its own does the work; compadd, through which every match goes, is made to print them too.
zmodload zsh/zpty
zpty shell "PS1= zsh -f -i"
zpty -w shell 'stty columns 1000 -echo; unsetopt prompt_sp; autoload -U compinit; compinit -u -d "$HOME/zcompdump"
compadd() {
  if [[ "$*" == *-[OAD]\ * ]]; then builtin compadd "$@"; return $?; fi
  local -a hits
  builtin compadd -A hits "$@"
  print -rl -- "HIT "$^hits
  builtin compadd "$@"
}
complete-and-end() { _main_complete; print -r -- "END"; }
zle -C complete-word complete-word complete-and-end
bindkey "^I" complete-word
source "'$1'"
print -r -- REA""DY'
zpty -r shell text $'*READY*' || exit 1
zpty -n -w shell "$2"$'\t'
zpty -r shell text $'*END*' || exit 1
for line in "${(f)text}"; do
  line=${line//$'\r'/}
  [[ $line == *HIT\ * ]] && print -r -- ${line##*HIT }
done
zpty -d shell
