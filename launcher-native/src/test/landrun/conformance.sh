#!/usr/bin/env bash
# Cases of landrun's command line, by exit status alone: run with the path of a program called landrun.
#
#   conformance.sh LANDRUN [ABI]
#
# Works in a folder of its own below TMPDIR. Says each case that ends otherwise than it should, and ends with 1
# then. ABI: what the kernel has (then strictness is tried, too). Needs bash, coreutils and python3.
set -u
export PATH=/usr/bin:/bin

landrun=${1:?the path of a program called landrun}
abi=${2:-0}
cases=0 failed=0
work=$(cd "$(mktemp -d)" && pwd -P)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 2
unset LANDRUN_LOG_LEVEL

mkdir -p ro rw exec deep/a/b/c other
echo content > ro/file
echo content > rw/file
echo content > deep/a/b/c/file
echo secret > other/secret
ln -s ../other/secret ro/link
printf '#!/bin/sh\nexit 42\n' > exec/script
cp "$(type -P true)" exec/true
chmod 755 exec/script exec/true
printf '#!/bin/sh\nexit 0\n' > exec/unexecutable
chmod 644 exec/unexecutable

# The system, for everything that is not about it.
sys=(--best-effort --rox /usr,/bin,/lib,/lib64 --ignore-missing --ro /etc --rw /dev/null)

# case STATUS NAME WORD...: landrun with these words ends with that status; !0 is any other than 0.
case_() {
    local wanted=$1 name=$2 got
    shift 2
    timeout -k 5 20 "$landrun" "$@" < /dev/null > out 2> err
    got=$?
    cases=$((cases + 1))
    if [ "$wanted" = '!0' ]; then
        [ $got -ne 0 ] && return
    elif [ $got -eq "$wanted" ]; then
        return
    fi
    failed=$((failed + 1))
    printf 'not so: %s: wanted %s, got %s\n  %s\n' "$name" "$wanted" "$got" "$(head -c 400 err)" >&2
}

# printed NAME TEXT: what the last case printed.
printed() {
    cases=$((cases + 1))
    [ "$(cat out)" = "$2" ] && return
    failed=$((failed + 1))
    printf 'not so: %s: printed "%s"\n' "$1" "$(head -c 200 out)" >&2
}

# --- nothing is allowed that is not named
case_ 1 'no rules: nothing can be started' --best-effort true
case_ 1 'no rules, by path' --best-effort -- /bin/true
case_ 0 'a command and its system' "${sys[@]}" true
case_ 0 'the command after two dashes' "${sys[@]}" -- true
case_ 1 'reading what is not named' "${sys[@]}" -- cat "$work/ro/file"
case_ '!0' 'writing what is not named' "${sys[@]}" -- sh -c "echo x > $work/new"
case_ '!0' 'listing what is not named' "${sys[@]}" -- ls "$work/ro"

# --- files
case_ 0 'ro: reading' "${sys[@]}" --ro "$work/ro" -- cat "$work/ro/file"
printed 'ro: reading' content
case_ 0 'ro: listing' "${sys[@]}" --ro "$work/ro" -- ls "$work/ro"
case_ '!0' 'ro: writing' "${sys[@]}" --ro "$work/ro" -- sh -c "echo x >> $work/ro/file"
case_ '!0' 'ro: creating' "${sys[@]}" --ro "$work/ro" -- touch "$work/ro/new"
case_ '!0' 'ro: removing' "${sys[@]}" --ro "$work/ro" -- rm -f "$work/ro/file"
case_ '!0' 'ro: executing' "${sys[@]}" --ro "$work/exec" -- "$work/exec/true"
case_ 0 'ro: one file' "${sys[@]}" --ro "$work/ro/file" -- cat "$work/ro/file"
case_ '!0' 'ro: one file is not the folder' "${sys[@]}" --ro "$work/ro/file" -- ls "$work/ro"
case_ 0 'rw: writing' "${sys[@]}" --rw "$work/rw" -- sh -c "echo x > $work/rw/file"
case_ 0 'rw: creating, moving and removing' "${sys[@]}" --rw "$work/rw" -- \
    sh -c "cd $work/rw && mkdir d && echo x > d/f && mv d/f g && ln g h && ln -s g s && mkfifo p && rm -r d g h s p"
