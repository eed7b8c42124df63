#!/usr/bin/env bash
# compare: the plans of a corpus side by side: expected pages that were read, everything reckoned anew by a script,
# and what it says when it cannot.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
city=$tmp/city real=$tmp/real
gm() { "$GANGMU" --lang zh --grammars tests/sample-city/grammars "$@"; }
compare() { gm compare -C "$city" "$@"; }
refused() { # DESCRIPTION EXPECTED ARGUMENT...: exit status 2, and it says so
    local what=$1 expected=$2 out
    shift 2
    out=$(compare "$@" 2>&1)
    is $? 2 "$what: exit status 2"
    like "$out" "$expected" "$what: said"
}

gm build -o "$city" tests/sample-city/plans >/dev/null 2>&1
gm build -o "$real" corpus >/dev/null 2>&1

for what in indicators gaps ratchet themes agencies; do
    is "$(compare --what $what)" "$(cat tests/sample-city/expected/$what.txt)" "$what as expected"
done
ok 'ranks, medians, gaps, shares: reckoned anew, the made city' /usr/bin/python3 tests/sample-city/check.py "$city" "$GANGMU" --grammars tests/sample-city/grammars
ok 'the same, the five plans' /usr/bin/python3 tests/sample-city/check.py "$real" "$GANGMU"

# == single facts ==
cell() { # COLUMN [ARGUMENT...]: of the only row
    local column=$1
    shift
    compare -f csv "$@" | /usr/bin/python3 -c "
import csv, sys
sys.stdin.reconfigure(encoding='utf-8-sig', newline='')
print(*(r['$column'] for r in csv.DictReader(sys.stdin)))"
}
is "$(cell 990121-eco-14.shown --indicator 优良天数)" '≥346.75(推断)' 'percent of good air stand beside days, as inferred'
like "$(cell 990121-eco-14.shown.note --indicator 优良天数)" '推断自 .*≥95.*365天' 'and it says from what'
is "$(cell 990122-eco-14.shown --indicator air.good_days)" '≥330' 'days are not inferred where they stand'
is "$(cell 990123-eco-14.shown --indicator 畜禽粪污综合利用率)$(cell 990123-eco-14.target --indicator agri.manure)" '≥85 | 90' \
    'of two that differ both are shown and none is reckoned with'
is "$(cell 990123-eco-14.shown.place --indicator agri.manure)" 'south-14.txt:53:28 | south-14.txt:54:28' 'and both places are named'
both() { compare -C "$real" --indicator carbon.intensity.cut "$@"; }
is "$(both -f csv | cut -d, -f"$(both -f csv | head -n 1 | tr , '\n' | grep -n '500240-eco-14.shown$' | cut -d: -f1)" | tail -n 1)" '完成市级下达目标 | 16' \
    'set by the superior in the table, 16 in the prose: both are shown'
is "$(both -f csv | grep -c '500240-eco-14.target.*' ; both -f json | grep -o '"500240-eco-14.rank": "[0-9]*"' | wc -l)" '1
0' 'and the figure is not ranked'
is "$(both | grep -c '@237:2 @77:108')" 1 'with both places'
is "$(cell 990123-eco-14.rank --indicator waste.industrial_use)$(cell 990121-eco-14.rank --indicator waste.industrial_use)" '' \
    'ranges and words have no rank'
is "$(cell 990121-eco-14.shown.place --indicator forest.coverage)" 'east-14.txt:26:2' 'the table goes before the prose'
is "$(cell 990121-eco-14.rank --indicator air.pm25) $(cell 990123-eco-14.rank --indicator air.pm25) $(cell 990122-eco-14.rank --indicator air.pm25)" \
    '1 1 3' 'lower is better for PM2.5; equal ones share a rank'
is "$(cell peers3.median --indicator forest.coverage)" 46.275 'the median of four is exact'
is "$(cell 990122-eco-14.rank --indicator energy.intensity.cut) $(cell 990121-eco-14.rank --indicator energy.intensity.cut)" '1 1' \
    'a cut against the year before the period is one over the period'
like "$(cell 990122-eco-14.shown.note --indicator energy.intensity.cut)" '按名称或基年算作规划期累计（推断）' 'and it says so'
is "$(compare --what ratchet --superior 990100-eco-14 -f csv --indicator forest.coverage | grep -c '^990121-eco-13,.*示例市')" 0 \
    'no superior of another period'

