#!/usr/bin/env bash
# Encodings and line ends: the same text gives the same records, whatever bytes it came in; what cannot be decoded is told with its byte.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# a plan with hanzi outside GB 2312 (镕), outside GBK (㐀) and outside the BMP (𠮷)
rare() { sed 's/加强党的领导。/由朱镕㐀𠮷、𠮷野[footnoteRef:8]统筹。/' tests/cases/whole-plan.txt; echo '[8:  㐀𠮷镕：人名。]'; }
# and the same without what GBK has not
gbk_only() { rare | sed 's/[㐀𠮷]//g'; }

records() { # FILE: all records read from it, but what tells files apart
    "$GANGMU" parse -q -t json "$1" | sed 's/"sha256": "[0-9a-f]*", //; s/"encoding": "[^"]*", //'
}
encoding() { "$GANGMU" parse -q -t json "$1" | sed -n 's/.*"encoding": "\([^"]*\)".*/\1/p'; }
diagnostics() { # FILE: where and what, the language Chinese
    "$GANGMU" --lang zh parse -t source "$1" 2>&1 >/dev/null | grep -v 'meta-inferred\|region-\|period-' | sed "s|.*plan.txt:||"
}
here() { mkdir -p "$tmp/$1" && echo "$tmp/$1/plan.txt"; } # the path of a file plan.txt in a folder of its own
bytes() { printf '%b' "$@"; }                             # \xNN and plain text

same() { # NAME ENCODING EXPECTED_FOLDER: the file of that folder is read as that encoding and gives the records expected
    is "$(encoding "$tmp/$1/plan.txt")" "$2" "$1 is read as $2"
    is "$(records "$tmp/$1/plan.txt")" "$(records "$tmp/$3/plan.txt")" "$1 gives the records of $3"
}

# == one text in all encodings ==
rare >"$(here utf8)"
is "$(encoding "$tmp/utf8/plan.txt")" UTF-8 'utf8 is read as UTF-8'
like "$(records "$tmp/utf8/plan.txt")" '"text": "㐀𠮷镕：人名。"' 'rare hanzi are in the records'
{ bytes '\xef\xbb\xbf'; rare; } >"$(here utf8-bom)"
same utf8-bom UTF-8 utf8
rare | iconv -t GB18030 >"$(here gb18030)"
same gb18030 GB18030 utf8
gbk_only >"$(here utf8-gbk)"
gbk_only | iconv -t GBK >"$(here gbk)"
same gbk GB18030 utf8-gbk
for end in LE BE; do
    name=utf16${end,,}
    rare | iconv -t "UTF-16$end" >"$(here "$name")"
    same "$name" "UTF-16$end" utf8
    { [ $end = LE ] && bytes '\xff\xfe' || bytes '\xfe\xff'; cat "$tmp/$name/plan.txt"; } >"$(here "$name-bom")"
    same "$name-bom" "UTF-16$end" utf8
done

# == line ends: all but the byte offsets ==
offsets_off() { sed -E 's/"(begin|end|anchor_begin)": [0-9]+/"\1": 0/g'; }
rare | sed 's/$/\r/' >"$(here crlf)"
is "$(records "$tmp/crlf/plan.txt" | offsets_off)" "$(records "$tmp/utf8/plan.txt" | offsets_off)" 'CR LF gives the records of LF'
rare | tr '\n' '\r' >"$(here cr)"
is "$(records "$tmp/cr/plan.txt")" "$(records "$tmp/utf8/plan.txt")" 'CR alone gives the records of LF'
rare | sed 's/$/\r/' | iconv -t GB18030 >"$(here crlf-gb18030)"
same crlf-gb18030 GB18030 crlf
rare | tr '\n' '\r' | iconv -t UTF-16LE >"$(here cr-utf16le)"
same cr-utf16le UTF-16LE cr
rare | head -c -1 >"$(here no-last-end)"
is "$(records "$tmp/no-last-end/plan.txt" | offsets_off)" "$(records "$tmp/utf8/plan.txt" | offsets_off)" 'the last line end may be missing'

