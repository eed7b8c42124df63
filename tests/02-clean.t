#!/usr/bin/env bash
# What is kept in the project: no paths of one machine, no results, plain names, scripts that run.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

kept() { # the files of the project, one a line: as git has them, or all of them where there is no git
    git ls-files -co --exclude-standard 2>/dev/null ||
        find . -path ./build -prune -o -path ./.git -prune -o -path './output/?*' ! -name README.md -prune -o \
            -type f ! -path ./gangmu -printf '%P\n'
}
mapfile -t files < <(kept | LC_ALL=C sort -u | while IFS= read -r f; do [ -f "$f" ] && printf '%s\n' "$f"; done)
machine_path='(^|[^[:alnum:]._~-])/(work|root|tmp/bash)[^[:space:]]*/'

none() { # DESCRIPTION LINES: there are none
    is "$2" '' "$1"
}

ok 'there are files' test ${#files[@]} -gt 10

none 'no path of one machine' "$(grep -InE "$machine_path" -- "${files[@]}")"
printf '%s/x/y\n' '/work' >"$tmp/a"
ok 'such a path would be found' grep -qE "$machine_path" "$tmp/a"

none 'no results are kept' "$(printf '%s\n' "${files[@]}" | grep -E '^output/' | grep -vx 'output/README.md')"
none 'names are plain ASCII' "$(printf '%s\n' "${files[@]}" | LC_ALL=C grep -vE '^[A-Za-z0-9._/-]+$')"

scripts=()
for f in "${files[@]}"; do
    IFS= read -r -n 2 start <"$f"
    [ "$start" = '#!' ] && scripts+=("$f")
done
none 'scripts are executable' "$(for f in "${scripts[@]}"; do [ -x "$f" ] || echo "$f"; done)"
none 'tests are scripts' "$(printf '%s\n' "${files[@]}" | grep -E '^tests/[^/]*\.t$' | grep -vxF -f <(printf '%s\n' "${scripts[@]}"))"

shell=()
for f in "${scripts[@]}"; do
    head -n 1 "$f" | grep -qE '(bash|/sh)$' && shell+=("$f")
done
none 'shell scripts parse' "$(for f in "${shell[@]}"; do bash -n "$f" 2>&1; done)"
if command -v shellcheck >/dev/null; then
    none 'shellcheck finds nothing' "$(shellcheck -S warning -s bash tests/tap.sh "${shell[@]}")"
else
    skip 'shellcheck finds nothing' 'shellcheck is not installed'
fi

done_testing
