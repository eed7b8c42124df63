#!/usr/bin/env bash
# The cases of tests/diff: NAME-a.txt and NAME-b.txt compared print NAME.expect, whose first line has the arguments;
# swapped they give the mirror image, and each against itself nothing.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

cases=0
for expect in tests/diff/*.expect; do
    name=${expect%.expect}
    a=$name-a.txt b=$name-b.txt
    read -r _ arguments <"$expect"
    # shellcheck disable=SC2086
    "$GANGMU" --lang zh diff $arguments "$a" "$b" >"$tmp/said" 2>"$tmp/err"
    is "$? $(cat "$tmp/err")" '1 ' "${name##*/}: they differ"
    ok "${name##*/}: as expected" diff "$tmp/said" <(tail -n +2 "$expect")
    # shellcheck disable=SC2086
    "$GANGMU_SAN" --lang zh diff $arguments "$a" "$b" >"$tmp/san" 2>"$tmp/err"
    is "$? $(cat "$tmp/err")" '1 ' "${name##*/}: sanitised"
    "$GANGMU" diff -f json "$a" "$b" >"$tmp/ab"
    "$GANGMU" diff -f json "$b" "$a" >"$tmp/ba"
    is "$(tests/tools/diff-mirror.py "$tmp/ab" "$tmp/ba" 2>&1)" '' "${name##*/}: swapped, the mirror image"
    "$GANGMU" diff -f xml "$a" "$b" >"$tmp/o.xml"
    ok "${name##*/}: valid XML" xmllint --noout --relaxng grammars/schema/diff.rng "$tmp/o.xml"
    "$GANGMU" diff -q "$a" "$a" && "$GANGMU" diff -q "$b" "$b"
    is $? 0 "${name##*/}: each against itself is empty"
    cases=$((cases + 1))
done
sides=(tests/diff/*-[ab].txt)
is "${#sides[@]}" $((2 * cases)) 'every pair of texts was a case'

done_testing
