#!/usr/bin/env bash
# setup.sh SET...: makes sure the packages of each SET are installed; asks nothing of the system when all are there.
# Sets: build test bench fuzz format.
set -u

declare -A packages=(
    [build]='gcc g++ make pkg-config libc6-dev libpcre2-dev libicu-dev libsqlite3-dev libgcrypt20-dev libxxhash-dev'
    [test]='clang jing trang libxml2-utils perl python3 python3-jsonschema sqlite3'
    [bench]='time valgrind xmldiff'
    [fuzz]='clang libclang-rt-14-dev'
    [format]='clang-format'
)
# the same needs as programs and pkg-config modules, for systems other than Debian
declare -A programs=(
    [build]='gcc make ar pkg-config'
    [test]='clang jing trang xmllint prove /usr/bin/python3 sqlite3'
    [bench]='/usr/bin/time valgrind'
    [fuzz]='clang'
    [format]='clang-format'
)
modules='libpcre2-8 icu-uc icu-i18n sqlite3 libgcrypt libxxhash'

say() { printf '%s\n' "$@" >&2; }

missing_packages() {
    local p
    for p in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null)" = installed ] || printf '%s\n' "$p"
    done
}

missing_tools() {
    local set p
    for set in "$@"; do
        for p in ${programs[$set]}; do
            command -v "$p" >/dev/null || printf '%s\n' "$p"
        done
        [ "$set" = build ] || continue
        for p in $modules; do
            pkg-config --exists "$p" 2>/dev/null || printf '%s\n' "$p"
        done
    done
}

[ $# -gt 0 ] || { say "usage: setup.sh build|test|bench|fuzz|format ..."; exit 2; }
wanted=()
for set in "$@"; do
    [ -n "${packages[$set]-}" ] || { say "setup.sh: $set?"; exit 2; }
    read -ra more <<<"${packages[$set]}"
    wanted+=("${more[@]}")
done

if command -v dpkg-query >/dev/null && command -v apt-get >/dev/null; then
    mapfile -t missing < <(missing_packages "${wanted[@]}")
    [ ${#missing[@]} -gt 0 ] || exit 0
    as_root=()
    able=yes
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
            as_root=(sudo)
        else
            able=no
        fi
    fi
    if [ $able = yes ]; then
        say "安装软件包 installing: ${missing[*]}"
        apt() {
            "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
                -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 "$@" </dev/null
        }
        log=$(mktemp) || exit 1
        trap 'rm -f "$log"' EXIT
        # the package lists are fetched only when what is there does not do
        if apt install "${missing[@]}" >"$log" 2>&1 ||
            { apt update && apt install "${missing[@]}"; } >>"$log" 2>&1; then
            exit 0
        fi
        cat "$log" >&2
    fi
    [ -z "$(missing_tools "$@")" ] && exit 0
    say '' "缺少软件包：${missing[*]}" '请以管理员身份运行：' \
        "Packages are missing. Run as root:" '' \
        "    apt-get update && apt-get install --no-install-recommends ${missing[*]}" ''
    exit 1
fi

mapfile -t missing < <(missing_tools "$@")
[ ${#missing[@]} -eq 0 ] && exit 0
say "缺少以下程序或开发库（本系统不是 Debian，请自行安装）：${missing[*]}" \
    "These programs or libraries are missing (no Debian system: please install them yourself): ${missing[*]}" \
    "Debian 12 上的包名 names in Debian 12: ${wanted[*]}"
exit 1
