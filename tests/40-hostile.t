#!/usr/bin/env bash
# slow
# Hostile documents: under limits of time and memory each gives valid XML and its own text back, or is refused for a
# reason that is said; where a limit of the program is reached, the limit is named.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
hostile=tests/tools/hostile.py
seconds=20        # of CPU; the slowest takes about one
memory=2000000    # KiB of address space; the largest takes a sixth
rng=$TOP/grammars/schema/plan.rng

limited() { (ulimit -t $seconds -v $memory && exec "$GANGMU" "$@"); }

says() { # LIMIT: the diagnostics name it
    grep -qE "(^|[ (])$1([ ):;]|$)" "$tmp/err" || { echo "$1 is not said: $(tail -n 3 "$tmp/err")"; return 1; }
}

compiled() { # NAME LIMIT: the document in $tmp/NAME
    local in=$tmp/$1 text=$tmp/$1 status
    [ -e "$text.utf8" ] && text=$text.utf8
    limited parse -t xml "$in" >"$tmp/xml" 2>"$tmp/err"
    status=$?
    [ $status -eq 0 ] || { echo "status $status: $(tail -n 3 "$tmp/err")"; return 1; }
    xmllint --huge --noout --relaxng "$rng" "$tmp/xml" 2>&1 | grep -v validates && return 1
    limited parse -q -t source "$in" | cmp - "$text" || return 1
    [ "$2" = - ] || says "$2"
}

refused() { # NAME LIMIT
    local status
    limited parse -t xml "$tmp/$1" >"$tmp/xml" 2>"$tmp/err"
    status=$?
    [ $status -eq 2 ] && [ ! -s "$tmp/xml" ] || { echo "status $status: $(tail -n 3 "$tmp/err")"; return 1; }
    says "$2"
}

small=()
while read -r name full less limit outcome <&3; do
    $hostile make "$name" "$full" "$tmp/$name"
    ok "$name: $outcome, $limit" "$outcome" "$name" "$limit"
    rm -f "$tmp/$name" "$tmp/$name.utf8"
    $hostile make "$name" "$less" "$tmp/small-$name"
    rm -f "$tmp/small-$name.utf8"
    small+=("$tmp/small-$name")
done 3< <($hostile list)

# the limits in the sources, each with its document above
is "$(grep -rhoE 'limits? `[a-z-]+`' extractor | grep -oE '[a-z]+-[a-z-]*[a-z]|marks' | sort -u | comm -23 - <($hostile list | cut -d ' ' -f 4 | sort -u))" \
    '' 'every limit has a document that reaches it'

ok 'max-size can be raised' bash -c 'ulimit -t 60; "$GANGMU" parse -q -t source --max-size 64000000 "$1" | cmp - "$1"' - \
    <($hostile make too-large 60000000 "$tmp/large" && echo "$tmp/large")
done_testing
