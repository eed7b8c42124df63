#!/usr/bin/env bash
# The program holds its grammars ready for use; what it does must not show it: edits take effect at once, results are the same.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$tmp"; rm -rf "$tmp"' EXIT
text=corpus/chongqing-zhongxian-eco-14fyp.txt

parse() { # PROGRAM OPTION...: the plan without the hash of the grammars
    "$@" parse -t xml "$text" 2>&1 | sed 's/ grammars="[0-9a-f]*"//'
}
hash_of() { "$@" parse -qt xml "$text" | sed -n '2s/.* grammars="\([0-9a-f]*\)".*/\1/p'; }
fresh() { rm -rf "$tmp/g" && cp -R grammars "$tmp/g"; }
edit() { # FILE SED: the file changed behind the program's back, its size and time as they were
    cp -p "$tmp/g/$1" "$tmp/was"
    sed -i "$2" "$tmp/g/$1"
    touch -r "$tmp/was" "$tmp/g/$1"
    [ "$(stat -c '%s %Y' "$tmp/g/$1")" = "$(stat -c '%s %Y' "$tmp/was")" ] || diag "the edit shows: $1"
    ! cmp -s "$tmp/g/$1" "$tmp/was" || diag "nothing was edited: $1"
}
read_anew() { echo '# not as it was built' >>"$tmp/g/lexicon/words.tsv"; }

ok 'the build made the grammars ready' test -s build/release/image
good=$(parse "$GANGMU") hash=$(hash_of "$GANGMU")
like "$good" '<plan ' 'a plan'

# == what is linked and what is read gives the same ==
fresh
export GANGMU_GRAMMARS=$tmp/g
is "$(parse "$GANGMU")" "$good" 'the same grammars elsewhere'
is "$(hash_of "$GANGMU")" "$hash" 'with the same hash'
read_anew
is "$(parse "$GANGMU")" "$good" 'read anew: the same plan'
like "$(hash_of "$GANGMU")" '^[0-9a-f]{32}$' 'and a hash'
ok 'of other files' test "$(hash_of "$GANGMU")" != "$hash"
is "$(parse "$GANGMU_SAN")" "$good" 'sanitised, read anew'
fresh
is "$(parse "$GANGMU_SAN")" "$good" 'sanitised, as it was built'

# == edits take effect at once, sizes and times as they were ==
fresh
edit lexicon/regions.tsv 's/500233/500239/'
changed=$(parse "$GANGMU")
like "$changed" 'code="500239"|500239' 'a word list'
read_anew
is "$(parse "$GANGMU")" "$changed" 'as read anew'
fresh
edit rules/10-lines.rules '/^rule *heading.chapter/,/^match/s/章/幕/'
changed=$(parse "$GANGMU")
ok 'a rule' test "$changed" != "$good"
read_anew
is "$(parse "$GANGMU")" "$changed" 'as read anew'
fresh
rm "$tmp/g/lexicon/agencies.tsv"
changed=$(parse "$GANGMU")
ok 'a list less' test "$changed" != "$good"
fresh
is "$(parse "$GANGMU")" "$good" 'and back'
unset GANGMU_GRAMMARS

# == an overlay ==
mkdir -p "$tmp/over/lexicon"
{ head -n 40 grammars/lexicon/regions.tsv | grep -v '^#' | head -n 1; grep -P '\t忠县\t' grammars/lexicon/regions.tsv | sed 's/500233/500239/'; } \
    >"$tmp/over/lexicon/regions.tsv"
like "$(parse "$GANGMU" --grammars "$tmp/over")" 500239 'an overlay is laid over them'

# == installed ==
ok 'installed' make -s install PREFIX="$tmp/here"
chmod -R a-w "$tmp/here"
is "$(parse "$tmp/here/bin/gangmu")" "$good" 'the same plan'
is "$(hash_of "$tmp/here/bin/gangmu")" "$hash" 'the same grammars'
chmod -R u+w "$tmp/here"
is "$(cd "$tmp/here" && find . -newer bin/gangmu -name '*image*')" '' 'nothing is written there'
sed -i 's/500233/500239/' "$tmp/here/share/gangmu/grammars/lexicon/regions.tsv"
like "$(parse "$tmp/here/bin/gangmu")" 500239 'edited there'

done_testing
