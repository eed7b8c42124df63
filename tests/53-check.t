#!/usr/bin/env bash
# check: every code of check.def has a text that raises it and one that does not; the known faults of the corpus; formats,
# profiles, exit status, limits.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
check() { "$GANGMU" --lang zh check "$@"; }
codes() { grep -oE '\[[a-z-]+\]$' "$1" | tr -d '[]'; }

# == cases: CODE.txt raises the code, CODE-not.txt looks alike and does not ==
cd tests/check || exit 1
for case in *.txt; do
    name=${case%.txt}
    is "$(check "$case" 2>&1)" "$(cat "$name.expected" 2>/dev/null || echo 'no expected file')" "$name"
done
# compliance takes a second plan and has its own test
"$GANGMU" --lang en check --list | awk '/^[^ ]/ { skip = /^Compliance/ } NF > 2 && /^  / && !skip { print $1 }' | sort >"$tmp/codes"
is "$(while read -r code; do
    [ -e "$code.txt" ] && [ -e "$code-not.txt" ] || echo "$code: no case"
    codes "$code.expected" | grep -qx "$code" || echo "$code: not raised"
    codes "$code-not.expected" | grep -qx "$code" && echo "$code: raised by its other text"
done <"$tmp/codes")" '' 'every code has a text that raises it and one that does not'
is "$(for f in *.txt; do "$GANGMU" --lang en check "$f"; done 2>&1 | grep -cP '\{[0-9]\}|: : ')" 0 'English messages have their arguments'
cd "$TOP" || exit 1

# == the known faults of the corpus ==
check corpus >"$tmp/corpus"
is $? 0 'the corpus has no error'
while IFS='|' read -r file line code what; do
    ok "corpus: $what" grep -qE "^corpus/chongqing-$file-eco-1[45]fyp.txt:$line:[0-9]+: .*\[$code\]$" "$tmp/corpus"
done <<'FAULTS'
chengkou|364|number-repeats|two 第三节 in 第七章
shizhu|50|list-number|四是, then 六是
zhongxian|29|pair-unbalanced|a quotation mark turned round
zhongxian|525|title-unbalanced|》 without 《
zhongxian|484|sentence-repeated|one sentence twice in a row
zhongxian|594|slip|中期评估和期中评估
kaizhou|92|unit-unknown|立方米万元
dianjiang|8|unit-lost|29.69 without its %
shizhu|71|name-differs|45.1 under three names
shizhu|237|value-kind-differs|16% in the prose, delegated in the table
shizhu|143|unit-form|ug/m3
shizhu|451|list-count|four towns, 5个
shizhu|138|concept-differs|350 days, 95%
dianjiang|389|target-weaker|PM2.5 may rise from 29, as the prose says, to 35
chengkou|189|target-weaker|PM2.5 may rise from 15.6 to 20
FAULTS
is "$(grep -c '^       见 corpus/chongqing-shizhu-eco-14fyp.txt:\(130\|330\):.*绿.*覆盖率$' "$tmp/corpus")" 2 'the three names are shown'
is "$(grep -cE '\[(sum-differs|count-differs|change-disagrees|base-differs)\]$' "$tmp/corpus")" 0 'sums, counts and changes that agree are not complained of'

# what agrees in the corpus is complained of as soon as it does not
change() { # FILE SED CODE WHAT
    sed -E "$2" "corpus/chongqing-$1.txt" >"$tmp/changed.txt"
    cmp -s "corpus/chongqing-$1.txt" "$tmp/changed.txt" && { tap_point 1 "$4: the text was not changed"; return; }
    check "$tmp/changed.txt" >"$tmp/said"
    ok "changed: $4" grep -qF "[$3]" "$tmp/said"
}
change kaizhou-eco-14fyp 's/共计项目78项/共计项目79项/' sum-differs '79 projects, the box has 78'
change kaizhou-eco-14fyp 's/涉及资金72\.8亿元/涉及资金72.9亿元/' sum-differs '72.9, the box has 72.8466'
change kaizhou-eco-14fyp 's/涉及项目49项/涉及项目48项/' sum-differs 'one project less in the box'
change kaizhou-eco-14fyp 's/区级资金2\.2亿元/区级资金2.5亿元/' sum-differs 'the sources exceed the total'
change kaizhou-eco-14fyp 's/提升2\.5个百分点/提升3.5个百分点/' change-disagrees '90.5 to 93 is not 3.5 points'
change zhongxian-eco-14fyp 's/其中9项指标超额完成/其中8项指标超额完成/' count-differs '8 instead of 9 rows 超额完成'
change zhongxian-eco-14fyp '494s/55%/56%/' value-differs 'forest coverage 56% in the prose, 55 in the table'
change dianjiang-eco-14fyp '267s/93\.2/93.5/' base-differs 'the base is not the result'
change shizhu-eco-14fyp 's/森林覆盖率提升至60\.08%/森林覆盖率提升至60.8%/' base-differs '60.8 in the prose, 60.08 in the table'
sed '50s/^六是/五是/' corpus/chongqing-shizhu-eco-14fyp.txt >"$tmp/mended.txt"
is "$(check "$tmp/mended.txt" | grep -c list-number)" 0 'mended: 五是 follows 四是'

