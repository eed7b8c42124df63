#!/usr/bin/env bash
# check --against: verdicts on the indicators, tasks and citations of a superior plan. The plans are made up
# (示例市 and its counties, in tests/comply); each verdict occurs, and a county that complies has none to look at.
. tests/tap.sh

dir=tests/comply
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
against() { # SUPERIOR FILE OPTION...: in Chinese, with the made regions
    local superior=$1 file=$2
    shift 2
    "$GANGMU" --lang zh --grammars $dir/grammars check --against "$superior" "$@" "$file" 2>"$tmp/err"
}
verdicts() { # the lines of compliance, and the table
    grep '\[comply-' "$1" || true
    sed -n '/^对照上级规划/,/^指标：/p' "$1"
}

for county in weak good; do
    against $dir/superior.txt $dir/county-$county.txt >"$tmp/$county"
    status=$?
    verdicts "$tmp/$county" >"$tmp/$county.verdicts"
    is "$(cat "$tmp/$county.verdicts")" "$(cat $dir/county-$county.expected)" "$county: as read and expected"
    is $status "$([ $county = weak ] && echo 1 || echo 0)" "$county: exit status"
done
for word in 已落实 弱于上级 类型降低 口径不同 未涉及 上级下达 新增; do
    like "$(cut -d' ' -f1 "$tmp/weak.verdicts")" "$word" "the verdict $word occurs"
done

# == what does not depend on this pair ==
against $dir/superior.txt $dir/superior.txt >"$tmp/self"
is "$(grep -cE '^(弱于上级|类型降低|口径不同|未涉及|新增) ' "$tmp/self")" 0 'a plan against itself is covered'
against $dir/county-good.txt $dir/superior.txt >"$tmp/turned"
like "$(cat "$tmp/turned")" '\[comply-region\]' 'a region that does not lie below is said'
against ../nowhere.txt $dir/county-good.txt >"$tmp/none"
is $? 2 'a superior plan that is not there: exit status 2'
like "$(cat "$tmp/err")" 'nowhere.txt' 'and its name is said'

# == each check of compliance fires ==
changed() { # SED SCRIPT: the weak county's plan, changed
    sed "$1" $dir/county-weak.txt >"$tmp/changed.txt"
    against "${2:-$dir/superior.txt}" "$tmp/changed.txt"
}
like "$(changed 's/十四五/十五五/; s/2025/2030/g')" '\[comply-period\]' 'another period'
like "$(changed '/餐厨/d')" '没有找到上级点名的任务：支持甲山县建设餐厨.*\[comply-task\]' 'a task that names the county is not there'
like "$(changed '/示例市/d')" '\[comply-citation\]' 'the superior plan is not cited'
like "$(changed '/高价值发明专利/d')" '\[comply-missing-expected\]' 'an expected indicator is not there'
sed '1s/$/\n示环发〔2021〕3号/' $dir/superior.txt >"$tmp/numbered.txt"
like "$(changed 's/《示例市生态环境保护“十三五”规划》/《示例市生态环境保护“十四五”规划》（示环发〔2021〕8号）/' "$tmp/numbered.txt")" \
    '示环发〔2021〕8号.*\[comply-citation-wrong\]' 'the superior plan is cited with another number'
{ sed '/^第三章/,$d' $dir/superior.txt; for i in $(seq 2100); do printf '推进第%d类改造。各区县要完成第%d类设施改造。\n' "$i" "$i"; done; } >"$tmp/many.txt"
like "$(against "$tmp/many.txt" $dir/county-weak.txt)" '\[comply-cut\]' 'the limit comply-tasks: some are compared, and that is said'

