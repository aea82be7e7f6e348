# Completion of landgrant for bash. Made by the build.

_landgrant_apps() {
    local folder file
    local IFS=:
    for folder in "${XDG_DATA_HOME:-$HOME/.local/share}" ${XDG_DATA_DIRS:-/usr/local/share:/usr/share}; do
        for file in "$folder"/applications/*.desktop; do
            [ -e "$file" ] && printf '%s\n' "${file##*/}"
        done
    done
}

# The words of a kind that begin with what was typed.
_landgrant_offer() {
    local typed=$2 words='' begun='' IFS=$'\n'
    case $1 in
        app) words=$(_landgrant_apps | sort -u) ;;
        resource)
            case $typed in
                /* | '~'* | .*) COMPREPLY=($(compgen -f -- "$typed")); compopt -o filenames 2> /dev/null; return ;;
                *) words=$(printf '%s\n' '@RESOURCES@' | tr ' ' '\n') ;;
            esac
            ;;
        access) words=$(printf '%s\n' '@ACCESS@' | tr ' ' '\n') ;;
        answer) words=$'allow\nonce\ndeny\nlater' ;;
        agent) words=$'stop\nstatus' ;;
        program) COMPREPLY=($(compgen -c -- "$typed")); return ;;
        file) COMPREPLY=($(compgen -f -- "$typed")); compopt -o filenames 2> /dev/null; return ;;
    esac
    # bash begins a new word behind a colon.
    case $typed in *:*) [ "${COMP_WORDBREAKS//:/}" = "$COMP_WORDBREAKS" ] || begun=${typed%:*}: ;; esac
    COMPREPLY=($(compgen -W "$words" -- "$typed"))
    COMPREPLY=("${COMPREPLY[@]#"$begun"}")
}

_landgrant() {
    local line=${COMP_LINE:0:COMP_POINT} words typed='' command options='' values='' kinds='' kind pair at=0 skip='' word
    read -ra words <<< "$line"
    case $line in *[[:space:]]) ;; *) typed=${words[-1]}; unset 'words[-1]' ;; esac
    COMPREPLY=()
    if [ ${#words[@]} -le 1 ]; then
        COMPREPLY=($(compgen -W '@COMMANDS@ --help --version' -- "$typed"))
        return
    fi
    command=${words[1]}
    case $command in
@CASES@
        *) return ;;
    esac
    for word in "${words[@]:2}"; do
        if [ -n "$skip" ]; then
            skip=''
            continue
        fi
        for pair in $values; do
            [ "${pair%%=*}" = "$word" ] && skip=${pair#*=}
        done
        case $word in -?*) ;; *) at=$((at + 1)) ;; esac
    done
    if [ -n "$skip" ]; then
        _landgrant_offer "$skip" "$typed"
        return
    fi
    case $typed in
        -*) COMPREPLY=($(compgen -W "$options" -- "$typed")) ;;
        *)
            read -ra kinds <<< "$kinds"
            [ ${#kinds[@]} -gt 0 ] || return 0
            [ "$at" -lt ${#kinds[@]} ] || at=$((${#kinds[@]} - 1))
            kind=${kinds[$at]}
            _landgrant_offer "$kind" "$typed"
            ;;
    esac
}

complete -F _landgrant landgrant