# == the guide ==
awk '/^```text$/ { on = 1; next } /^```$/ { on = 0 } on' docs/check.md >"$tmp/screen"
is "$(sed 1d "$tmp/screen")" "$(check "$(sed -n '1s/^\$ gangmu check //p' "$tmp/screen")")" 'the screen of docs/check.md is what the program prints'
is "$(sed -n '/^```toml$/,/^```$/p' docs/check.md | sed '1d;$d' >"$tmp/guide.toml"; check -p "$tmp/guide.toml" -f json corpus/chongqing-dianjiang-eco-14fyp.txt 2>&1 | grep -c '"suppressed": true')" 0 \
    'its profile is read, and narrowed to another file'
is "$(grep -v '^file' "$tmp/guide.toml" >"$tmp/guide2.toml"; check -p "$tmp/guide2.toml" -f json corpus/chongqing-dianjiang-eco-14fyp.txt | grep -c '"suppressed": true')" 1 \
    'without the file it fits the finding it speaks of'
is "$(grep -cE '^\| (城口|垫江|开州|石柱|忠县) \| [0-9]+ \| `[a-z-]+` \|' docs/checks-on-seeds.md)" "$(grep -cE ': (错误|警告|提示): ' "$tmp/corpus")" 'docs/checks-on-seeds.md judges every finding'
is "$(sed -nE 's/^\| (城口|垫江|开州|石柱|忠县) \| ([0-9]+) \| `([a-z-]+)` .*/\2 \3/p' docs/checks-on-seeds.md | sort)" \
    "$(sed -nE 's/^corpus[^:]*:([0-9]+):.*\[([a-z-]+)\]$/\1 \2/p' "$tmp/corpus" | sort)" 'and no other'

# == exit status ==
status() { check "$@" >/dev/null 2>&1; echo $?; }
is "$(status tests/check/slip.txt) $(status --fail-on error tests/check/slip.txt)" '0 0' 'warnings do not fail by default'
is "$(status --fail-on warning tests/check/slip.txt) $(status --fail-on note tests/check/slip.txt)" '1 1' '--fail-on warning, note'
is "$(status tests/check/sum-differs.txt)" 1 'an error fails'
is "$(status --fail-on note tests/check/slip-not.txt)" 0 'nothing found'
is "$(status) $(status "$tmp/none.txt") $(status -f xml tests/check/slip.txt) $(status --fail-on bad tests/check/slip.txt) $(status --bad)" '2 2 2 2 2' \
    'no file, a missing one, wrong format, level, option'
is "$(status tests/check/sum-differs.txt "$tmp/none.txt")" 2 'one file that cannot be read: 2 …'
is "$(check tests/check/sum-differs.txt "$tmp/none.txt" 2>/dev/null | grep -c '\[sum-differs\]')" "$(grep -c '\[sum-differs\]' tests/check/sum-differs.expected)" '… and the others are judged'
is "$(check - <tests/check/slip.txt | grep -c '^-:4:')" "$(grep -c '\[slip\]' tests/check/slip.expected)" 'standard input'
is "$(check tests/check/slip.txt tests/check/word-form.txt | tail -n 1)" '2 个文件：错误 0，警告 4，提示 2' 'two files, one report'
check -o "$tmp/report.txt" tests/check/slip.txt >"$tmp/out"
is "$(wc -c <"$tmp/out") $(cat "$tmp/report.txt")" "0 $(check tests/check/slip.txt)" '-o writes the file and nothing else'
is "$(check --list | grep -c '^  ')" "$(grep -cE '^(CHECK|REUSED)\(' extractor/review/check.def)" '--list lists every check'

