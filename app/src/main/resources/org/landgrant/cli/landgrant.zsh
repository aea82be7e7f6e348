#compdef landgrant
# Completion of landgrant for zsh. Made by the build.

_landgrant_apps() {
    local -aU found
    local folder
    for folder in ${XDG_DATA_HOME:-$HOME/.local/share} ${(s.:.)${XDG_DATA_DIRS:-/usr/local/share:/usr/share}}; do
        found+=($folder/applications/*.desktop(N:t))
    done
    compadd -a found
}

_landgrant_offer() {
    case $1 in
        app) _landgrant_apps ;;
        resource)
            case $PREFIX in
                /* | '~'* | .*) _files ;;
                *) compadd -- @RESOURCES@ ;;
            esac
            ;;
        access) compadd -- @ACCESS@ ;;
        answer) compadd -- allow once deny later ;;
        agent) compadd -- stop status ;;
        program) _command_names -e ;;
        file) _files ;;
    esac
}

_landgrant() {
    local options='' values='' kinds='' pair word skip='' at=0
    local -a commands
    commands=(
@COMMANDS@
    )
    if ((CURRENT == 2)); then
        _describe -t commands command commands
        return
    fi
    case $words[2] in
@CASES@
        *) return 1 ;;
    esac
    for word in $words[3,CURRENT-1]; do
        if [[ -n $skip ]]; then
            skip=''
            continue
        fi
        for pair in ${=values}; do
            [[ ${pair%%=*} == $word ]] && skip=${pair#*=}
        done
        [[ $word == -?* ]] || ((at++))
    done
    if [[ -n $skip ]]; then
        _landgrant_offer $skip
        return
    fi
    if [[ $PREFIX == -* ]]; then
        compadd -- ${=options}
        return
    fi
    local -a list
    list=(${=kinds})
    (($#list)) || return 1
    ((at < $#list)) || at=$(($#list - 1))
    _landgrant_offer $list[at+1]
}

_landgrant "$@"
