#!/usr/bin/env bash
# One app, in a world of its own with a bus: one.sh APP LANDGRANT MADE OUT
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
app=$1 landgrant=$2 made=$3 out=$4
. "$here/hands.sh"
. "$here/$app.sh"

# The agent has no display: what is asked waits for "landgrant answer", and no window of ours lies on the app's.
# But it is the agent that starts the browser that a link opens in.
([ -n "${links:-}" ] || unset DISPLAY && "$landgrant" apps > /dev/null)
"$landgrant" confine "$id"
(unset DISPLAY && watch_prompts) &
watcher=$!
finish() {
    shot end
    kill "$watcher" 2> /dev/null || true
    "$landgrant" denials "$id" > "$out/$app.denials" || true
    "$landgrant" log > "$out/$app.history" || true
    row
    end_all
}
trap finish EXIT
use