# == carets stand under their words: as many columns before them as before the words, two for a hanzi ==
check corpus | /usr/bin/python3 -c '
import sys, unicodedata
def width(s): return sum(2 if unicodedata.east_asian_width(c) in "WF" else 0 if unicodedata.combining(c) else 1 for c in s)
lines = sys.stdin.read().split("\n")
bad = 0
for a, b in zip(lines, lines[1:]):
    if "|" in b and set(b.split("|", 1)[1]) <= {" ", "^"} and "^" in b:
        if width(b) > width(a): bad += 1
print(bad)' >"$tmp/out"
is "$(cat "$tmp/out")" 0 'carets never stand beyond the line'
is "$(check tests/check/slip.txt | sed -n 6p)" '       |                   ^^^^' 'carets under 布署'

# == JSON and SARIF ==
check -f json corpus tests/check/sum-differs.txt >"$tmp/r.json"
check -f sarif corpus tests/check/sum-differs.txt >"$tmp/r.sarif"
cat >"$tmp/verify.py" <<'P'
import json, sys, urllib.parse
j, s = (json.load(open(p, encoding='utf-8')) for p in sys.argv[1:3])
run, = s['runs']
assert s['version'] == '2.1.0' and run['columnKind'] == 'unicodeCodePoints'
rules = run['tool']['driver']['rules']
assert len({r['id'] for r in rules}) == len(rules)
assert all(r['shortDescription']['text'] and r['fullDescription']['text'] for r in rules)
assert len(run['results']) == len(j['findings']) == sum(j['summary'].values())
def text(uri): return open(urllib.parse.unquote(uri), encoding='utf-8', newline='').read()
def place(loc):
    region, t = loc['region'], text(loc['artifactLocation']['uri'])
    if 'charOffset' in region:
        got = t[region['charOffset']:region['charOffset'] + region['charLength']]
        assert got == region['snippet']['text'], got
    lines = t.split('\n')
    a, b = region['startLine'] - 1, region['endLine'] - 1
    got = lines[a][region['startColumn'] - 1:region['endColumn'] - 1] if a == b else region['snippet']['text']
    assert got == region['snippet']['text'], got
for r, f in zip(run['results'], j['findings']):
    assert rules[r['ruleIndex']]['id'] == r['ruleId'] == f['code'] and r['level'] == f['level']
    assert r['message']['text'] == f['message']
    for loc in r['locations'] + r.get('relatedLocations', []):
        place(loc['physicalLocation'])
        index = loc['physicalLocation']['artifactLocation']['index']
        assert run['artifacts'][index]['location']['uri'] == loc['physicalLocation']['artifactLocation']['uri']
    data = open(f['file'], 'rb').read()
    assert data[f['begin']:f['end']].decode() == f['text']
print('good')
P
is "$(/usr/bin/python3 "$tmp/verify.py" "$tmp/r.json" "$tmp/r.sarif" 2>&1 | tail -n 1)" good 'JSON and SARIF agree, and every place holds what they quote'
if /usr/bin/python3 -c 'import jsonschema' 2>/dev/null; then
    is "$(/usr/bin/python3 -c '
import json, sys, jsonschema
schema, doc = (json.load(open(p, encoding="utf-8")) for p in sys.argv[1:])
print(len(list(jsonschema.Draft4Validator(schema).iter_errors(doc))))' tests/check/sarif-2.1.0.json "$tmp/r.sarif")" 0 'SARIF is valid against its schema'
else
    skip 'SARIF is valid against its schema' 'python3-jsonschema is not installed'
fi
mkdir "$tmp/文 件" && cp tests/check/slip.txt "$tmp/文 件/草案 %1.txt"
(cd "$tmp" && check -f sarif '文 件/草案 %1.txt') >"$tmp/r.sarif"
like "$(cat "$tmp/r.sarif")" '"uri": "%E6%96%87%20%E4%BB%B6/%E8%8D%89%E6%A1%88%20%251.txt"' 'SARIF: paths are URIs'

# == the page ==
check -f html corpus >"$tmp/r.html"
cat >"$tmp/tags.py" <<'P'
import html.parser, sys
class Tags(html.parser.HTMLParser):
    open = []
    def handle_starttag(self, tag, attrs):
        if tag not in ('meta', 'br'): self.open.append(tag)
    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, (tag, self.getpos())
