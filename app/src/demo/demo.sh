#!/usr/bin/env bash
# Plays the story of the README on the display it is given: demo.sh TREE OUT
# Everything the story touches lies in a world of its own below /var/tmp; root plays it as "nobody".
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
tree=$(readlink -f "$1")
out=$2

world=$(mktemp -d /var/tmp/landgrant-demo.XXXXXX)
trap 'rm -rf "$world"' EXIT
home=$world/home
mkdir -p "$home"/{Desktop,Documents,Downloads,Music,Pictures,Public,Templates,Videos,.config} "$world/run" "$world/out"
chmod 700 "$home" "$world/run"
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

# A mail program of the person's own, in the home folder; all it does is to write down whom to write to.
mkdir -p "$home/Programs" "$home/.local/share/applications"
cat > "$home/Programs/letters" << 'TEXT'
#!/bin/sh
echo "$1" > "$HOME/Downloads/mail.txt"
TEXT
chmod 755 "$home/Programs/letters"
cat > "$home/.local/share/applications/letters.desktop" << TEXT
[Desktop Entry]
Type=Application
Name=Letters
Exec=$home/Programs/letters %u
MimeType=x-scheme-handler/mailto;
TEXT
printf '[Default Applications]\nx-scheme-handler/mailto=letters.desktop\n' > "$home/.config/mimeapps.list"

as_user=()
if [ "$(id -u)" -eq 0 ]; then
    # An ordinary user may not be able to read where root keeps the sources.
    cp -r "$tree" "$world/landgrant"
    cp -r "$here/../../target/test-classes" "$world/story"
    tree=$world/landgrant
    chmod 711 "$world"
    chown -R nobody: "$home" "$world/run" "$world/out"
    as_user=(setpriv --reuid nobody --regid nogroup --clear-groups --inh-caps=-all --bounding-set=-all)
else
    ln -s "$here/../../target/test-classes" "$world/story"
fi

xsetroot -solid '#46586a' # a desk to lay the windows on
status=0
(cd "$world" && "${as_user[@]}" env -i HOME="$home" USER="$(id -un)" DISPLAY="$DISPLAY" PATH=/usr/local/bin:/usr/bin:/bin \
    LANG=C.UTF-8 XDG_RUNTIME_DIR="$world/run" LANDGRANT_THEME=light LANDGRANT_JAVA="$JAVA_HOME/bin/java" \
    dbus-run-session -- "$JAVA_HOME/bin/java" "@$tree/lib/agent.options" -Dprism.order=sw -Djavafx.cachedir="$world/run/javafx" \
    --module-path "$tree/lib/javafx" --add-modules javafx.controls,jdk.httpserver \
    -cp "$tree/lib/*:$world/story" -Dlandgrant.launcher="$tree/bin/landgrant" \
    org.landgrant.demo.Story "$world/out") || status=$?
rm -f "$out"/[0-9][0-9]-*.png
cp -r "$world/out/." "$out/"
exit "$status"