# == found by readers ==
past='专栏2  甲山县“十三五”规划指标完成情况\n| 序号 | 指标 | 单位 | 2020年目标值 | 2020年完成值 |\n| 1 | 地表水达到或好于Ⅲ类水体比例 | % | 90 | 96 |'
like "$(changed "s/^第二章/$past\n\n第二章/")" '\[comply-missing\]' 'what was promised for the last period is no target of this one'
{ sed '/^第三章/,$d' $dir/superior.txt; echo '各区县建设电动飞机起降场。'; } >"$tmp/plain.txt"
like "$(against "$tmp/plain.txt" $dir/county-weak.txt)" '各区县建设电动飞机起降场。 \[comply-task-common\]' 'tasks in paragraphs without a lead sentence'
like "$(changed 's/《示例市生态环境保护“十三五”规划》/《甲山县生态环境保护“十四五”规划》/')" '\[comply-citation\]' 'the draft that names itself cites nothing'
like "$(changed 's/51 | 预期性/49 | 预期性/' | grep -c '森林覆盖率.*\[comply-\(weaker\|downgraded\)\]')" 2 'weaker and downgraded: both are said'
like "$(changed 's/《示例市生态环境保护“十三五”规划》/《示例市生态环境保护“十四五”规划和远景目标》/')" '\[comply-citation-wrong\]' 'a longer title is another one'
# what is left to the superior in a row of several indicators, in prose and in notes
{ sed '/^注：/,$d; 11,$d' $dir/superior.txt; printf '%s\n' '| 2 | 化学需氧量重点工程减排量 | 万吨 | — | [3] | 约束性 |' '| 3 | 氨氮排放总量减少 | %% | — | [8] | 约束性 |' \
    '| 4 | 森林覆盖率 | % | 48 | 50 | 约束性 |' '| 5 | 单位GDP二氧化碳排放降低 | % | — | [18] | 约束性 |' '| 6 | 受污染耕地安全利用率 | % | 93 | 95 | 约束性 |'; } >"$tmp/left.txt"
{ sed '10,$d' $dir/county-weak.txt; printf '%s\n' '| 1 | 主要污染物（化学需氧量、氨氮、氮氧化物） | 吨 | — | 由市级下达 | 约束性 |' '' \
    '到2025年，森林覆盖率不低于市级下达标准，单位GDP二氧化碳排放降低率均完成市级下达任务。完成全市受污染耕地安全利用率调查任务。'; } >"$tmp/leaves.txt"
against "$tmp/left.txt" "$tmp/leaves.txt" >"$tmp/out"
is "$(grep '^上级下达' "$tmp/out" | awk '{ print $2 }' | tr '\n' ' ')" '化学需氧量重点工程减排量 氨氮排放总量减少 森林覆盖率 单位GDP二氧化碳排放降低 ' 'delegated: a row of several, and prose'
is "$(grep -c '^未涉及 *受污染耕地安全利用率' "$tmp/out")" 1 'and no more than those'
sed 's/^| 1 |.*/| 1 | 单位GDP二氧化碳排放降低 | % | — | 市级下达 | 约束性 |/; s/，单位GDP.*任务。完成/，单位GDP二氧化碳排放降低16%。完成/' "$tmp/leaves.txt" >"$tmp/beside.txt"
like "$(against "$tmp/left.txt" "$tmp/beside.txt")" '上级下达 +单位GDP二氧化碳排放降低' 'a row that leaves it to the superior goes before a sentence with a figure'
sed 's/| 4 | 森林覆盖率 | % | 48 | 50/| 4 | 生态保护红线面积占比 | % | 30 | ≥30/' "$tmp/left.txt" >"$tmp/redline.txt"
like "$(changed 's/^| 3 | 森林覆盖率 .*/| 3 | 生态保护红线面积占比 | % | 29 | 28 | 约束性 |/' "$tmp/redline.txt")" '生态保护红线面积占比.*\[comply-weaker\]' 'the share of the red line is a floor'
codes=$(sed -n 's/^CHECK(COMPLY_[A-Z_]*, "\([a-z-]*\)".*/\1/p' extractor/review/check.def)
for code in $codes; do
    like "$(grep -c "\[$code\\\\*\]" tests/54-comply.t $dir/*.expected)" ':[1-9]' "$code has a case"
done

# == formats and the guide ==
against $dir/superior.txt $dir/county-weak.txt -f json >"$tmp/json"
is "$(python3 -c '
import json, sys
c = json.load(open(sys.argv[1]))["compliance"][0]
print(c["counts"]["weaker"], c["counts"]["delegated"], len(c["indicators"]), len(c["tasks"]), c["citation"])
i = c["indicators"][1]["draft"]["place"]
print(open(i["file"], "rb").read()[i["begin"]:i["end"]].decode())' "$tmp/json")" "2 1 12 4 other-title
≤32" 'JSON: counts, and places that quote the source'
like "$(against $dir/superior.txt $dir/county-weak.txt -f html)" '弱于上级.*</span>' 'the page has the table'
awk '/^```text$/ { on = 1; next } /^```$/ { on = 0 } on' docs/comply.md >"$tmp/screen"
is "$(cat "$tmp/screen")" "$(sed -n '/^对照上级规划/,/^指标：/p' "$tmp/weak")" 'the table in docs/comply.md is what the program prints'

for plan in corpus/*.txt; do
    against $dir/superior.txt "$plan" >"$tmp/seed"
    like "$(cat "$tmp/seed")" '\[comply-region\]' "$(basename "$plan"): not below 示例市"
done
done_testing