# a target that only the column of changes gives; not where the year has one
mkdir "$tmp/change"
{
    printf '示例市生态环境保护“十四五”规划\n\n第一章  总则\n第一节  目标\n专栏1  主要指标\n\n'
    printf '\t%s\n\t%s\n\t%s\n\t%s\n\t%s\n\n' 指标 单位 2020年 2025年 年均/累计 单位GDP能耗降低 % — — '[13.5]' 森林覆盖率 % 50 52 '[2]'
    printf '第二章  任务\n第一节  治理\n加强管理。\n'
} >"$tmp/change/x.txt"
gm build -o "$tmp/changed" "$tmp/change" >/dev/null 2>&1
is "$(gm compare -C "$tmp/changed" -f csv | cut -d, -f1,5,7 | tail -n 2)" 'energy.intensity.cut,[13.5],o3 单位GDP能耗降低；年份为推断；取自“年均/累计”栏
forest.coverage,52,2025 o5 森林覆盖率' 'the column of changes gives the target where the year has none'

against() { # YEAR: the number reckoned with of a cut against that year
    sed "s/较2020年下降14%/较$1年下降14%/" tests/sample-city/plans/west-14.txt >"$tmp/change/x.txt"
    gm build -o "$tmp/changed" "$tmp/change" >/dev/null 2>&1
    gm compare -C "$tmp/changed" -f csv --indicator energy.intensity.cut | tail -n 1 | cut -d, -f10
}
is "$(against 2020) $(against 2018)" '14 ' 'a cut against another year is not reckoned with'

bare() { # FROM TO: south's [8.5] of 化学需氧量 written otherwise; what is shown, its rank, the other's rank
    sed "s/$1/$2/" tests/sample-city/plans/south-14.txt >"$tmp/change/south.txt"
    sed 's/市级下达/[8]/' tests/sample-city/plans/east-14.txt >"$tmp/change/east.txt"
    rm -f "$tmp/change/x.txt"
    gm build -o "$tmp/changed" "$tmp/change" >/dev/null 2>&1
    gm compare -C "$tmp/changed" -f csv --indicator emission.cod.cut | /usr/bin/python3 -c "
import csv, sys
sys.stdin.reconfigure(encoding='utf-8-sig', newline='')
print(*(r[p + '-eco-14.' + c] or '-' for r in csv.DictReader(sys.stdin) for p, c in (('990123', 'shown'), ('990123', 'rank'), ('990121', 'rank'))))"
}
is "$(bare x x)" '[8.5] 1 2' 'totals in brackets are ranked'
is "$(bare '\[8.5\]' 8.5)" '8.5(算作累计) 1 2' 'so is one whose brackets were left off, and it says so'
is "$(bare '\[8.5\]' '较2020年下降8.5%')" '较2020年下降8.5% 1 2' 'or that is against the year before'
is "$(bare '\[8.5\]' '8.5【年均】')" '8.5/年 - -' 'a yearly one is not'

tie() { # EAST WEST SOUTH: ranks of 森林覆盖率 (up) and of PM2.5 (down) written so
    rm -f "$tmp/change/"*
    local value plan i=0
    for plan in east west south; do
        value=${*:$((++i)):1}
        sed "s/^\t\(60.3\|46.25\|46.3\)\$/\t$value/; s/^\t\(≤35\|30\)\$/\t$value/" tests/sample-city/plans/$plan-14.txt >"$tmp/change/$plan.txt"
    done
    gm build -o "$tmp/changed" "$tmp/change" >/dev/null 2>&1
    gm compare -C "$tmp/changed" -f csv --indicator forest.coverage --indicator air.pm25 | /usr/bin/python3 -c "
import csv, sys
sys.stdin.reconfigure(encoding='utf-8-sig', newline='')
rows = {r['indicator_code']: r for r in csv.DictReader(sys.stdin)}
print(*(rows[c]['99012%d-eco-14.rank' % i] or '-' for c in ('forest.coverage', 'air.pm25') for i in (1, 2, 3)))"
}
is "$(tie 40 40 40)" '1 1 1 1 1 1' 'the same number, the same rank'
is "$(tie '＞40' 40 ≥40)" '1 2 2 - - -' 'where more is better >40 goes before 40 and ≥40; where less is it says nothing'
is "$(tie '＜40' 40 ≤40)" '- - - 1 2 2' 'where less is better <40 goes before 40 and ≤40; where more is they say nothing'
is "$(tie 40 40左右 41)" '2 3 1 1 2 3' 'about 40 goes behind 40'

