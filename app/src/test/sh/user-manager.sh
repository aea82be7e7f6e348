#!/bin/sh
# user-manager.sh RUNTIME-FOLDER: a session bus and a real systemd --user of their own, until this is ended.
# Root only: the manager gets a control group of its own, and a /run of its own in which it believes the system was
# started by systemd. Says "ready" once it answers, or nothing.
set -eu
XDG_RUNTIME_DIR=$1
DBUS_SESSION_BUS_ADDRESS=unix:path=$1/bus
export XDG_RUNTIME_DIR DBUS_SESSION_BUS_ADDRESS
groups=
here=$$
clean() {
    trap - EXIT TERM INT
    kill "$manager" "$bus" 2> /dev/null || true
    wait "$manager" 2> /dev/null || true
    for group in $groups; do
        echo "$here" > "$(dirname "$group")/cgroup.procs" 2> /dev/null || true
        find "$group" -depth -type d -exec rmdir {} \; 2> /dev/null || true
    done
}
for root in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
    if [ -w "$root/cgroup.procs" ]; then
        mkdir "$root/landgrant-test-$$"
        echo $$ > "$root/landgrant-test-$$/cgroup.procs"
        groups="$groups $root/landgrant-test-$$"
    fi
done
[ -n "$groups" ] || exit 0
dbus-daemon --session --nofork --address="$DBUS_SESSION_BUS_ADDRESS" > /dev/null 2>&1 &
bus=$!
while [ ! -S "$1/bus" ]; do sleep 0.05; done
unshare -m sh -c 'mount -t tmpfs none /run/systemd && mkdir /run/systemd/system && exec /lib/systemd/systemd --user' > /dev/null 2>&1 &
manager=$!
trap clean EXIT
trap 'exit 0' TERM INT
for try in $(seq 100); do
    if dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
        string:org.freedesktop.systemd1 2> /dev/null | grep -q true; then
        echo ready
        wait "$manager" || true
        exit 0
    fi
    sleep 0.1
done
