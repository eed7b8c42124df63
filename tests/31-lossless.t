#!/usr/bin/env bash
# `parse -t source` gives the decoded source back to the byte, and every record quotes the source it names.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
seeds=200

source_of() { # FILE TEXT: what the model gives back for FILE is TEXT
    "$GANGMU" parse "$1" -t source >"$tmp/out" 2>"$tmp/err"
    local status=$?
    [ $status -le 1 ] || { echo "$1: status $status: $(tail -n 1 "$tmp/err")"; return 1; }
    cmp "$tmp/out" "$2"
}

for f in corpus/*.txt; do
    ok "corpus: $(basename "$f")" source_of "$f" "$f"
done

tests/tools/lossless.py made "$tmp/m"
for f in "$tmp"/m/*.txt; do
    ok "made up: $(basename "$f" .txt)" source_of "$f" "${f%.txt}.utf8"
done

tests/tools/lossless.py garbage "$tmp/g" 1000 $((1000 + seeds))
wrong=() refused=0
for f in "$tmp"/g/*.txt; do
    if out=$(source_of "$f" "${f%.txt}.utf8"); then continue; fi
    case $out in
        *'status 2:'*) refused=$((refused + 1)) ;;
        *) wrong+=("$out") ;;
    esac
done
is "$(printf '%s\n' "${wrong[@]}")" '' "garbage comes back, $seeds seeds"
ok "and few pieces of it are refused" test $refused -lt $((seeds / 10))

ok 'standard input' bash -c '"$GANGMU" parse - -t source <"$1" 2>/dev/null | cmp - "$2"' - "$tmp/m/utf8.txt" "$tmp/m/utf8.utf8"

ok 'the corpus builds' "$GANGMU" build -o "$tmp/c" corpus
ok 'every record of the corpus quotes its source' tests/tools/lossless.py spans "$tmp/c" corpus
ok 'what duties are about is there' tests/tools/lossless.py objects "$tmp/c"
mkdir "$tmp/src"
for f in "$tmp"/m/{utf8,crlf,no-line-end,one-line,controls}.utf8 "$tmp"/g/*0[0-9].utf8; do
    cp "$f" "$tmp/src/$(basename "$f" .utf8).txt"
done
ok 'made-up documents and garbage build' "$GANGMU" build -o "$tmp/d" "$tmp/src"
ok 'every record of them quotes its source' tests/tools/lossless.py spans "$tmp/d" "$tmp/src"
ok 'what their duties are about is there' tests/tools/lossless.py objects "$tmp/d"

done_testing