t = Tags()
t.feed(open(sys.argv[1], encoding='utf-8').read())
assert not t.open, t.open
print('good')
P
is "$(/usr/bin/python3 "$tmp/tags.py" "$tmp/r.html" 2>&1 | tail -n 1)" good 'HTML: every element is closed where it should be'
is "$(grep -c '<article' "$tmp/r.html")" "$(grep -cE ': (错误|警告|提示): ' "$tmp/corpus")" 'HTML: every finding'
is "$(grep -cE 'https?://|<script' "$tmp/r.html")" 0 'HTML: nothing from elsewhere'
printf '第一章  <b>&\n做好布署。\n' >"$tmp/x<&.txt"
is "$(check -f html "$tmp/x<&.txt" | grep -c '<b>&$\|x<&')" 0 'HTML: texts are escaped'

# == profiles ==
mkdir "$tmp/p" && cp tests/check/slip.txt tests/check/target-weaker.txt "$tmp/p" && cd "$tmp/p" || exit 1
cat >gangmu.toml <<'TOML'
# of the test
[[check]]
code = "slip"       # one of them
level = "off"
reason = "引文，原文如此 \"照录\""
text = "布署"

[[check]]
code = 'slip'
level = "error"
reason = 'must be mended'
file = "slip.txt"
TOML
check slip.txt target-weaker.txt >out 2>err
is "$? $(cat err)" '1 ' 'a profile beside the draft: a check made an error fails'
is "$(tail -n 1 out)" '2 个文件：错误 3，警告 1，提示 1；另有 1 处按配置不计' 'the suppressed finding is counted apart'
is "$(grep -c '理由：must be mended' out) $(grep -c '理由：引文，原文如此 "照录"' out)" '3 1' 'reasons are shown'
is "$(check -f json slip.txt | grep -c '"suppressed": true, "reason": "引文，原文如此 \\"照录\\""')" 1 'JSON: suppressed'
like "$(check -f sarif slip.txt)" '"suppressions": \[\{"kind": "external", "justification": "引文，原文如此 \\"照录\\""\}\]' 'SARIF: suppressions with justification'
like "$(check -f html slip.txt)" '按配置不计的</h2>.*理由：引文' 'HTML: suppressed apart'
cat >all.toml <<'TOML'
[[check]]
code = "*"
level = "off"
reason = "all of it"
TOML
is "$(status --fail-on note -p all.toml slip.txt)" 0 '--profile, the code *'
check -p gangmu.toml target-weaker.txt >/dev/null 2>err
is "$(cat err)" 'gangmu.toml:2:1: 提示: 没有发现符合这一条，可以删去' 'a rule that fits nothing is told, one of a file that is not judged is not'
cp target-weaker.txt other.txt
sed 's/slip.txt/other.txt/' gangmu.toml >other.toml
check -p other.toml target-weaker.txt other.txt >/dev/null 2>err
is "$(cut -d: -f2 err | tr '\n' ' ')" '2 8 ' 'it is when its file is'
wrong() { # TOML EXPECTED WHAT
    printf '%b' "$1" >bad.toml
    "$GANGMU" --lang en check -p bad.toml slip.txt >out 2>err
    is "$? $(wc -c <out | tr -d ' ') $(cat err)" "2 0 $2" "$3"
}
wrong '[[check]]\ncode = "slipp"\nlevel = "off"\nreason = "x"\n' 'bad.toml:2:8: error: there is no such check: slipp (do you mean slip?)' 'an unknown code, and the nearest'
wrong '[[check]]\ncode = "slip"\nlevl = "off"\nreason = "x"\n' $'bad.toml:3:1: error: unknown key: levl (do you mean level?)\nbad.toml:1:1: error: this rule lacks: level' 'an unknown key, and the nearest'
wrong '[[check]]\ncode = "slip"\nlevel = "off"\n' 'bad.toml:1:1: error: this rule lacks: reason' 'a reason is required'
wrong '[[check]]\ncode = "slip"\nlevel = "off"\nreason = " "\n' 'bad.toml:1:1: error: the reason is empty' 'an empty one does not do'
wrong '[[check]]\ncode = "slip"\nlevel = "none"\nreason = "x"\n' 'bad.toml:3:9: error: level takes off, note, warning or error: none (do you mean note?)' 'an unknown level'
wrong 'code = "slip"\n' 'bad.toml:1:1: error: keys stand below [[check]]' 'a key outside'
wrong '[check]\n' 'bad.toml:1:1: error: the only table is [[check]]: [check]' 'another table'
wrong '[[check]]\n理由 = "x"\ncode = slip\nlevel = "off" x\nreason = "a\\q"\nfile = "a\n' \
    $'bad.toml:2:1: error: unknown key: 理由 = "x"\nbad.toml:3:8: error: a string in quotes is needed\nbad.toml:4:15: error: nothing may follow here: x\nbad.toml:5:12: error: unknown escape: \\\nbad.toml:6:8: error: the quotes do not end\nbad.toml:1:1: error: this rule lacks: code\nbad.toml:1:1: error: this rule lacks: reason' 'every fault is told with its place'
