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
    is $status $([ $county = weak ] && echo 1 || echo 0) "$county: exit status"
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

for plan in corpus/*.txt; do
    against $dir/superior.txt "$plan" >"$tmp/seed"
    like "$(cat "$tmp/seed")" '\[comply-region\]' "$(basename "$plan"): not below 示例市"
done
done_testing
