#!/usr/bin/env bash
# The cases of tests/cases: each text is read as the expectation beside it says. See tests/cases/README.md.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

cases=0
while IFS= read -r line; do
    case $line in 'ok '* | 'not ok '*) cases=$((cases + 1)) ;; esac
    case $line in
        'ok '*) tap_point 0 "${line#ok * - }" ;;
        'not ok '*) tap_point 1 "${line#not ok * - }" ;;
        '#'*) echo "$line" ;;
    esac
done < <(tests/tools/case.py 2>&1 || echo '# some cases failed')
texts=(tests/cases/*.txt)
is "$cases" "${#texts[@]}" 'every text was a case'

# what must fail, fails
case_of() { # FILE TEXT...: a case in a folder of its own, the text and the expectation given
    rm -rf "$tmp/c" && mkdir "$tmp/c"
    [ -n "$1" ] && printf '%b' "$1" >"$tmp/c/a.txt"
    [ -n "$2" ] && printf '%b' "$2" >"$tmp/c/a.expect"
    tests/tools/case.py --in "$tmp/c"
}
text='第一章  总则\n坚持[bookmark: _Toc1]统筹。\n'
sections='== sections\nline | kind | title\n1 | chapter | 总则\n'
bookmarks='== bookmarks\nname\n_Toc1\n'
ok 'a case that holds' case_of "$text" "# about\n$sections$bookmarks"
ok 'with text left out' case_of "$text" "$sections$bookmarks== blocks\n2 | p | 坚持[..]。\n"
fails() { # WHAT TEXT EXPECTATION
    like "$(case_of "$2" "$3")" '^not ok 1 - a' "fails: $1"
}
fails 'no expectation' "$text" ''
fails 'no text' '' "$sections"
fails 'an empty expectation' "$text" '# nothing\n'
fails 'a value other than expected' "$text" "${sections/总则/总纲}$bookmarks"
fails 'a row too few' "$text" "${sections}2 | section | 第一节\n$bookmarks"
fails 'records that are not named' "$text" "$sections"
fails 'a part that there is not' "$text" "$sections$bookmarks== chapters\n"
fails 'a column that there is not' "$text" "${sections/title/heading}$bookmarks"
fails 'paragraphs other than expected' "$text" "$sections$bookmarks== blocks\n2 | p | 坚持。\n"

# and no case troubles the sanitised program
if [ "$GANGMU_SAN" != "$GANGMU" ]; then
    for f in "${texts[@]}"; do
        ok "sanitised: $(basename "$f" .txt)" bash -c '"$GANGMU_SAN" parse -q -t xml "$1" >/dev/null' - "$f"
    done
fi

done_testing
