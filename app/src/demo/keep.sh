#!/bin/sh
# Keeps the pictures of one demo that the README shows: keep.sh FROM TO
set -eu
for name in settings prompt allowed card; do
    browser=firefox
    [ "$name" != card ] || browser=chromium
    picture=$(find "$1" -name "*-$browser-$name.png" | head -n 1)
    convert "$picture" -trim +repage "$2/$name.png"
done
rm -rf "$1"
