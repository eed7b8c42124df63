#!/usr/bin/env bash
# The reference pages are what the generator makes of the schema, the tables and the diagnostics.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

ok 'the generator runs' tests/tools/make-reference.py "$tmp"
for page in xml.md tables.md diagnostics.md checks.md; do
    is "$(cat "$tmp/$page")" "$(cat "docs/$page")" "docs/$page is as generated"
done

# every link between and within the pages of docs/ leads somewhere
missing=$(grep -oHE '\]\([^)#:]+\.md\)' docs/*.md | sed -E 's/^([^:]*):\]\((.*)\)$/\1 \2/' | while read -r from to; do
    [ -e "$(dirname "$from")/$to" ] || echo "$from: $to"
done)
is "$missing" '' 'links between pages lead somewhere'
for page in xml tables; do
    is "$(grep -oE '\]\(#[^)]+\)' "docs/$page.md" | tr -d '])(#' | sort -u | while read -r id; do
        grep -qE "id=\"$id\"|^## $id$" "docs/$page.md" || echo "$id"
    done)" '' "links within $page.md lead somewhere"
done

# the screens of README.md are what the program prints
"$GANGMU" --lang zh build -o "$tmp/out" corpus >"$tmp/screen" 2>/dev/null
while IFS= read -r line; do
    ok "README: ${line:0:12}…" grep -qxF -- "$line" "$tmp/screen"
done < <(sed -n '/^\$ make demo$/,/^$/p' README.md | sed '1d;/^$/d')
ok 'make demo without a locale speaks Chinese, with one its language' bash -c '
    env -u LC_ALL -u LC_MESSAGES LANG= tests/tools/demo.sh 2>/dev/null | grep -q "^规划 .*地区" &&
    env -u LC_ALL -u LC_MESSAGES LANG=en_GB.UTF-8 tests/tools/demo.sh 2>/dev/null | grep -q "^plan .*region"'
query=$(sed -n 's/^\$ sqlite3 .*"\(SELECT.*\)"$/\1/p' README.md)
is "$(sqlite3 -header -column "$tmp/out/gangmu.db" "$query" | sed "s, *$,,")" "$(sed -n '/^\$ sqlite3 /,/^```/p' README.md | sed '1d;/^```/d')" 'README: the query'

done_testing
