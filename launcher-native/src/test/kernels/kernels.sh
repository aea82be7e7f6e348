#!/usr/bin/env bash
# Runs the enforcement checks and the attacks on several generations of the kernel and writes one table.
#   kernels.sh OUT NATIVE [--fresh]
# OUT gets table.md, table.txt and, per kernel, its console and results. NATIVE is where the C programs were
# built. --fresh looks for newer kernels than those kept.
#
# The kernels are Debian's own, looked up by pattern because their versions move, fetched with an apt state
# of our own and unpacked, never installed. Each boots in a virtual machine whose whole disk is a few static
# programs. A kernel that cannot be had is reported as not run, never as passed.
set -euo pipefail

out=$1 native=$2 fresh=${3:-}
here=$(dirname "$(readlink -f "$0")")
cache=${XDG_CACHE_HOME:-$HOME/.cache}/landgrant-kernels
readonly out native fresh here cache

# A machine whose host is busy may miss the ticks by which Linux tests its timer, hence no_timer_check.
# With the attacks; every attempt in them has a limit of its own.
readonly BOOT_SECONDS=2700
# Without cmpxchg16b: QEMU 7.2 emulates it with wrong flags at times, and Linux 6.12 then falls over.
readonly CPU=max,-cx16
# name | suite | packages whose kernel it is, as an extended regular expression
readonly KERNELS=(
    'linux-6.1|bookworm|linux-image-6[.]1[.]0-[0-9]+-cloud-amd64'
    'linux-6.12|bookworm-backports|linux-image-6[.]12[.][0-9][0-9a-z.+]*-cloud-amd64'
    'linux-7.2|testing|linux-binary-7[.]2[.][0-9][0-9a-z.+]*-cloud-amd64'
    'linux-7.3|experimental|linux-binary-7[.]3[0-9a-z.+]*-cloud-amd64'
)
# In the order in which they can be loaded; a kernel that has them built in, or not at all, has none of these.
readonly MODULES=(unix_diag inet_diag tcp_diag udp_diag raw_diag netlink_diag libcrc32c
    udp_tunnel ip6_udp_tunnel sctp loop vsock
    vmw_vsock_virtio_transport_common vsock_loopback)

say() { printf '%s\n' "dev: $*" >&2; }

declare -A reason=() # why a column was not run

# --- fetching -------------------------------------------------------------------------------------------

apt_ready=
# Lists of our own, from the Debian mirror this machine already uses. The reason when that is impossible.
prepare_apt() {
    [ -z "$apt_ready" ] || return 0
    command -v apt-get > /dev/null && command -v dpkg > /dev/null || { echo "apt is missing"; return 1; }
    [ "$(dpkg --print-architecture)" = amd64 ] || { echo "the kernels are for amd64 only"; return 1; }
    local mirror=${LANDGRANT_DEBIAN_MIRROR:-} keyring=/usr/share/keyrings/debian-archive-keyring.gpg options
    [ -n "$mirror" ] || mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' |
        grep -Em1 '/debian/?$') || { echo "apt's sources name no Debian mirror"; return 1; }
    mkdir -p "$cache/apt/lists/partial" "$cache/apt/archives/partial"
    options="arch=amd64 target=Packages"
    [ ! -e "$keyring" ] || options+=" signed-by=$keyring"
    printf "deb [$options] $mirror %s main\n" $(printf '%s\n' "${KERNELS[@]}" | cut -d'|' -f2 | sort -u) \
        > "$cache/apt/sources.list"
    # A proxy of the machine's settings stays, its hooks do not.
    cat > "$cache/apt/apt.conf" << CONF
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "2";
Dir::State "$cache/apt";
Dir::State::status "/dev/null";
Dir::Cache "$cache/apt";
Dir::Etc::SourceList "$cache/apt/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Preferences "/dev/null";
Dir::Etc::PreferencesParts "/dev/null";
CONF
    say "looking for Debian's kernels on $mirror"
    # One suite that fails leaves the others usable; what is missing is seen when it is looked for.
    apt-get -c "$cache/apt/apt.conf" update -qq > "$cache/apt/update.log" 2>&1 || true
    apt_ready=yes
}