case_ 0 'rw: cutting' "${sys[@]}" --rw "$work/rw" -- truncate -s 0 "$work/rw/file"
case_ '!0' 'rw: executing' "${sys[@]}" --rw "$work/exec" -- "$work/exec/true"
case_ '!0' 'rw: moving out of it' "${sys[@]}" --rw "$work/rw" --ro "$work/ro" -- mv "$work/rw/file" "$work/ro/moved"
case_ 0 'rox: executing' "${sys[@]}" --rox "$work/exec" -- "$work/exec/true"
case_ '!0' 'rox: writing' "${sys[@]}" --rox "$work/exec" -- sh -c "echo x > $work/exec/new"
case_ 0 'rwx: executing what was written' "${sys[@]}" --rwx "$work/rw" -- \
    sh -c "cp $work/exec/true $work/rw/t 2>/dev/null || cp /bin/true $work/rw/t; $work/rw/t"
case_ 0 'nested: what is deep in it' "${sys[@]}" --ro "$work/deep" -- cat "$work/deep/a/b/c/file"
case_ 0 'nested: writing in a part of what is read' "${sys[@]}" --ro "$work/deep" --rw "$work/deep/a/b" -- \
    sh -c "cat $work/deep/a/b/c/file > $work/deep/a/b/copy"
case_ '!0' 'nested: writing beside that part' "${sys[@]}" --ro "$work/deep" --rw "$work/deep/a/b" -- touch "$work/deep/a/new"

# --- traversal
case_ '!0' 'two dots do not lead out' "${sys[@]}" --ro "$work/ro" -- cat "$work/ro/../other/secret"
case_ '!0' 'a link does not lead out' "${sys[@]}" --ro "$work/ro" -- cat "$work/ro/link"
case_ 0 'a link leads to what is named' "${sys[@]}" --ro "$work/ro,$work/other" -- cat "$work/ro/link"
case_ 0 'a rule through a link is for what it leads to' "${sys[@]}" --ro "$work/ro/link" -- cat "$work/other/secret"
case_ 0 'a relative path' "${sys[@]}" --ro ro -- cat ro/file
case_ '!0' 'descriptors of files that are closed' "${sys[@]}" -- sh -c "exec 3< $work/other/secret; cat <&3"

# --- how options are written
case_ 0 'a list with commas' "${sys[@]}" --ro "$work/ro,$work/other" -- cat "$work/ro/file" "$work/other/secret"
case_ 0 'repeated' "${sys[@]}" --ro "$work/ro" --ro "$work/other" -- cat "$work/ro/file" "$work/other/secret"
case_ 0 'with an equals sign' "${sys[@]}" "--ro=$work/ro" -- cat "$work/ro/file"
case_ 1 'an unknown option' "${sys[@]}" --no-such-option -- true
case_ 1 'an option without its value' "${sys[@]}" --ro
case_ 1 'no command' "${sys[@]}"
case_ 1 'no command after two dashes' "${sys[@]}" --
case_ 1 'no words at all'
case_ 0 'help' --help
case_ 0 'help, short' -h
case_ 0 'version' --version
case_ 0 'version, short' -v
case_ 0 'options of the command are its own' "${sys[@]}" -- sh -c 'exit 0' --ro /nowhere

# --- missing paths
case_ 1 'a path that does not exist' --best-effort --rox /usr,/etc --ro "$work/nowhere" -- true
case_ 0 'the same, ignored' "${sys[@]}" --ignore-missing --ro "$work/nowhere" -- true
case_ 1 'a command that does not exist' "${sys[@]}" -- no-such-command-anywhere
case_ 1 'a command by a path that does not exist' "${sys[@]}" -- "$work/nowhere/command"
case_ 1 'a command that cannot be executed' "${sys[@]}" --rox "$work/exec" -- "$work/exec/unexecutable"
case_ 1 'a command that may not be executed' "${sys[@]}" --ro "$work/exec" -- "$work/exec/true"

# --- how it ends
case_ 42 "the command's own status" "${sys[@]}" -- sh -c 'exit 42'
case_ 42 'that of a script' "${sys[@]}" --rox "$work/exec" -- "$work/exec/script"
case_ 137 'killed' "${sys[@]}" -- sh -c 'kill -9 $$'
case_ 143 'ended' "${sys[@]}" -- sh -c 'kill -15 $$'
case_ 125 "statuses of our own are the command's, too" "${sys[@]}" -- sh -c 'exit 125'

# --- pipes and descriptors
case_ 0 'a pipe within' "${sys[@]}" --ro "$work/ro" -- sh -c "cat $work/ro/file | grep -q content"
cases=$((cases + 1))
echo through | "$landrun" "${sys[@]}" -- cat 2> /dev/null | grep -q through || {
    failed=$((failed + 1))
    echo 'not so: a pipe through it' >&2
}
case_ 0 'a here-document' "${sys[@]}" --rw /tmp -- sh -c 'cat << END
x
END'
case_ 0 '/dev/null is a rule like others' "${sys[@]}" -- sh -c 'echo x > /dev/null'

