# What the steps of an app are made of. A step that does not come true within its time fails the app.

did=()
failed=''

# step WORDS: what is being done, as the table says it.
step() {
    did+=("$1")
    printf '== %s\n' "$1"
}

# until SECONDS COMMAND...: waits for the command to succeed.
until_true() {
    local end=$((SECONDS + $1))
    shift
    while ! "$@" > /dev/null 2>&1; do
        if [ "$SECONDS" -ge "$end" ]; then
            failed="after “${did[-1]}”: $*"
            printf 'FAILED %s\n' "$failed"
            exit 1
        fi
        sleep 0.2
    done
}

open_app() { gtk-launch "$id" "$@" & }

# window TITLE: waits for a window whose title holds that, turns to it.
window() {
    until_true "${2:-60}" has_window "$1"
    xdotool windowactivate --sync "$(xdotool search --onlyvisible --name "$1" | tail -1)"
    sleep "${3:-1}"
}

has_window() { [ -n "$(xdotool search --onlyvisible --name "$1")" ]; }
no_window() { ! has_window "$1"; }
holds() { grep -q "$1" "$2"; }
keys() { for key in "$@"; do xdotool key --clearmodifiers "$key" && sleep 0.5; done; }
words() { xdotool type --delay 30 "$1" && sleep 0.5; }

# at X Y: clicks there in the window in front; negative, from its right and lower edge.
at() {
    local WINDOW X Y WIDTH HEIGHT SCREEN
    eval "$(xdotool getwindowgeometry --shell "$(xdotool getactivewindow)")"
    xdotool mousemove --window "$WINDOW" $(($1 < 0 ? WIDTH + $1 : $1)) $(($2 < 0 ? HEIGHT + $2 : $2)) click 1
    sleep 0.5
}

shot() { import -window root "$out/$app-$1.png" || true; }

# Writes down each prompt, and answers as the person would: what is theirs is allowed once, the rest is not.
watch_prompts() {
    local number rest
    while sleep 0.5; do
        while read -r number rest; do
            case $number in
                [0-9]*)
                    printf '%s\n' "$rest" >> "$out/$app.prompts"
                    "$landgrant" answer "$number" once || true
                    ;;
            esac
        done < <("$landgrant" prompts 2> /dev/null)
    done
}

# The browser that links open in, confined like the app, and the site they lead to.
have_browser() {
    printf '[Default Applications]\nx-scheme-handler/http=chromium.desktop\nx-scheme-handler/https=chromium.desktop\n' \
        > "$HOME/.config/mimeapps.list"
    mkdir -p "$HOME/.pki/nssdb"
    certutil -d "sql:$HOME/.pki/nssdb" -N --empty-password
    certutil -d "sql:$HOME/.pki/nssdb" -A -n garden -t C,, -i "$made/site.pem"
    (cd "$made" && exec openssl s_server -accept 127.0.0.1:8443 -cert site.pem -key site.key -WWW -quiet) &
    "$landgrant" confine chromium.desktop
}

# The page of the link is in that browser, and there is a session of it.
link_opened() {
    until_true 90 has_window 'A garden'
    until_true 10 has_session chromium.desktop
}

has_session() { "$landgrant" sessions | grep -q "$1"; }

row() {
    local asked='–' denied version
    [ ! -s "$out/$app.prompts" ] || asked=$(sed 's/|/ /g; s/  [0-9-]* [0-9:]*  .*$//' "$out/$app.prompts" | sort | uniq -c | paste -sd';')
    denied=$(sed -E "s|$HOME|~|g; s|$XDG_RUNTIME_DIR|RUN|g" "$out/$app.denials" | sed -E 's/^[-0-9]* [0-9:]* +//; s/ +/ /g; s/\|/ /g; s/(recently-used.xbel)\.[A-Z0-9]{6}/\1/' | sort -u | paste -sd';')
    version=$(dpkg-query -W -f '${Version}' "$package")
    printf '| %s | %s | %s | %s | %s | %s | %s |\n' "$name" "$version" "$template" \
        "$(printf '%s, ' "${did[@]}" | sed 's/, $//')" "$asked" "${denied:-–}" "${failed:-works}" > "$out/$app.row"
}

# Ends what runs in this world, by number: what has this home folder as its own.
end_all() {
    local process
    for process in /proc/[0-9]*; do
        if [ "${process#/proc/}" != $$ ] && { tr '\0' '\n' < "$process/environ"; } 2> /dev/null | grep -qx "HOME=$HOME"; then
            case $(cat "$process/comm" 2> /dev/null) in
                dbus-run-sessio | one.sh) ;;
                dbus-daemon) # the screen readers' bus outlives the session's, which ends by itself
                    grep -qz -- '^--session$' "$process/cmdline" 2> /dev/null || kill -KILL "${process#/proc/}" 2> /dev/null || true
                    ;;
                *) kill -KILL "${process#/proc/}" 2> /dev/null || true ;;
            esac
        fi
    done
}