wrong '[[check]]\ncode = "slip"\ncode = "slip"\nlevel = "off"\nreason = "x\\u4e2d"\n' 'bad.toml:3:1: error: the key is there already: code' 'a key twice'
wrong '[[check]]\ncode = "slip"\nlevel = "off"\nreason = "\xff"\n' 'bad.toml: error: not UTF-8' 'bytes that are no UTF-8'
is "$(status -p none.toml slip.txt)" 2 'a profile that is not there'
cd "$TOP" || exit 1

# == hostile texts, through the sanitised program: an end, no fault, the limits told ==
/usr/bin/python3 - "$tmp" <<'P'
import sys
def w(name, text): open(f'{sys.argv[1]}/{name}', 'w', encoding='utf-8').write(text)
w('h1.txt', ''.join(f'第{"一二三四五六七八九"[i % 9]}章  标题\n' for i in range(20000)))
w('h2.txt', '第一章  总则\n' + '“（甲镇、乙镇、丙镇5个乡，29.6、3%、4%、)”，其中2万元，三是。。' * 4000 + '\n')
w('h3.txt', '第一章  总则\n' + ''.join(f'专栏{i}  “十三五”指标完成情况\n\t指标\t单位\t2020年目标值\t2020年完成情况\t备注\n\t指标{i}\t%\t50\t60\t超额完成\n\t指标{i}乙\t%\t50\t60\t超额完成\n\n其中5项指标超额完成。\n' for i in range(80)))
w('h5.txt', '第一章  总则\n' + ''.join(f'专栏{i}  重大工程项目\n\t（一）水环境工程。涉及项目3项，资金66200万元。\n\n（二）大气工程。涉及项目9项，资金38453万元。\n\n' for i in range(300)))
rows = [l.rstrip('\n').split('\t') for l in open('grammars/lexicon/indicators.tsv', encoding='utf-8') if not l.startswith(('#', 'code'))]
w('h6.txt', '规划“十四五”规划\n第一章  目标\n专栏1  “十四五”指标\n\t指标\t单位\t2020年现状值\t2025年目标值\n' +
  ''.join(f'\t{r[5]}\t{r[1]}\t5\t5\n' for r in rows if len(r) > 5 and r[1] == '%')[:40000] + '\n')
w('h4.txt', '规划“十四五”规划\n第一章  目标\n' + ''.join(f'到2025年，森林覆盖率达到{i % 97}.{i % 7}%。\n' for i in range(2000)))
P
for f in h1 h2 h3 h4 h5 h6; do
    for format in text json sarif html; do
        "$GANGMU_SAN" --lang en check -f $format -o "$tmp/out.$format" "$tmp/$f.txt" 2>"$tmp/err"
        like "$? $(cat "$tmp/err")" '^[01] $' "$f as $format"
    done
    [ $f = h1 ] && ok 'the limit of findings is told' grep -q 'more of \[number-back\] are not listed (limit findings: 1000)' "$tmp/out.text"
    cat "$tmp/out.text" >>"$tmp/limits"
    [ $f = h3 ] && ok 'the limit of tables is told' grep -q 'over the limit completion-tables (64)' "$tmp/out.text"
done
is "$(grep -hoE 'limits? `[a-z-]+`' extractor/review/check*.[ch] extractor/review/finding*.[ch] | grep -oE '`.*`' | tr -d '`' | sort -u | while read -r limit; do
    grep -qE "limit ${limit}[ :]" "$tmp/limits" || echo "$limit"
done)" '' 'every limit of the checks is reached above and told'
cd tests/check || exit 1
is "$(for case in *.txt; do
    "$GANGMU_SAN" --lang zh check "$case" >"$tmp/out" 2>"$tmp/err"
    cmp -s "$tmp/out" "${case%.txt}.expected" && [ ! -s "$tmp/err" ] || echo "$case"
done | head -n 3)" '' 'the sanitised program finds nothing amiss in the cases'

done_testing
