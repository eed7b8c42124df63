#!/usr/bin/env bash
# panel: every figure of the corpus, what agrees, contradicts and stands for an indicator.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
city=$tmp/city
gm() { "$GANGMU" --lang zh --grammars tests/sample-city/grammars "$@"; }
gm build -o "$city" tests/sample-city/plans >/dev/null 2>&1
gm panel -C "$city" >"$tmp/panel.csv"
is $? 0 'a panel'
is "$(cat "$tmp/panel.csv")" "$(cat tests/sample-city/expected/panel.csv)" 'as expected'
is "$(head -c 3 "$tmp/panel.csv" | od -An -tx1 | tr -d ' ')" efbbbf 'with a byte order mark'
is "$(grep -c $'\r' "$tmp/panel.csv")" 0 'line ends are \n'

# every row quotes its source: source[begin:end] is what it was read from, at line and column
gm build -o "$tmp/real" corpus >/dev/null 2>&1
gm panel -C "$tmp/real" -o "$tmp/real.csv"
ok 'every row points at its text' /usr/bin/python3 - "$tmp/real.csv" <<'P'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding='utf-8-sig', newline=''), strict=True))
assert len(rows) > 400
for r in rows:
    source = open('corpus/' + r['file'], 'rb').read()
    begin, end = int(r['begin']), int(r['end'])
    quoted = ''.join(source[begin:end].decode().split())
    assert ''.join(r['raw'].split()) in quoted, (r, quoted)
    assert source[:begin].count(b'\n') + 1 == int(r['line'])
    assert len(source[source.rfind(b'\n', 0, begin) + 1:begin].decode()) + 1 == int(r['col'])
P

# the columns are those of the page
is "$(sed -n 's/^| `\([a-z_]*\)` |.*/\1/p' docs/panel.md | tr '\n' ',')" "$(head -n 1 "$tmp/panel.csv" | sed 's/^\xEF\xBB\xBF//'),"  'docs/panel.md has every column, in order'

# the query of the page, run as it stands
sed -n '/^```sql/,/^```/p' docs/panel.md | grep -v '^```\|^--' >"$tmp/query.sql"
is "$(cd "$tmp" && cp real.csv panel.csv.new && mkdir -p q && mv panel.csv.new q/panel.csv && cd q && sqlite3 x.db <../query.sql | grep -c '2025,30,chongqing-shizhu-eco-14fyp.txt:146:2')" 1 \
    'the query of docs/panel.md'

# == agreement and contradiction ==
get() { # PLAN RECORD COLUMN...
    /usr/bin/python3 - "$tmp/panel.csv" "$@" <<'P'
import csv, sys
for r in csv.DictReader(open(sys.argv[1], encoding='utf-8-sig', newline='')):
    if r['plan_id'] == sys.argv[2] and r['record_id'] == sys.argv[3]:
        print(*(r[c] or '-' for c in sys.argv[4:]))
P
}
is "$(get 990121-eco-14 o6 agrees conflict taken why)" 'a1 - 1 table' 'table and prose agree: the table is taken'
is "$(get 990121-eco-14 t1 agrees conflict taken why)" 'a1 - - prose' 'the prose is not'
is "$(get 990121-eco-14 o2 agrees conflict taken why)" '- t2 1 table' 'table and prose contradict: both say so'
is "$(get 990121-eco-14 t2 agrees conflict taken why)" '- o2 - prose' 'the other side'
is "$(get 990123-eco-14 t1 conflict taken why) $(get 990123-eco-14 t2 conflict taken why)" 't2 - several t1 - several' 'two of the prose that differ: none is taken'
is "$(get 990122-eco-14 t2 indicator_code conflict taken) $(get 990122-eco-14 t3 conflict)" '- - 1 -' 'shores of two rivers do not contradict'
is "$(get 990123-eco-14 o8 value value_high value_kind conflict)" '75 85 range -' 'a range stays a range'

