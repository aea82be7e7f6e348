#!/usr/bin/env bash
# Starts well-known apps confined with the templates they come with, uses them, and writes down what they were
# refused and what was asked: apps.sh TREE OUT APP... on the display it is given.
# Everything lies in a world of its own below /var/tmp; root plays it as "nobody".
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
tree=$(readlink -f "$1")
out=$2
shift 2

# Short, because addresses of sockets are.
world=$(mktemp -d /var/tmp/aXXXXXX)
trap 'rm -rf "$world"' EXIT
mkdir -p "$world/out" "$world/made"
"$here/apps/things.sh" "$world/made"
cp "$GREENMAIL" "$world/made/greenmail.jar" # the mail server of thunderbird-beside.sh
as_user=()
if [ "$(id -u)" -eq 0 ]; then
    # An ordinary user may not be able to read where root keeps the sources.
    cp -r "$tree" "$world/landgrant"
    cp -r "$here/apps" "$world/apps"
    tree=$world/landgrant
    chmod 711 "$world"
    chown -R nobody: "$world/out" "$world/made"
    as_user=(setpriv --reuid nobody --regid nogroup --clear-groups --inh-caps=-all --bounding-set=-all)
else
    ln -s "$here/apps" "$world/apps"
fi

: > "$out/table.md"
printf '| app | version | template | what was done | asked | refused without a question | verdict |\n' >> "$out/table.md"
printf '| --- | --- | --- | --- | --- | --- | --- |\n' >> "$out/table.md"
status=0
for app in "$@"; do
    home=$world/h run=$world/run
    mkdir -p "$home"/{Desktop,Documents,Downloads,Music,Pictures,Public,Templates,Videos,.config} "$run"
    # The bus takes the home folder from the list of users, and watches no folder that comes later.
    mkdir -p "$home/.local/share/dbus-1/services"
    chmod 700 "$home" "$run"
    while read -r name folder; do
        printf 'XDG_%s_DIR="$HOME/%s"\n' "$name" "$folder"
    done > "$home/.config/user-dirs.dirs" << 'TEXT'
DESKTOP Desktop
DOWNLOAD Downloads
TEMPLATES Templates
PUBLICSHARE Public
DOCUMENTS Documents
MUSIC Music
PICTURES Pictures
VIDEOS Videos
TEXT
    printf 'en_US\n' > "$home/.config/user-dirs.locale"
    mkdir -p "$home/.ssh" && printf 'a key\n' > "$home/.ssh/id_rsa"
    [ "$(id -u)" -ne 0 ] || chown -R nobody: "$home" "$run"
    beside=''
    if [ -e "$world/apps/$app-beside.sh" ]; then
        "$world/apps/$app-beside.sh" "$world/made" > "$out/$app-beside.log" 2>&1 9>&- &
        beside=$!
    fi
    (cd "$home" && "${as_user[@]}" env -i HOME="$home" USER="$(id -un)" DISPLAY="$DISPLAY" PATH=/usr/local/bin:/usr/bin:/bin \
        LANG=C.UTF-8 XDG_DATA_HOME="$home/.local/share" XDG_RUNTIME_DIR="$run" LANDGRANT_JAVA="$JAVA_HOME/bin/java" \
        dbus-run-session -- "$world/apps/one.sh" "$app" "$tree/bin/landgrant" "$world/made" "$world/out" 9>&-) \
        > "$out/$app.log" 2>&1 || status=1
    [ -z "$beside" ] || { kill "$beside" && wait "$beside"; } 2> /dev/null || true
    cp -r "$world/out/." "$out/"
    [ ! -e "$out/$app.row" ] || cat "$out/$app.row" >> "$out/table.md"
    xprop -root -remove AT_SPI_BUS 2> /dev/null || true # the last bus's
    # What was killed may still be writing for a moment.
    until rm -rf "$home" "$run" "$out/$app.row" "$world/out/"* 2> /dev/null; do sleep 0.2; done
done
cat "$out/table.md"
exit "$status"