# == gaps ==
gm compare -C "$real" --what gaps -f csv >"$tmp/gaps.csv"
has() { # CODE PLAN: what is said of it, and where
    /usr/bin/python3 - "$tmp/gaps.csv" "$@" <<'P'
import csv, sys
print(*(r[sys.argv[2] + c] for r in csv.DictReader(open(sys.argv[1], encoding='utf-8-sig', newline='')) if r['indicator_code'] == sys.argv[3] for c in ('', '.place')))
P
}
is "$(has 500233-eco-14 emission.nh3n.cut)" '合并指标 chongqing-zhongxian-eco-14fyp.txt:351:2' 'named in a joint row: not lacking'
is "$(has 500233-eco-14 emission.nh3n.key_amount)" '合并指标 chongqing-zhongxian-eco-14fyp.txt:351:2' 'nor is another indicator of its concept'
is "$(has 500240-eco-14 emission.cut)" '分列指标 chongqing-shizhu-eco-14fyp.txt:210:2' 'the parts, as other indicators of their concepts'
is "$(has 500233-eco-14 redline.share)" '仅有上期 chongqing-zhongxian-eco-14fyp.txt:64:2' 'the area of the last period for the share'
for code in emission.cut emission.nh3n.key_amount redline.share air.good_share; do
    is "$(gm compare -C "$real" --what gaps -f csv --indicator $code | grep "^$code,")" "$(grep "^$code," "$tmp/gaps.csv")" "asked for alone, the same is said of $code"
done
ok '缺 counts the cells that say 缺' /usr/bin/python3 - "$tmp/gaps.csv" <<'P'
import csv, sys
for r in csv.DictReader(open(sys.argv[1], encoding='utf-8-sig', newline='')):
    assert r['peers1.lacking'] == str(sum(r[k] == '缺' for k in r)), r
P

# == names ==
is "$(compare --indicator 'PM2.5年均浓度' --indicator PM10 | grep -c 'PM2.5')" 3 'an indicator by an alias; one without figures does not matter'
like "$(compare --indicator air.good)" '优良天数比' 'a concept means all its codes'
refused 'an unknown name' '没有这个指标：森林覆率.*forest.coverage' --indicator 森林覆率
refused 'a name like none' '没有这个指标：qqqq$' --indicator qqqq
refused 'an unknown theme' '没有这个主题：天.*air\(大气\)' --theme 天
is "$(compare --theme 大气 | grep -c '^· ')" "$(compare --theme air | grep -c '^· 大气')" 'only the indicators of a theme, by name or code'
is "$(compare --theme 大气 --what themes -f csv | grep -c .)" 2 'only the theme itself'
is "$(compare --theme 大气 --what themes -f csv | tail -n 1)" "$(compare --what themes -f csv | grep '^air,')" 'its share stays one of all measures'
is "$(compare --min 4 -f csv | tail -n +2 | cut -d, -f1 | tr '\n' ' ')" 'air.pm25 waste.industrial_use emission.cod.cut forest.coverage ' '--min 4: of what four plans have, in the order of the lexicon'