# what each of these says of the rows of one plan, from a made table and prose
made_panel() { # ARGUMENTS of print(), of the panel of $tmp/c
    gm build -o "$tmp/co" "$tmp/c" >/dev/null 2>&1
    gm panel -C "$tmp/co" | /usr/bin/python3 -c "
import csv, sys
sys.stdin.reconfigure(encoding='utf-8-sig', newline='')
print($1)"
}
table_head() {
    printf '东示县生态环境保护“十四五”规划\n\n第一章  总则\n第一节  目标\n专栏1  主要指标\n\n\t序号\n\t指标\n\t单位\n\t2020年\n\t2025年\n\n'
}
case_of() { # DESCRIPTION EXPECTED ROW… — PROSE: rows `name|unit|2025 value`; gives why of all targets in order
    local what=$1 expected=$2 prose=${*: -1} n=0 row
    shift 2
    rm -rf "$tmp/c" "$tmp/co"
    mkdir "$tmp/c"
    {
        table_head
        while [ $# -gt 1 ]; do
            IFS='|' read -ra row <<<"$1"
            printf '\t%s\n\t%s\n\t%s\n\t1\n\t%s\n\n' $((++n)) "${row[@]}"
            shift
        done
        printf '第二章  任务\n第一节  治理\n%s\n' "$prose"
    } >"$tmp/c/x.txt"
    is "$(made_panel "*(r['why'] + (':' + r['conflict'] if r['conflict'] else '') for r in csv.DictReader(sys.stdin) if r['role'] == 'target')")" "$expected" "$what"
}
case_of 'a bound and the number agree' 'table prose' '森林覆盖率|%|60' '加强造林。到2025年，森林覆盖率达到60%以上。'
case_of 'one number in two units agrees' 'table prose' '林地保有量|公顷|2000' '加强造林。到2025年，林地保有量达到3万亩。'
case_of 'another number in another unit contradicts' 'table:t1 prose:o2' '林地保有量|公顷|2000' '加强造林。到2025年，林地保有量达到4万亩。'
case_of 'another year is another matter' 'only only' '森林覆盖率|%|60' '加强造林。到2023年，森林覆盖率达到58%。'
case_of 'two works of one kind do not contradict' 'only several several' '森林覆盖率|%|60' '加强造林。到2025年，治理水土流失面积20平方公里。
加强治理。到2025年，治理水土流失面积30平方公里。'
case_of 'nor do they agree, nor is one taken for both' 'only several several' '森林覆盖率|%|60' '加强造林。到2025年，治理水土流失面积20平方公里。
加强治理。到2025年，治理水土流失面积20平方公里。'
case_of 'what is not given gives way to what is' 'empty only' '森林覆盖率|%|—' '加强造林。到2025年，森林覆盖率达到58%。'
case_of 'set by the superior in the table, a figure in the prose: both are named' 'table:t1 beside:o2' '单位GDP二氧化碳排放下降率|%|市级下达' '节能降碳。到2025年，单位GDP二氧化碳排放下降16%。'
case_of 'words in the table, a figure in the prose' 'table:t1 beside:o2' '森林覆盖率|%|稳步提升' '加强造林。到2025年，全县森林覆盖率达到58%。'
case_of 'a figure of a part is another matter' 'table prose' '化肥利用率|%|稳步提升' '减少用量。到2025年，主要农作物化肥利用率达到43%。'
case_of 'two numbers of two parts in one cell are given' 'table prose' '城镇污水处理率|%|乡镇85；城市98' '加强治理。到2025年，城镇污水处理率达到98%。'
case_of 'rivers by name: the same grade is taken once' 'first same' '龙溪河干流水质|类|III' '河流水质|类|III' '加强管理。'
case_of 'rivers of different grades: none' 'several several' '龙溪河干流水质|类|III' '河流水质|类|II' '加强管理。'

case_of 'two names in one sentence are two things' 'only several several' '森林覆盖率|%|60' '治理污水。到2025年，城市和县城污水处理率分别达到98%、95%。'
case_of 'and each is set against its own name' 'table:t2 prose prose:o2' '县城污水处理率|%|97' '治理污水。到2025年，城市和县城污水处理率分别达到98%、95%。'
case_of 'two names in two places do contradict' 'only several:t2 several:t1' '森林覆盖率|%|60' '治理污水。到2025年，县城污水处理率达到95%。
建设管网。到2025年，城市污水处理率达到98%。'
case_of 'the brackets left off in the prose: the same total' 'table prose' '单位GDP二氧化碳排放下降率|%|[16]' '节能降碳。到2025年，单位GDP二氧化碳排放下降16%。'
case_of 'or another one' 'table:t1 prose:o2' '单位GDP二氧化碳排放下降率|%|[18]' '节能降碳。到2025年，单位GDP二氧化碳排放下降16%。'
case_of 'against the year before the period' 'table:t1 prose:o2' '单位GDP能耗下降率|%|较2020年下降14%' '节能降碳。到2025年，单位GDP能耗下降13%。'
basis_of() { # NAME UNIT VALUE: basis and inferred columns of the target and of the base 1
    case_of "$1 $3" only "$1|$2|$3" '加强管理。'
    gm panel -C "$tmp/co" | /usr/bin/python3 -c "
import csv, sys
sys.stdin.reconfigure(encoding='utf-8-sig', newline='')
print(*(r['basis'] + ':' + r['inferred'] for r in csv.DictReader(sys.stdin)))" >"$tmp/basis"
}
basis_of 单位GDP能耗下降率 % 14
is "$(cat "$tmp/basis")" 'level: cumulative:basis' 'a cut is promised over the period; the base stays as it is written'
basis_of 万元GDP能耗累计下降 % 14
is "$(cat "$tmp/basis")" 'cumulative:basis cumulative:basis' 'its name says that both are'
basis_of 单位GDP能耗下降率 % 14【年均】
is "$(cat "$tmp/basis")" 'level: annual:' 'unless it is a yearly one'
basis_of 森林覆盖率 % 60
is "$(cat "$tmp/basis")" 'level: level:' 'a share is no total'

# what a note under the table changes: base values as `raw year basis inferred`
noted() { # DESCRIPTION EXPECTED NOTES ROW…: rows `name|unit|2020 value`
    local what=$1 expected=$2 notes=$3 n=0 row
    shift 3
    rm -rf "$tmp/c" "$tmp/co"
    mkdir "$tmp/c"
    {
        table_head
        for row in "$@"; do
            IFS='|' read -ra row <<<"$row"
            printf '\t%s\n\t%s\n\t%s\n\t%s\n\t100\n\n' $((++n)) "${row[@]}"
        done
        printf '\n注：%s\n\n第二章  任务\n第一节  治理\n加强管理。\n' "$notes"
    } >"$tmp/c/x.txt"
    is "$(made_panel "*(' '.join((r['raw'], r['year'], r['basis'], r['inferred'] or '-')) for r in csv.DictReader(sys.stdin) if r['role'] == 'base'), sep='; '")" "$expected" "$what"
}
noted 'brackets that a note calls a sum' '【15】 2020 cumulative -; 60 2020 level -' '【】内为5年累计数。' '单位GDP能耗下降率|%|【15】' '森林覆盖率|%|60'
noted 'brackets that a note calls a mean' '【93】 2020 mean basis; 60 2020 level -' '【】内为五年平均值。' '空气质量优良天数比率|%|【93】' '森林覆盖率|%|60'
noted 'brackets that a note calls a yearly rate' '[6.5] 2020 annual basis' '[ ]内为年均增长率。' '地区生产总值增长|%|[6.5]'
noted 'only such brackets as the note shows' '[15] 2020 cumulative -' '【】内为五年平均值。' '单位GDP能耗下降率|%|[15]'
noted 'a note says of one figure that it is a mean' '【93】 2020 mean basis; 【15】 2020 cumulative -' '1.“十三五”时期空气质量优良天数比率平均值为93%。2.【】内为5年累计数。' '空气质量优良天数比率|%|【93】' '单位GDP能耗下降率|%|【15】'
noted 'not of another figure' '【92】 2020 cumulative -' '1.“十三五”时期空气质量优良天数比率平均值为93%。2.【】内为5年累计数。' '空气质量优良天数比率|%|【92】'
noted 'a marked value of another year' '60* 2019 level year; 97 2020 level -' '*为2019年数据。' '森林覆盖率|%|60*' '生活垃圾无害化处理率|%|97'
noted 'a mark at the name: its base, not its target' '60 2019 level year' '带*的为2019年数据。' '森林覆盖率*|%|60'
noted 'a note that names a year moves nothing' '60* 2020 level -' '*2019年对森林覆盖率的统计口径进行了调整。' '森林覆盖率|%|60*'
is "$(gm panel -C "$tmp/real" | grep -c ',mean,.*【93】' | tr -d '\n'; sqlite3 "$tmp/real/gangmu.db" "SELECT count(*) FROM indicators WHERE noted_basis IS NOT NULL")" 11 'of the five plans it is the 93 of Zhongxian alone'

# == no table ==
mkdir "$tmp/flat"
printf '西示县生态环境保护“十四五”规划\n\n第一章  总则\n第一节  目标\n专栏1  主要指标\n指标 2020年 2025年 森林覆盖率（%%） 58 60\n\n第二章  任务\n第一节  治理\n加强管理。到2025年，森林覆盖率达到60%%。\n' >"$tmp/flat/flat.txt"
cp tests/sample-city/plans/east-14.txt "$tmp/flat/"
gm build -o "$tmp/flatout" "$tmp/flat" >/dev/null 2>&1
is "$(gm panel -C "$tmp/flatout" 2>&1 >/dev/null)" 'gangmu: 没有读出指标表：flat.txt' 'a plan of which no table was read is named'
is "$(gm panel -C "$city" 2>&1 >/dev/null)" '' 'none of the city'
is "$(gm compare -C "$tmp/flatout" | grep '没有读出')" '没有读出指标表：flat.txt' 'compare names it under its group'
is "$(gm compare -C "$tmp/flatout" --what ratchet -f html | grep -c '<p class="note">没有读出指标表：flat.txt</p>')" 1 'on pages'
like "$(gm compare -C "$tmp/flatout" -f json)" '"note": "没有读出指标表：flat.txt"' 'in JSON'
is "$(gm compare -C "$tmp/flatout" -f csv 2>&1 >/dev/null)" 'gangmu: 没有读出指标表：flat.txt' 'beside CSV'
is "$(gm compare -C "$tmp/flatout" --what themes 2>&1 | grep -c '没有读出')" 0 'themes do not ask for tables'

# == a named limit ==
cp -r "$city" "$tmp/many"
sqlite3 "$tmp/many/gangmu.db" "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 201)
    INSERT INTO targets SELECT plan_id, 'u' || i, section_id, measure_id, subject, indicator_code, scope, year, op, i, value_high, unit, unit_code, basis, raw,
    line, col, \"begin\", \"end\", i, norm_unit, inferred, concept, concept_value, concept_unit, concept_note FROM targets, n WHERE plan_id = '990121-eco-14' AND target_id = 't3'"
is "$(gm panel -C "$tmp/many" | grep -c ',too-many$')" 202 'more than two hundred rows of one indicator are not looked into, and say so'
like "$(gm compare -C "$tmp/many" --indicator agri.manure)" '太多|\|' 'nor taken by compare'

# == used wrongly ==
refused() { # DESCRIPTION EXPECTED ARGUMENT...
    local what=$1 expected=$2 out
    shift 2
    out=$(gm panel "$@" 2>&1 >"$tmp/said")
    is "$? $(wc -c <"$tmp/said")" '2 0' "$what: exit status 2, nothing written"
    like "$out" "$expected" "$what: said"
}
refused 'dta' '只写 csv.*dta' -C "$city" -f dta
refused 'xlsx' '只写 csv.*xlsx' -C "$city" -f xlsx
refused 'an unknown format' '没有这种格式.*sav' -C "$city" -f sav
refused 'no corpus' '没有建好的语料库' -C "$tmp/nowhere"
refused 'a file' '不要文件名' x.txt
is "$(gm panel --help | grep -cE 'dta|xlsx')" 0 'the help does not promise them'
cp -r "$city" "$tmp/bytes"
sqlite3 "$tmp/bytes/gangmu.db" "UPDATE targets SET subject = CAST(x'ff' AS TEXT)"
gm panel -C "$tmp/bytes" -o "$tmp/half.csv" 2>/dev/null
is "$? $(find "$tmp" -maxdepth 1 -name 'half*')" '2 ' 'a database that cannot be read to the end leaves no file'
gm panel -C "$city" >/dev/full 2>/dev/null
is $? 2 'a full disk: exit status 2'
gm panel -C "$city" -o "$tmp/again.csv"
is "$(sha256sum <"$tmp/again.csv")" "$(sha256sum <"$tmp/panel.csv")" '-o writes the same'

# == the sanitised build ==
is "$("$GANGMU_SAN" --grammars tests/sample-city/grammars panel -C "$city" 2>&1 | sha256sum)" "$(sha256sum <"$tmp/panel.csv")" 'with sanitisers'
ok 'the five plans with sanitisers' "$GANGMU_SAN" panel -C "$tmp/real" -o "$tmp/x.csv"

ok 'docs/panel.md shows what the program prints' /usr/bin/python3 tests/sample-city/console.py docs/panel.md "$GANGMU" corpus

done_testing
