#!/usr/bin/env bash
# Includes point only to the left; and the script that says so can fail.
. tests/tap.sh

ok 'the sources keep the layers' tests/layers.sh extractor

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

tree() { # a tree of headers and one source a folder that keeps every rule
    rm -rf "$tmp/t"
    mkdir -p "$tmp"/t/{base,model,read,parse,extract,review,write}
    local h
    for h in base/text model/plan read/source parse/outline extract/extract extract/words extract/quantity \
        extract/indicator extract/indicator_value extract/duty review/check write/rows compile; do
        echo '#include <stddef.h>' >"$tmp/t/$h.h"
    done
    put base/text.c '<unicode/ustring.h>' '"base/text.h"' '"diag.def"'
    put base/regex.c '<pcre2.h>'
    put read/source.c '"source.h"' '"model/plan.h"'
    put parse/outline.c '"parse/outline.h"' '"read/source.h"' '<sys/stat.h>'
    put extract/indicator.c '"extract/indicator.h"' '"extract/indicator_value.h"' '"extract/words.h"' '"parse/outline.h"'
    put extract/extract.c '"extract/indicator.h"' '"extract/duty.h"'
    put write/rows.c '"write/rows.h"' '"model/plan.h"'
    put write/sqlite.c '<sqlite3.h>'
    put write/sqlite_read.c '<sqlite3.h>'
    put write/store.c '<sqlite3.h>'
    put compile.c '"read/source.h"' '"parse/outline.h"' '"extract/extract.h"' '"write/rows.h"'
    put cmd_parse.c '"compile.h"' '"write/rows.h"'
    put main.c '"compile.h"'
}
put() { # FILE HEADER...
    local file=$tmp/t/$1
    shift
    printf '#include %s\n' "$@" >>"$file"
}
refused() { # WHAT EXPECTED: the tree has the fault, and only that one
    local out
    out=$(tests/layers.sh "$tmp/t")
    is "$? $out" "1 $2" "refused: $1"
    tree
}

tree
ok 'a tree that keeps the rules' tests/layers.sh "$tmp/t"

put base/a.c '"model/plan.h"'
refused 'base includes model' 'base/a.c:1: base/ includes model/: "model/plan.h"'
put model/a.c '"base/text.h"' '"read/source.h"'
refused 'model includes read' 'model/a.c:2: model/ includes read/: "read/source.h"'
put read/a.h '"parse/outline.h"'
refused 'a header of read includes parse' 'read/a.h:1: read/ includes parse/: "parse/outline.h"'
put parse/a.c '"extract/extract.h"'
refused 'parse includes extract' 'parse/a.c:1: parse/ includes extract/: "extract/extract.h"'
put extract/a.c '"review/check.h"'
refused 'extract includes review' 'extract/a.c:1: extract/ includes review/: "review/check.h"'
put review/a.c '"write/rows.h"'
refused 'review includes write' 'review/a.c:1: review/ includes write/: "write/rows.h"'
put write/a.c '"extract/quantity.h"'
refused 'write includes extract' 'write/a.c:1: write/ includes extract/: "extract/quantity.h"'
put base/a.c '"compile.h"'
refused 'base includes the program' 'base/a.c:1: base/ includes "compile.h" of the program'
put extract/duty.c '"extract/indicator.h"'
refused 'an extractor includes another' 'extract/duty.c:1: extractor includes another: "extract/indicator.h"'
put extract/quantity.c '"duty.h"'
refused 'shared code includes an extractor' 'extract/quantity.c:1: extractor includes another: "extract/duty.h"'
put extract/duty.c '"read/source.h"' '"parse/outline.h"'
refused 'read, parse and extract in one file' \
    'extract/duty.c:2: read, parse and extract together: only compile.c cmd_*.c'
put main.c '"read/source.h"' '"parse/outline.h"' '"extract/extract.h"'
refused 'read, parse and extract in main.c' 'main.c:4: read, parse and extract together: only compile.c cmd_*.c'
put parse/a.c '<unicode/uchar.h>'
refused 'ICU outside text.c' 'parse/a.c:1: <unicode/uchar.h> belongs in base/text.c base/decode.c'
put base/a.c '<pcre2.h>'
refused 'PCRE2 outside regex.c' 'base/a.c:1: <pcre2.h> belongs in base/regex.c
base/regex.c:1: <pcre2.h> is in base/a.c already'
put write/csv.c '<zlib.h>'
put write/xml.c '<zlib.h>'
refused 'a third-party header in two files' 'write/xml.c:1: <zlib.h> is in write/csv.c already'
put write/rows.c '<sqlite3.h>'
refused 'SQLite beside its three files' 'write/rows.c:3: <sqlite3.h> belongs in write/sqlite.c write/sqlite_read.c write/store.c'
put write/a.h '<nettle/sha2.h>'
refused 'a third-party header in a header' 'write/a.h:1: <nettle/sha2.h> in a header'
put write/a.c '"../model/plan.h"'
refused 'a relative path' 'write/a.c:1: "../model/plan.h": name it from the top, not relative'
mkdir "$tmp/t/utils"
put utils/a.c '"base/text.h"'
refused 'a folder without a rule' 'utils/a.c:1: folder utils/ has no rule
utils/a.c:1: utils/ includes base/: "base/text.h"'

done_testing
