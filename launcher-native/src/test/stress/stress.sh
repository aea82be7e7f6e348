#!/usr/bin/env bash
# stress.sh NATIVE: real programs and floods under the launcher, judged by what they did. Too slow or too much
# to install for every build. NATIVE holds the launcher and the programs. A folder with an exception in it is
# served by the supervisor, so no agent is needed: each open in it is done in the app's place.
set -euo pipefail
native=$(readlink -f "${1:?the folder of the launcher}")
here=$(dirname "$(readlink -f "$0")")
place=$(mktemp -d)
failed=0
display=
trap 'if [ -n "$display" ]; then kill "$display"; fi; rm -rf "$place"' EXIT

export HOME=$place/home XDG_DATA_HOME=$place/data XDG_RUNTIME_DIR=$place/run LC_ALL=C
mkdir -p "$HOME/served/except" "$HOME/refused" "$XDG_DATA_HOME/landgrant/policies"
mkdir -m 700 "$XDG_RUNTIME_DIR"
echo x > "$HOME/served/except/x"

# judge NAME STATUS DETAIL
judge() {
    if [ "$2" = 0 ]; then
        printf 'good  %-44s %s\n' "$1" "$3"
    else
        printf 'BAD   %-44s %s\n' "$1" "$3"
        failed=1
    fi
}

# confined MORE-LINES WORD...: starts the words by a policy with these further lines.
confined() {
    local more=$1 word
    shift
    {
        printf 'landgrant-policy 1\napp stress.desktop\nprotect files\nprotect connect-tcp\nprotect listen-tcp\n'
        printf 'protect signals\nprotect abstract-sockets\nprotect udp\nprivate-tmp %s/tmp\n' "$place"
        printf 'file rx t /usr\nfile r t /etc\nfile r t /proc\nfile r t /sys\nfile rwd t /dev/null\nfile r t /dev/urandom\n'
        printf 'file rx t %s\nfile rw t %s/served\nexcept rwx t %s/served/except\n' "$native" "$HOME" "$HOME"
        printf '%s' "$more"
        for word in "$@"; do printf 'command %s\n' "${word//%/%%}"; done
    } > "$XDG_DATA_HOME/landgrant/policies/stress.desktop.policy"
    "$native/landgrant" launch stress.desktop
}

# The supervisor's own memory in kB: what it wrote, and all.
memory() { awk '/^Pss:/ { all = $2 } /^Private_Dirty:/ { own = $2 } END { print own " kB its own, " all " kB in all" }' "/proc/$1/smaps_rollup"; }

opens() {
    local out
    out=$(confined '' sh -c "echo x > $HOME/served/file; exec $native/programs/opens 10000 $HOME/served/file")
    judge 'a static program: 10,000 opens' "$([[ $out == 'opened 10000 '* ]]; echo $?)" "$out"
    out=$(confined '' "$native/programs/opens" 10000 "$HOME/served/file" 5000)
    # What a signal breaks off before the supervisor has seen it, is broken off: not good, not ours.
    judge '… with alarms that restart nothing' "$([[ $out == *' other 0 '* ]]; echo $?)" "$out"
    go build -o "$native/programs/opens-go" "$here/opens.go"
    out=$(confined '' "$native/programs/opens-go" 10000 "$HOME/served")
    judge 'a Go program: 10,000 files' "$([ "$out" = 'of 10000 lost 0' ]; echo $?)" "$out"
}

many() {
    local out=$place/out launcher before after
    mkfifo "$place/go"
    confined '' sh -c "read line; $native/programs/opens 100000 $HOME/served/file; read line" < "$place/go" > "$out" &
    launcher=$!
    exec 8> "$place/go"
    launcher=$(pgrep -P "$launcher" -x landgrant || echo "$launcher")
    before=$(memory "$launcher")
    echo >&8
    until [ -s "$out" ]; do sleep 0.1; done
    after=$(memory "$launcher")
    echo >&8
    exec 8>&-
    wait
    judge 'memory after 100,000 opens' "$([ "${after%% *}" -le 1024 ]; echo $?)" "$after (before: $before)"
}

flood() {
    local out
    (cd "$HOME/refused" && seq 6000 | xargs touch)
    local script='my ($bad, $n, $end) = (0, 0, time + 10);'
    script+=' while (time < $end) { for (1 .. 100) { $n++; $bad++ if sysopen(F, "$ARGV[0]/" . (1 + int rand 6000), 0); } }'
    script+=' print "refused $n opened $bad\n";'
    out=$(confined '' perl -e "$script" "$HOME/refused")
    judge 'refused calls for 10 s' "$([[ $out == *' opened 0' ]]; echo $?)" "$out"
}

# Programs that draw: a window appears, or the display is refused.
windows() {
    local number program
    exec 9< <(exec Xvfb -displayfd 1 -screen 0 800x600x24 -nolisten tcp 2> /dev/null)
    display=$!
    read -r number <&9
    export DISPLAY=:$number
    for program in xdpyinfo xclock gtk3-widget-factory zenity; do
        local words=("$program")
        case $program in
            xclock | gtk3-widget-factory) words=(timeout 5 "$program") ;;
            zenity) words=(timeout 5 zenity --info --text=stress) ;;
        esac
        local status=0
        confined $'display x11 t\n' "${words[@]}" > /dev/null 2>&1 || status=$?
        judge "$program with the display" "$([ "$status" = 0 ] || [ "$status" = 124 ]; echo $?)" "ended with $status"
        status=0
        confined '' "${words[@]}" > /dev/null 2>&1 || status=$?
        judge "$program without it" "$([ "$status" = 1 ]; echo $?)" "ended with $status"
    done
}

opens
many
flood
windows
exit "$failed"