# == real plans: nothing lost on the way ==
for f in corpus/*.txt; do
    for code in GB18030 UTF-16LE UTF-16BE; do
        iconv -t $code "$f" >"$tmp/real.txt"
        ok "$(basename "$f" .txt) as $code" cmp <("$GANGMU" parse -q -t source "$tmp/real.txt") "$f"
    done
done

# == small texts ==
bytes '第一章  总则\n坚持统筹。\n' | iconv -t GB18030 >"$(here short)"
is "$(encoding "$tmp/short/plan.txt")" GB18030 'two lines of GB18030'
bytes 'plan\n' >"$(here ascii)"
is "$(encoding "$tmp/ascii/plan.txt")" UTF-8 'ASCII is UTF-8'

# == columns are characters ==
bytes '第一章  渔业\n㐀𠮷渔e\xcc\x81港[bookmark: _Toc1]建设[footnoteRef:3]。\n' >"$(here columns)"
like "$(records "$tmp/columns/plan.txt")" '"name": "_Toc1", "section_id": "c1", "line": 2, "col": 7,' 'a column is a character, not a byte nor a UTF-16 unit'
is "$(diagnostics "$tmp/columns/plan.txt")" '2:26: 警告: 脚注引用 3 没有注文 [footnote-no-text]' 'and so in messages'

# == broken UTF-8 ==
broken() { # NAME SOURCE DIAGNOSTICS: what NAME/plan.txt decodes to, and what is said of it
    is "$("$GANGMU" parse -q -t source "$tmp/$1/plan.txt")" "$2" "$1: U+FFFD stands for what cannot be decoded"
    is "$(diagnostics "$tmp/$1/plan.txt")" "$3" "$1: told with the byte"
}
bytes '第一章  目标\n增加\xff投入，改善\xe5\x8a条件。\n' >"$(here utf8-broken)"
broken utf8-broken $'第一章  目标\n增加�投入，改善��条件。' \
    '2:3: 警告: 第 24 字节起不是有效的 UTF-8，以 U+FFFD 代替 [bad-bytes]
2:9: 警告: 第 40 字节起不是有效的 UTF-8，以 U+FFFD 代替 [bad-bytes]
2:10: 警告: 第 41 字节起不是有效的 UTF-8，以 U+FFFD 代替 [bad-bytes]'
bytes '\xef\xbb\xbf第一章  目标\n增加\xff投入。\n' >"$(here utf8-broken-bom)"
broken utf8-broken-bom $'第一章  目标\n增加�投入。' '2:3: 警告: 第 27 字节起不是有效的 UTF-8，以 U+FFFD 代替 [bad-bytes]'
bytes '第一章  目标\n增加投入，扩大\xed\xa0\x80覆盖，提高\xc0\xaf质量\xe5\n' >"$(here utf8-forms)"
is "$("$GANGMU" parse -q -t source "$tmp/utf8-forms/plan.txt" | tail -n 1)" '增加投入，扩大���覆盖，提高��质量�' 'surrogates, overlong and cut sequences are not UTF-8'
{ bytes '第一章  目标\n'; for _ in $(seq 20); do bytes '改善民生，增进福祉，促进公平正义\xff'; done; bytes '。\n'; } >"$(here utf8-many)"
is "$(diagnostics "$tmp/utf8-many/plan.txt" | grep -c bad-bytes)" 17 'sixteen places are told, and one line for the rest'
like "$(diagnostics "$tmp/utf8-many/plan.txt")" '另有 4 处不能解码 \[more-bad-bytes\]' 'the rest is counted'

# == broken GB18030 ==
gb() { printf '%b' "$1" | iconv -t GB18030; }
{ gb '第一章  目标\n建设乡镇卫生院，'; bytes '\xff'; gb '改善就医条件，提高服务能力。\n'; } >"$(here gb-broken)"
broken gb-broken $'第一章  目标\n建设乡镇卫生院，�改善就医条件，提高服务能力。' \
    '2:9: 警告: 第 29 字节起不是有效的 GB18030，以 U+FFFD 代替 [bad-bytes]'
{ gb '第一章  目标\n建设乡镇卫生院，改善就医条件'; bytes '\xb5'; gb '\n第二章  任务\n提高服务能力。\n'; } >"$(here gb-cut)"
is "$("$GANGMU" parse -q -t source "$tmp/gb-cut/plan.txt")" $'第一章  目标\n建设乡镇卫生院，改善就医条件�\n第二章  任务\n提高服务能力。' 'a cut character does not take the line end'
is "$(diagnostics "$tmp/gb-cut/plan.txt")" '2:15: 警告: 第 41 字节起不是有效的 GB18030，以 U+FFFD 代替 [bad-bytes]' 'and is told'

# == broken UTF-16 ==
{ bytes '\xff\xfe'; bytes '第一章  目标\n增加' | iconv -t UTF-16LE; bytes '\x00\xd8'; bytes '投入。\n' | iconv -t UTF-16LE; } >"$(here utf16-broken)"
broken utf16-broken $'第一章  目标\n增加�投入。' '2:3: 警告: 第 22 字节起不是有效的 UTF-16LE，以 U+FFFD 代替 [bad-bytes]'
{ bytes '\xff\xfe'; bytes '第一章  目标\n' | iconv -t UTF-16LE; bytes 'x'; } >"$(here utf16-odd)"
is "$("$GANGMU" parse -q -t source "$tmp/utf16-odd/plan.txt")" $'第一章  目标\n�' 'half a unit at the end is not lost'

# == no crash ==
if [ "$GANGMU_SAN" != "$GANGMU" ]; then
    for f in "$tmp"/*/plan.txt; do
        ok "sanitised: $(basename "$(dirname "$f")")" bash -c '"$GANGMU_SAN" parse -q -t xml "$1" >/dev/null' - "$f"
    done
fi

done_testing
