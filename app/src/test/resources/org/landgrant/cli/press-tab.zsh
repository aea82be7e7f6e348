# press-tab.zsh FOLDER LINE...: what a zsh makes of each line when Tab is pressed behind it.
zmodload zsh/zpty || exit 77
folder=$1
shift
until_seen() {
    local all='' part
    while zpty -r z part; do
        all+=$part
        [[ $all == *$1* ]] && { print -r -- "$all"; return }
    done
}
zpty z env PS1= zsh -f -i
zpty -w z "PS1= PS2=; fpath=(${(q)folder} \$fpath); autoload -U compinit; compinit -u -D; bindkey '^I' complete-word
show() { print -r -- \"<<\$BUFFER>>\"; BUFFER= }; zle -N show; bindkey '^X' show; print rea''dy"
until_seen ready > /dev/null
for line in "$@"; do
    zpty -w -n z "$line"$'\t\x18'
    out=$(until_seen '>>')
    print -r -- "${${out##*<<}%%>>*}"
done
zpty -d z
