#!/usr/bin/env bash
# The XML: the schema is kept whole, every file written is valid by two validators, loses nothing and is always the same.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
rnc=grammars/schema/plan.rnc
rng=grammars/schema/plan.rng
seeds=60

valid() { # FILE...
    { xmllint --noout --relaxng "$rng" "$@" && jing "$rng" "$@"; } 2>&1 | { grep -v " validates$" | head -n 20; }
    return "${PIPESTATUS[0]}"
}

refused() { # WHAT SED_SCRIPT [VALIDATOR...]: the file changed so is found invalid by the validators (default both)
    local what=$1 script=$2 v
    shift 2
    sed -E "$script" "$one" >"$tmp/bad.xml"
    if cmp -s "$one" "$tmp/bad.xml"; then
        tap_point 1 "$what is refused"
        diag "the change changes nothing"
        return
    fi
    for v in "${@:-xmllint jing}"; do
        case $v in *xmllint*) ok "$what is refused by xmllint" bash -c "! xmllint --noout --relaxng $rng $tmp/bad.xml" ;; esac
        case $v in *jing*) ok "$what is refused by jing" bash -c "! jing $rng $tmp/bad.xml" ;; esac
    done
}

trang "$rnc" "$tmp/plan.rng"
is "$(cat "$tmp/plan.rng")" "$(cat "$rng")" 'plan.rng is what trang makes of plan.rnc'
# make-reference.py ends with an error for an element or attribute without documentation
ok 'every element and attribute is documented' tests/tools/make-reference.py "$tmp"

ok 'the corpus builds' "$GANGMU" build -o "$tmp/a" -j 1 corpus
shopt -s nullglob
built=("$tmp"/a/xml/*.xml)
sources=(corpus/*.txt)
is "${#built[@]}" "${#sources[@]}" 'one XML file a plan'
ok 'the corpus is valid' valid "${built[@]}"

one=${built[0]}
refused 'an element of another namespace' 's/urn:gangmu:plan:1/urn:gangmu:plan:2/'
refused 'an unknown attribute' 's/<p xml:id="p1"/& colour="red"/'
refused 'a missing place' 's/(<p xml:id="p2" )line="[0-9]+"/\1/'
refused 'a code that is none' 's/<\/p>/<c code="41"\/>&/'
refused 'a kind of value that is none' 's/value_kind="number"/value_kind="guess"/'
refused 'a second element of one id' 's/xml:id="p2"/xml:id="p1"/' jing
refused 'a reference to nothing' 's/(<measure [^>]* )p="p[0-9]+"/\1p="p99999"/' jing
refused 'a mention of a record of another kind' 's/<quantity ref="t/<quantity ref="q/'
refused 'a mention in one that holds none' 's/(<quantity ref=")([^"]*)(">)/\1\2\3<quantity ref="\2"\/>/'
refused 'an investment without its unit' 's/ no="[^"]*" title=/ amount="1"&/'

# ids that grammars/schema cannot relate: the same in XML and tables
ids() { grep -oE "<$1 xml:id=\"[^\"]*\"" "${built[@]}" | sed 's/.*xml:id="//; s/"//' | sort; }
column() { /usr/bin/python3 -c 'import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig", newline="")): print(row[sys.argv[2]])' "$tmp/a/csv/$1.csv" "$2" | sort; }
is "$(ids measure)" "$(column measures measure_id)" 'ids of measures are those of the table'
is "$(ids indicator)" "$(column indicators observation_id)" 'ids of observations are those of the table'
is "$(ids box)" "$(column boxes box_id)" 'ids of boxes are those of the table'
for kind in target goal project citation term; do
    is "$(ids $kind)" "$(column ${kind}s ${kind}_id)" "ids of ${kind}s are those of the table"
done
is "$(ids duty)" "$(column duties duty_id)" 'ids of duties are those of the table'
for kind in quantity citation crossref agency; do
    ok "the text marks: $kind" grep -q "<$kind ref=" "${built[@]}"
done
is "$(ids '(notice|front|part|chapter|section|article|item|subitem|glossary|annex)')" "$(column sections section_id)" 'ids of divisions are those of the table'

# the same bytes again, by two workers, in another place, language and time zone
ok 'builds again' env LC_ALL=zh_CN.UTF-8 LANG=zh_CN.UTF-8 LANGUAGE=zh TZ=Asia/Shanghai "$GANGMU" build -o "$tmp/b" -j 2 corpus
ok 'the same bytes again' diff -r "$tmp/a/xml" "$tmp/b/xml"

# garbage: valid, or refused before parsing
tests/tools/lossless.py garbage "$tmp/g" 0 $seeds
tests/tools/lossless.py made "$tmp/g"
written=() pairs=() died=()
for f in "$tmp"/g/*.txt; do
    x=${f%.txt}.xml
    "$GANGMU_SAN" parse "$f" -t xml >"$x" 2>"$tmp/err"
    case $? in
        0 | 1) written+=("$x") pairs+=("$x" "${f%.txt}.utf8") ;;
        2) [ -s "$x" ] && died+=("$f: output and status 2") ;;
        *) died+=("$f: $(tail -n 1 "$tmp/err")") ;;
    esac
done
is "$(printf '%s\n' "${died[@]}")" '' 'no garbage breaks the program'
ok "of $seeds pieces of garbage few are refused" test "${#written[@]}" -gt $((seeds * 9 / 10))
ok 'garbage gives valid XML' valid "${written[@]}"
ok 'the text of garbage is in it, to the byte' tests/tools/lossless.py text "${pairs[@]}"

# libxml2 refuses texts and attribute values of more than ten million bytes
head -c 12000000 /dev/zero | sed 's/\x00/第/g' | head -c 12000000 >"$tmp/long.txt"
printf '第一章 ' | cat - "$tmp/long.txt" >"$tmp/long-title.txt"
for f in "$tmp"/long{,-title}.txt; do
    "$GANGMU" parse "$f" -t xml >"$f.xml" 2>/dev/null
    ok "a line of 12 MB: $(basename "$f")" valid "$f.xml"
    ok "the text of it: $(basename "$f")" tests/tools/lossless.py text "$f.xml" "$f"
done

pairs=()
for f in corpus/*.txt; do
    "$GANGMU" parse "$f" -t xml >"$tmp/$(basename "$f").xml" 2>/dev/null
    "$GANGMU" parse "$f" -t source >"$tmp/$(basename "$f")" 2>/dev/null
    pairs+=("$tmp/$(basename "$f").xml" "$tmp/$(basename "$f")")
done
ok 'the character data of the corpus is what `parse -t source` writes' tests/tools/lossless.py text "${pairs[@]}"

done_testing
