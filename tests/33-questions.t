#!/usr/bin/env bash
# The questions in docs/xml-questions.md have the answers that stand there.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

ok 'the corpus builds' "$GANGMU" build -o "$tmp/output" corpus
ln -s "$TOP/corpus" "$tmp/corpus"
page=$TOP/docs/xml-questions.md
is "$(cd "$tmp" && "$TOP/tests/tools/console.py" "$page")" "$(cat "$page")" 'questions have the answers of the page'
is "$(grep -c '^## [0-9]' "$page")" 10 'there are ten'

done_testing