# --- the environment
export CONFORMANCE_ONE=1 CONFORMANCE_TWO=2
case_ 0 'it is empty' "${sys[@]}" -- /usr/bin/env
printed 'it is empty' ''
case_ 0 'a value from here' "${sys[@]}" --env CONFORMANCE_ONE -- /usr/bin/env
printed 'a value from here' CONFORMANCE_ONE=1
case_ 0 'a value of its own' "${sys[@]}" --env CONFORMANCE_ONE=other -- /usr/bin/env
printed 'a value of its own' CONFORMANCE_ONE=other
case_ 0 'several' "${sys[@]}" --env CONFORMANCE_ONE --env CONFORMANCE_TWO=x=y -- /usr/bin/env
printed 'several' "$(printf 'CONFORMANCE_ONE=1\nCONFORMANCE_TWO=x=y')"
case_ 0 'one that is not set here' "${sys[@]}" --env CONFORMANCE_NONE -- /usr/bin/env
printed 'one that is not set here' ''
case_ 0 'a value with a comma' "${sys[@]}" --env CONFORMANCE_ONE=a,b -- /usr/bin/env
printed 'a value with a comma' CONFORMANCE_ONE=a,b
case_ 0 'the command is found by our PATH, not its own' "${sys[@]}" --env PATH=/nowhere -- true

# --- libraries and the command itself
case_ 0 'ldd and add-exec are enough for a program' --best-effort --ldd --add-exec -- true
case_ 1 'add-exec alone is not' --best-effort --add-exec -- true
case_ 1 'ldd alone is not' --best-effort --ldd -- true
case_ 0 'and it may read what is named' --best-effort --ldd --add-exec --ro "$work/ro" -- cat "$work/ro/file"
case_ 1 'but nothing else' --best-effort --ldd --add-exec -- cat "$work/ro/file"
case_ 0 'by path' --best-effort --ldd --add-exec -- "$work/exec/true"
case_ 1 'ldd of what does not exist' --best-effort --ldd --add-exec -- no-such-command-anywhere

# --- TCP
python3 -c '
import socket, time
one, two = socket.socket(), socket.socket()
for s in one, two:
    s.bind(("127.0.0.1", 0))
    s.listen(64)
print(one.getsockname()[1], two.getsockname()[1], flush=True)
time.sleep(600)
' < /dev/null > ports 2> /dev/null &
server=$!
trap 'kill $server 2> /dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do
    [ -s ports ] && break
    sleep 0.1
done
read -r port closed < ports
connect() { printf 'import socket; socket.create_connection(("127.0.0.1", %s), 5)' "$1"; }
bind() { printf 'import socket; s = socket.socket(); s.bind(("127.0.0.1", %s)); s.listen()' "$1"; }
py=(python3 -S -c)
case_ '!0' 'no port: no connection' "${sys[@]}" -- "${py[@]}" "$(connect "$port")"
case_ 0 'connecting to a port' "${sys[@]}" --connect-tcp "$port" -- "${py[@]}" "$(connect "$port")"
case_ '!0' 'connecting to another' "${sys[@]}" --connect-tcp "$port" -- "${py[@]}" "$(connect "$closed")"
case_ 0 'several ports with commas' "${sys[@]}" --connect-tcp "$port,$closed" -- "${py[@]}" "$(connect "$closed")"
case_ '!0' 'listening is not connecting' "${sys[@]}" --bind-tcp "$port" -- "${py[@]}" "$(connect "$port")"
case_ '!0' 'no port: no listening' "${sys[@]}" -- "${py[@]}" "$(bind 0)"
case_ 0 'listening on whatever is free' "${sys[@]}" --bind-tcp 0 -- "${py[@]}" "$(bind 0)"
case_ '!0' 'that is no certain port' "${sys[@]}" --bind-tcp 0 -- "${py[@]}" "$(bind 28765)"
case_ 0 'listening on a port' "${sys[@]}" --bind-tcp 28765 -- "${py[@]}" "$(bind 28765)"
for bad in 70000 65536 -1 http 0x50 '' 80,,81 99999999999999999999; do
    case_ 1 "the port \"$bad\"" "${sys[@]}" "--connect-tcp=$bad" -- true
    case_ 1 "the port \"$bad\", listening" "${sys[@]}" "--bind-tcp=$bad" -- true
done

