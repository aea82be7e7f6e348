#!/usr/bin/env bash
# Takes a picture of every screen, light and dark, in English and Japanese, on the display it is given:
# looks.sh TREE OUT SCALE [SCREEN...], then index.html from all that lies in OUT.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
tree=$(readlink -f "$1")
out=$(readlink -f "$2")
scale=$3
shift 3
cd "$here/../.." # the made-up desktop looks for the launcher from here

status=0
for lang in en ja; do
    for theme in light dark; do
        LANG=C.UTF-8 LANDGRANT_THEME=$theme "$JAVA_HOME/bin/java" "@$tree/lib/agent.options" -Xmx512m -Dprism.order=sw \
            -Dglass.gtk.uiScale="$scale" -Duser.language="$lang" -Djava.util.logging.config.file=/dev/null \
            --module-path "$tree/lib/javafx" --add-modules javafx.controls -cp "$tree/lib/*:target/test-classes" \
            org.landgrant.ui.Looks "$out" "$@" || status=1
    done
done

row() {
    local of=$1 variant
    shift
    printf '<tr><th>%s</th>' "$of"
    for variant in "$@"; do
        printf '<td><a href="%s"><img loading="lazy" src="%s" alt="%s"></a></td>' "$of$variant.png" "$of$variant.png" "$of$variant"
    done
    printf '</tr>\n'
}

{
    printf '<!doctype html>\n<meta charset="utf-8">\n<title>Looks</title>\n'
    printf '<style>body { font-family: sans-serif; background: #888 } img { width: 400px } th { text-align: left; vertical-align: top }</style>\n'
    printf '<table>\n'
    mapfile -t variants < <(find "$out" -name '*-*-*-*.png' -printf '%f\n' | grep -oE -- '-(en|ja)-(light|dark)-[0-9]+(-text[0-9]+)?' | sort -u)
    printf '<tr><th></th>' && printf '<th>%s</th>' "${variants[@]#-}" && printf '</tr>\n'
    find "$out" -name '*-en-light-100.png' -printf '%f\n' | sed 's/-en-light-100\.png$//' | sort | while read -r screen; do
        row "$screen" "${variants[@]}"
    done
    printf '</table>\n'
} > "$out/index.html"
exit "$status"