# fetch NAME PATTERN: leaves vmlinuz and modules/ in $cache/NAME, or prints why not and fails.
fetch() {
    local name=$1 pattern=$2 package part=$cache/$1.part
    package=$(apt-cache -c "$cache/apt/apt.conf" pkgnames linux- | grep -Ex "$pattern" | sort -V | tail -n 1) ||
        { echo "no package is called $pattern there"; return 1; }
    local packages=("$package")
    case $package in linux-binary-*) packages+=("linux-modules-${package#linux-binary-}") ;; esac
    say "fetching ${packages[*]}"
    rm -rf "$part"
    mkdir -p "$part/deb" "$part/tree" "$part/modules"
    (cd "$part/deb" && apt-get -c "$cache/apt/apt.conf" download -qq "${packages[@]}" > ../fetch.log 2>&1) ||
        { echo "fetching ${packages[*]} failed: $(tail -n 1 "$part/fetch.log")"; return 1; }
    local deb kernel module file
    for deb in "$part"/deb/*.deb; do
        dpkg -x "$deb" "$part/tree" || { echo "unpacking $package failed"; return 1; }
    done
    kernel=$(find "$part/tree" -type f -name 'vmlinuz*' -print -quit)
    [ -n "$kernel" ] || { echo "there is no kernel in $package"; return 1; }
    mv "$kernel" "$part/vmlinuz"
    local number=10
    for module in "${MODULES[@]}"; do
        file=$(find "$part/tree" -type f -name "$module.ko*" -print -quit)
        case $file in
            *.ko) cp "$file" "$part/modules/$number-$module.ko" ;;
            *.ko.xz) xz -dc "$file" > "$part/modules/$number-$module.ko" || { echo "unpacking $file failed"; return 1; } ;;
        esac
        number=$((number + 1))
    done
    rm -rf "$part/deb" "$part/tree" "${cache:?}/$name"
    mv "$part" "$cache/$name"
}

have() {
    local name=$1 pattern=$2 why
    [ -n "$fresh" ] || [ ! -e "$cache/$name/vmlinuz" ] || return 0
    # Not in a subshell, so that apt's lists are fetched once; its reason goes through a file.
    mkdir -p "$cache"
    if prepare_apt > "$cache/why" && fetch "$name" "$pattern" > "$cache/why"; then return 0; fi
    why=$(tail -n 1 "$cache/why")
    if [ -e "$cache/$name/vmlinuz" ]; then
        say "$name stays the one kept: $why"
        return 0
    fi
    reason[$name]=${why:-it could not be fetched}
    return 1
}

# --- booting --------------------------------------------------------------------------------------------

# One program that is loaded the usual way, with its loader and libraries.
add_dynamic() {
    local root=$1 program=$2 file
    for file in "$program" $(ldd "$program" | grep -o '/[^ )]*'); do
        mkdir -p "$root/$(dirname "$file")"
        cp -L "$file" "$root/$file"
    done
}

# boot COLUMN KERNEL LSM: a machine that holds nothing but our programs; results in $out/COLUMN.results.
boot() {
    local column=$1 kernel=$2 lsm=$3 root=$out/$1.root
    rm -rf "$root"
    mkdir -p "$root/usr/bin" "$root/dev" "$root/modules"
    ln -s usr/bin "$root/bin"
    cp "$native/kernels/init" "$root/init"
    cp "$native/landgrant" "$native/attacks" "$native/kernels/checks" "$root/bin/"
    add_dynamic "$root" /bin/cat # some attacks need a program with a loader
    cp "$cache/$kernel"/modules/* "$root/modules/" 2> /dev/null || true
    (cd "$root" && find . | cpio --quiet -o -H newc -R 0:0) > "$out/$column.initramfs"
    rm -rf "$root"
    : > "$out/$column.results"
    timeout --foreground --kill-after=5 "$BOOT_SECONDS" qemu-system-x86_64 -accel tcg -cpu "$CPU" -smp 2 -m 768 \
        -nodefaults -no-user-config -display none -vga none -nic none -no-reboot \
        -kernel "$cache/$kernel/vmlinuz" -initrd "$out/$column.initramfs" \
        -append "console=ttyS0 lsm=$lsm panic=-1 quiet no_timer_check" \
        -serial "file:$out/$column.console" -serial "file:$out/$column.results" < /dev/null > "$out/$column.qemu" 2>&1 ||
        say "the virtual machine of $column ended with $?, $(tail -n 1 "$out/$column.qemu")"
    rm -f "$out/$column.initramfs"
}

natively() {
    local folder
    folder=$(mktemp -d)
    chmod 711 "$folder"
    {
        "$native/kernels/checks" "$native/landgrant" "$folder" || true
        "$native/kernels/checks" attacks "$native/attacks" "$native/landgrant" "$folder" || true
    } > "$out/running.results" 2> "$out/running.console"
    echo off >> "$out/running.results"
    rm -rf "$folder"
}

# --- everything -----------------------------------------------------------------------------------------

# Starts a machine beside the others, as many as there are processors.
machines=0
boot_beside() {
    if [ "$machines" -ge "$(nproc)" ]; then
        wait -n || true
        machines=$((machines - 1))
    fi
    say "running on $1"
    boot "$@" &
    machines=$((machines + 1))
}

mkdir -p "$out"
rm -f "$out"/*.results "$out"/*.console "$out"/*.qemu
columns=(linux-6.1 linux-6.12 running linux-7.2 linux-7.3 without-landlock)
for entry in "${KERNELS[@]}"; do
    IFS='|' read -r name suite pattern <<< "$entry"
    have "$name" "$pattern" || true
done
[ -z "${reason[linux-6.12]:-}" ] || reason[without-landlock]=${reason[linux-6.12]}
for column in "${columns[@]}"; do
    if [ -n "${reason[$column]:-}" ]; then
        printf 'not-run\t%s\n' "${reason[$column]}" > "$out/$column.results"
    elif [ "$column" = without-landlock ]; then
        boot_beside "$column" linux-6.12 capability
    elif [ "$column" != running ]; then
        boot_beside "$column" "$column" landlock,capability
    fi
done
wait
say "running on this machine's own kernel"
natively
awk -v OUT="$out" -f "$here/table.awk" $(printf "$out/%s.results " "${columns[@]}")