# --- Unix sockets
python3 -c '
import os, socket, time
os.mkdir("socks")
s = socket.socket(socket.AF_UNIX)
s.bind("socks/one")
s.listen(64)
print("there", flush=True)
time.sleep(600)
' < /dev/null > sockets 2> /dev/null &
unix=$!
trap 'kill $server $unix 2> /dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do
    [ -s sockets ] && break
    sleep 0.1
done
unix() { printf 'import socket; socket.socket(socket.AF_UNIX).connect("%s/socks/one")' "$work"; }
case_ '!0' 'a socket that is not named' "${sys[@]}" -- "${py[@]}" "$(unix)"
case_ '!0' 'reading its folder is not enough' "${sys[@]}" --ro "$work/socks" -- "${py[@]}" "$(unix)"
case_ '!0' 'nor writing there' "${sys[@]}" --rw "$work/socks" -- "${py[@]}" "$(unix)"
case_ 0 'a socket by its name' "${sys[@]}" --unix "$work/socks/one" -- "${py[@]}" "$(unix)"
case_ 0 'those of a folder' "${sys[@]}" --unix "$work/socks" -- "${py[@]}" "$(unix)"
case_ 0 'a folder of sockets can be listed' "${sys[@]}" --unix "$work/socks" -- ls "$work/socks"
case_ '!0' 'but not changed' "${sys[@]}" --unix "$work/socks" -- touch "$work/socks/new"

# --- without limits
case_ 0 'files without limits' --best-effort --unrestricted-filesystem -- cat "$work/other/secret"
case_ 0 'writing, too' --best-effort --unrestricted-filesystem -- touch "$work/free"
case_ '!0' 'files without limits are no network' --best-effort --unrestricted-filesystem -- "${py[@]}" "$(connect "$port")"
case_ 0 'the network without limits' "${sys[@]}" --unrestricted-network -- "${py[@]}" "$(connect "$port")"
case_ 0 'listening, too' "${sys[@]}" --unrestricted-network -- "${py[@]}" "$(bind 0)"
case_ '!0' 'the network without limits is no files' "${sys[@]}" --unrestricted-network -- cat "$work/other/secret"
case_ '!0' 'signals to others' "${sys[@]}" -- sh -c "kill -0 $server"
case_ 0 'signals without limits' "${sys[@]}" --unrestricted-scoped -- sh -c "kill -0 $server"
case_ '!0' 'which is no files' "${sys[@]}" --unrestricted-scoped -- cat "$work/other/secret"
case_ 0 'files and network' --best-effort --unrestricted-filesystem --unrestricted-network -- "${py[@]}" "$(connect "$port")"
case_ 0 'nothing restricted, on every kernel' --unrestricted-filesystem --unrestricted-network --unrestricted-scoped -- cat "$work/other/secret"
case_ 42 'nothing restricted, its status' --unrestricted-filesystem --unrestricted-network --unrestricted-scoped -- "$work/exec/script"
case_ 1 'nothing restricted, no such command' --unrestricted-filesystem --unrestricted-network --unrestricted-scoped -- no-such-command-anywhere
case_ 0 'nothing restricted, the environment' --unrestricted-filesystem --unrestricted-network --unrestricted-scoped -- /usr/bin/env
printed 'nothing restricted, the environment' ''

# --- logs
for level in error info debug; do
    case_ 0 "the level $level" "${sys[@]}" --log-level "$level" -- true
    LANDRUN_LOG_LEVEL=$level case_ 0 "the level $level, by a variable" "${sys[@]}" -- true
done
case_ 0 'what the kernel logs' "${sys[@]}" --log-disable-originating --log-enable-subprocesses --log-disable-subdomains -- true

# --- within itself, and strictly
cp -L "$landrun" exec/landrun
case_ 0 'one within another' "${sys[@]}" --rox "$work/exec" --ro /proc -- "$work/exec/landrun" "${sys[@]}" -- true
case_ '!0' 'the inner one gives nothing back' "${sys[@]}" --rox "$work/exec" --ro /proc -- \
    "$work/exec/landrun" "${sys[@]}" --ro "$work/other" -- cat "$work/other/secret"
if [ "$abi" -ge 9 ]; then
    case_ 0 'strict, on a kernel that has all of it' --rox /usr,/bin,/lib,/lib64 --ignore-missing --ro /etc -- true
elif [ "$abi" -gt 0 ]; then
    case_ 1 'strict, on a kernel that has less' --rox /usr,/bin,/lib,/lib64 --ignore-missing --ro /etc -- true
fi

printf '%s cases, %s failed\n' "$cases" "$failed"
[ "$failed" -eq 0 ]