# == used wrongly ==
refused 'an unknown format' '没有这种格式.*pdf' -f pdf
refused 'an unknown --what' 'indicators.*ratchet.*pages' --what pages
refused 'an unknown --by' 'region.*period.*plan' --by plan
refused 'a file' '不要文件名' corpus/x.txt
refused 'a superior without ratchet' 'ratchet' --superior 990100-eco-14
refused 'an unknown superior' '没有这份规划：nobody' --what ratchet --superior nobody
refused 'indicators of agencies' 'indicator' --what agencies --indicator air.pm25
refused '--min 0' '正整数' --min 0
bad() { # DESCRIPTION EXPECTED DIR
    local out
    out=$(gm compare -C "$3" 2>&1)
    is $? 2 "$1: exit status 2"
    like "$out" "$2" "$1: said"
}
bad 'no corpus' '没有建好的语料库.*gangmu build' "$tmp"
mkdir "$tmp/foreign" "$tmp/text" "$tmp/old" "$tmp/cut" "$tmp/bytes" "$tmp/less"
sqlite3 "$tmp/foreign/gangmu.db" 'CREATE TABLE plans (a)'
bad 'another database' '不是本程序的数据库' "$tmp/foreign"
echo 'no database' >"$tmp/text/gangmu.db"
bad 'no database' '不是本程序的数据库' "$tmp/text"
cp "$city/gangmu.db" "$tmp/old/"; sqlite3 "$tmp/old/gangmu.db" 'PRAGMA user_version = 99'
bad 'another version' '另一版本' "$tmp/old"
cp "$city/gangmu.db" "$tmp/less/"; sqlite3 "$tmp/less/gangmu.db" 'ALTER TABLE measures DROP COLUMN lead'
bad 'a column less' '另一版本' "$tmp/less"
head -c 60000 "$city/gangmu.db" >"$tmp/cut/gangmu.db"
bad 'a database cut short' 'gangmu.db' "$tmp/cut"
cp "$city/gangmu.db" "$tmp/bytes/"
sqlite3 "$tmp/bytes/gangmu.db" "UPDATE indicators SET raw = CAST(x'ff4142' AS TEXT)"
bad 'bytes that are no UTF-8' '读不完' "$tmp/bytes"

# == files ==
before=$(sha256sum "$city/gangmu.db")
compare -o "$tmp/out.txt"
is "$(cat "$tmp/out.txt")" "$(compare)" '-o writes the same'
is "$(cd "$tmp" && ls out.txt*)" 'out.txt' 'and leaves nothing aside'
is "$(sha256sum "$city/gangmu.db")" "$before" 'the database is not touched'
compare -o "$tmp/none/x" 2>/dev/null
is $? 2 'a folder that is not there: exit status 2'
chmod a-w "$city" "$city/gangmu.db"
ok 'a corpus that cannot be written' compare --what gaps
chmod u+w "$city" "$city/gangmu.db"

# == formats ==
for what in indicators gaps ratchet themes agencies; do
    compare --what $what -f json >"$tmp/$what.json"
    compare --what $what -f html >"$tmp/$what.html"
    compare --what $what -f csv >"$tmp/$what.csv"
done
ok 'JSON holds what CSV holds, with places' /usr/bin/python3 - "$tmp" <<'P'
import csv, json, sys
for what in 'indicators gaps ratchet themes agencies'.split():
    doc = json.load(open(f'{sys.argv[1]}/{what}.json', encoding='utf-8'))
    table = list(csv.DictReader(open(f'{sys.argv[1]}/{what}.csv', encoding='utf-8-sig', newline=''), strict=True))
    assert doc['what'] == what and len(doc['rows']) == len(table) and doc['groups']
    for j, c in zip(doc['rows'], table):
        for k in c:
            if not k.endswith(('.place', '.note')):
                v = j.get(k, '')
                assert (v['text'] if isinstance(v, dict) else v) == c[k], (what, k)
                if isinstance(v, dict):
                    assert v.get('place', '') == c[k + '.place'] and ('place' in v or v['text'] == '缺')
P
ok 'HTML: well-formed, one file, every figure with its place, nothing from outside' /usr/bin/python3 - "$tmp" <<'P'
import json, re, sys
from html.parser import HTMLParser
class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.titles = [], 0
    def handle_starttag(self, tag, attrs):
        if tag not in ('meta', 'br'):
            self.open.append(tag)
        for k, v in attrs:
            assert k not in ('src', 'srcset') and not k.startswith('on') and (k != 'href' or v[0] == '#'), (k, v)
            self.titles += k == 'title' and bool(re.search(r'\.txt:\d+:\d+', v))
    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag
for what in 'indicators gaps ratchet themes agencies'.split():
    text = open(f'{sys.argv[1]}/{what}.html', encoding='utf-8').read()
    page = Page()
    page.feed(text)
    assert not page.open and 'url(' not in text and '@import' not in text and 'http' not in text
    placed = sum(isinstance(v, dict) for r in json.load(open(f'{sys.argv[1]}/{what}.json', encoding='utf-8'))['rows'] for v in r.values())
    assert page.titles >= placed, (what, page.titles, placed)
