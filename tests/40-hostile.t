#!/usr/bin/env bash
# slow
# Hostile documents: under limits of time and memory each gives XML and its own text back, or is refused for a reason
# that is said; a limit of the program that is reached is named. The XML of smaller ones of the same kind is valid.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
hostile=tests/tools/hostile.py
seconds=30     # of CPU; the slowest takes one and a half
memory=3000000 # KiB of address space; the largest takes a tenth

limited() { (ulimit -t $seconds -v $memory && exec "$GANGMU" "$@"); }

says() { # WORD: the diagnostics hold it
    grep -qaF -- "$1" "$tmp/err" || { echo "$1 is not said: $(tail -n 3 "$tmp/err")"; return 1; }
}

compiled() { # FILE WORD
    local text=$1 status
    [ -e "$text.utf8" ] && text=$text.utf8
    limited parse -t xml "$1" >"$tmp/xml" 2>"$tmp/err"
    status=$?
    [ $status -eq 0 ] || { echo "status $status: $(tail -n 3 "$tmp/err")"; return 1; }
    $hostile wellformed "$tmp/xml" || return 1
    limited parse -q -t source "$1" >"$tmp/text" || return 1
    if [ -s "$text" ]; then
        cmp "$tmp/text" "$text" || return 1
    else
        tests/tools/lossless.py text "$tmp/xml" "$tmp/text" || return 1
    fi
    [ "$2" = - ] || says "$2"
}

valid() { # FILE: its XML, by the schema (which takes libxml2 minutes for a hundred megabytes)
    limited parse -q -t xml "$1" >"$tmp/xml" && xmllint --noout --relaxng grammars/schema/plan.rng "$tmp/xml"
}

refused() { # FILE WORD
    local status
    limited parse -t xml "$1" >"$tmp/xml" 2>"$tmp/err"
    status=$?
    [ $status -eq 2 ] && [ ! -s "$tmp/xml" ] || { echo "status $status: $(tail -n 3 "$tmp/err")"; return 1; }
    says "$2"
}

as_json() { # FILE
    (ulimit -t $seconds -v $memory && exec "$GANGMU" parse -q -t json "$1") | /usr/bin/python3 -c 'import json, sys; json.load(sys.stdin)'
}

mapfile -t cases < <($hostile list)
ok 'there are documents' test ${#cases[@]} -gt 80

small=()
for line in "${cases[@]}"; do
    read -r name full less word outcome <<<"$line"
    $hostile make "$name" "$full" "$tmp/$name"
    ok "$name: $outcome${word:+, says $word}" "$outcome" "$tmp/$name" "$word"
    [ "$name" = too-large ] || rm -f "$tmp/$name" "$tmp/$name.utf8"
    $hostile make "$name" "$less" "$tmp/small-$name"
    rm -f "$tmp/small-$name.utf8"
    case $outcome in compiled) small+=("$tmp/small-$name") ;; esac
done

raised() { (ulimit -t 60 && exec "$GANGMU" parse -q -t source --max-size 64000000 "$1") | cmp - "$1"; }
ok 'max-size can be raised' raised "$tmp/too-large"
rm -f "$tmp/too-large"

# the small ones through all writers: by the sanitised program, and as JSON that another program reads
replay=build/san/fuzz_compile
if ! GANGMU_GRAMMARS=grammars $replay "$tmp"/small-* >"$tmp/out" 2>&1; then
    for f in "$tmp"/small-*; do
        ok "sanitised: ${f##*/small-}" env GANGMU_GRAMMARS=grammars $replay "$f"
    done
else
    is "$(cat "$tmp/out")" "${#cases[@]}" 'the sanitised build reads them all'
fi
invalid=() unread=()
for f in "${small[@]}"; do
    valid "$f" >"$tmp/out" 2>&1 || { invalid+=("${f##*/small-}"); diag "$(head -n 3 "$tmp/out")"; }
    as_json "$f" || unread+=("${f##*/small-}")
done
is "${invalid[*]}" '' 'their XML is valid'
is "${unread[*]}" '' 'their JSON is read by another program'

# `limit `name`` beside a constant: a document above reaches it, or one of the tests of the reviews, which name it;
# 53-check.t sees to those of the checks itself, max-text would take half a gigabyte
named=$(grep -rhoE --exclude='check*' --exclude='finding*' 'limits? `[a-z-]+`' extractor | grep -oE '`.*`' | tr -d '`' | grep -vx max-text | sort -u)
reviews=$(grep -ohE '[a-z]+(-[a-z]+)*' tests/5?-*.t)
is "$(comm -23 <(echo "$named") <({ printf '%s\n' "${cases[@]}" | cut -d ' ' -f 4; echo "$reviews"; } | sort -u))" '' 'every limit has its document'
like "$named" 'max-size.*table-columns' 'the limits are found in the sources'

done_testing
