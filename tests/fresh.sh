#!/usr/bin/env bash
# fresh.sh [--demo-only] [--keep] [DIR]: runs `make demo` and `make test` on HEAD in a minimal Debian 12 root.
# The root is made by debootstrap in DIR (default: a new temporary folder) and removed at the end. Needs root.
# The package source, proxy and certificates are those of this system.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."

targets='demo test' keep=no root=
for arg in "$@"; do
    case $arg in
        --demo-only) targets=demo ;;
        --keep) keep=yes ;;
        -*) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
        *) root=$arg ;;
    esac
done
say() { printf '== %s\n' "$*"; }
[ "$(id -u)" -eq 0 ] || { echo '需要 root 权限。 This needs root: sudo tests/fresh.sh' >&2; exit 2; }
git rev-parse -q --verify HEAD >/dev/null || { echo '没有提交。 There is no commit to test.' >&2; exit 2; }
[ -z "$(git status --porcelain)" ] || say '注意：未提交的改动不在测试之内。 Note: changes not committed are not tested.'

if ! command -v debootstrap >/dev/null; then
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install debootstrap; } \
        </dev/null >/dev/null
fi

if [ -z "$root" ]; then
    root=$(mktemp -d)
else
    mkdir -p "$root"
    [ -z "$(ls -A "$root")" ] || { echo "不是空目录。 Not an empty folder: $root" >&2; exit 2; }
fi
root=$(cd "$root" && pwd)
case $root in *[[:space:]]*) echo "debootstrap 不能处理带空格的路径。 debootstrap takes no path with spaces: $root" >&2; exit 2 ;; esac
leave() {
    rm -f "$root.log"
    umount "$root/dev/shm" "$root/proc" 2>/dev/null || true
    if [ $keep = yes ] || grep -qF " $root/" /proc/mounts; then
        say "保留 kept: $root"
    else
        rm -rf --one-file-system "$root"
    fi
}
trap leave EXIT
trap 'exit 130' INT TERM
chmod 755 "$root"

# the Debian 12 package sources of this system, when it has them; else debootstrap's own
sources=$(apt-get indextargets --format '$(ORIGIN) $(CODENAME) $(COMPONENT) $(REPO_URI) $(RELEASE)' 'Created-By: Packages' 2>/dev/null |
    awk '$1 == "Debian" && $2 ~ /^bookworm/ && $3 == "main" { print "deb", $4, $5, $3 }' | sort -u)
mirror=$(awk '$3 == "bookworm" { print $2; exit }' <<<"$sources")

start=$SECONDS
debootstrap --variant=minbase --include=ca-certificates bookworm "$root" ${mirror:+"$mirror"} >"$root.log" 2>&1 ||
    { tail -n 20 "$root.log" >&2; exit 1; }
say "debootstrap: $((SECONDS - start)) s, $(du -sm "$root" | cut -f 1) MiB"

[ -z "$sources" ] || printf '%s\n' "$sources" >"$root/etc/apt/sources.list"
apt-config dump 2>/dev/null | grep -E '^Acquire::(https?::|ftp::|Check-|Retries)' >"$root/etc/apt/apt.conf.d/90host" || true
[ ! -d /etc/apt/auth.conf.d ] || cp -a /etc/apt/auth.conf.d "$root/etc/apt/"
for f in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt; do
    [ ! -e "$f" ] || cp -L --remove-destination "$f" "$root$f"
done
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/dev/shm" 2>/dev/null || true

mkdir "$root/srv/gangmu"
git archive HEAD | tar -x -C "$root/srv/gangmu"

inside() {
    local v keep_env=()
    for v in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
        [ -z "${!v-}" ] || keep_env+=("$v=${!v}")
    done
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM=dumb \
        "${keep_env[@]}" chroot "$root" /bin/bash -c "$1" </dev/null
}

start=$SECONDS
inside 'apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install make' \
    >"$root/srv/apt.log" 2>&1 || { cat "$root/srv/apt.log" >&2; exit 1; }
say "apt-get install make: $((SECONDS - start)) s"

failed=0
for target in $targets; do
    start=$SECONDS
    say "make $target"
    if inside "cd /srv/gangmu && make -j$(nproc) $target"; then
        say "make $target: 成功 ok, $((SECONDS - start)) s"
    else
        say "make $target: 失败 FAILED, $((SECONDS - start)) s"
        failed=1
    fi
done
exit $failed