P
shades() { # INDICATOR: the classes of the cells of counties, in order
    compare --indicator "$1" -f html | grep -o 'td class="[ a-z0-9]*"' | grep -o 'h[0-9]*' | tr '\n' ' '
}
is "$(shades waste.industrial_use)" '' 'one figure is not coloured'
is "$(shades forest.coverage)" "h10 h6 h6 h0 " 'of four the best and the worst have full colour'
is "$(shades air.good_days)" 'h6 h4 ' 'of two neither has'
# names with markup in them stay text
mkdir "$tmp/odd"
sed 's/森林覆盖率/森林覆盖率<b>"\&/' tests/sample-city/plans/east-14.txt >"$tmp/odd/a<b>,\"x\".txt"
gm build -o "$tmp/o" "$tmp/odd" >/dev/null 2>&1
is "$(gm compare -C "$tmp/o" -f html | grep -c '<b>')" 0 'markup in names is text in HTML'
ok 'a file name with comma and quotes in CSV' /usr/bin/python3 -c "
import csv, subprocess, sys
r = list(csv.DictReader(open('$tmp/odd.csv', encoding='utf-8-sig', newline=''), strict=True)) if not subprocess.run(
    ['$GANGMU', '--grammars', 'tests/sample-city/grammars', 'compare', '-C', '$tmp/o', '-f', 'csv', '-o', '$tmp/odd.csv']).returncode else []
assert any(v.startswith('a<b>,\"x\".txt:') for row in r for v in row.values())"
ok 'lines fit a hundred and twenty columns, and the terminal' /usr/bin/python3 - "$GANGMU" "$real" <<'P'
import os, subprocess, sys, unicodedata
width = lambda s: sum(2 if unicodedata.east_asian_width(c) in 'WF' else 1 for c in s)
for what in 'indicators gaps ratchet themes agencies'.split():
    for most in 80, 120, 200:
        out = subprocess.run([sys.argv[1], '--lang', 'zh', 'compare', '-C', sys.argv[2], '--what', what], check=True, capture_output=True,
                             env={**os.environ, 'COLUMNS': str(most)}).stdout.decode()
        assert max(map(width, out.split('\n'))) <= most, (what, most, max(out.split('\n'), key=width))
P
is "$(compare | grep -c $'\033')" 0 'no colours where there is no terminal'
is "$("$GANGMU" --lang en compare -C "$real" -f json | sha256sum)" "$(LC_ALL=C TZ=UTC-9 "$GANGMU" --lang en compare -C "$real" -f json | sha256sum)" \
    'the same in any locale'
ok 'help in Chinese' grep -q '用法：gangmu compare' <(gm compare --help)
ok 'help in English' grep -q 'usage: gangmu compare' <("$GANGMU" --lang en help compare)

# == the sanitised build ==
san() { "$GANGMU_SAN" --lang zh --grammars tests/sample-city/grammars compare -C "$@"; }
for what in indicators gaps ratchet themes agencies; do
    is "$(san "$city" --what $what)" "$(cat tests/sample-city/expected/$what.txt)" "$what with sanitisers"
    ok "$what of the five plans with sanitisers" san "$real" --what $what -f html -o "$tmp/x"
done
san "$tmp/cut" >/dev/null 2>"$tmp/err"
is "$? $(grep -c ERROR "$tmp/err")" '2 0' 'a database cut short, with sanitisers'
san "$city" --indicator qqqq --by region >/dev/null 2>"$tmp/err"
is "$? $(grep -c ERROR "$tmp/err")" '2 0' 'an unknown name, with sanitisers'
cp -r "$city" "$tmp/empty"
sqlite3 "$tmp/empty/gangmu.db" "$(sqlite3 "$city/gangmu.db" "SELECT group_concat('DELETE FROM ' || name, ';') FROM sqlite_schema WHERE type = 'table' AND name <> 'gangmu_meta'")"
for what in indicators gaps ratchet themes agencies; do
    ok "an empty corpus: $what" san "$tmp/empty" --what $what
done

ok 'docs/compare.md shows what the program prints' /usr/bin/python3 tests/sample-city/console.py docs/compare.md "$GANGMU" corpus

done_testing
