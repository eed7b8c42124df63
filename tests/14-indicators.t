#!/usr/bin/env bash
# The lexicon of indicators by the program itself: every name and alias, in a table with the preferred unit, has its code;
# and the names that have none are listed by build.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
lexicon=$TOP/grammars/lexicon/indicators.tsv

# code, word, unit of every word; a breakdown is a # row under its group
awk -F'\t' '/^#/ { next } $1 == "code" { for (i = 1; i <= NF; i++) at[$i] = i; next }
    { n = split($at["name"] "|" $at["alias"], w, "|"); for (i = 1; i <= n; i++) if (w[i] != "") print $1 "\t" w[i] "\t" $at["unit"] }' \
    "$lexicon" >"$tmp/words"
is "$(cut -f 2 "$tmp/words" | sort | uniq -d | head -5)" '' 'every word stands for one code'
is "$(awk -F'\t' 'length($0) && !/^#/ { print NF }' "$lexicon" | sort -u)" 7 'every row has all columns'
is "$(cut -f 1 "$lexicon" | grep -v '^#' | sort | uniq -d)" '' 'every code has one row'
{
    printf '石柱土家族自治县生态环境保护“十四五”规划（2021—2025年）\n\n第一章  总则\n\n表1-1 指标\n\n| 指标 | 单位 | 2025年 |\n'
    awk -F'\t' '{ n = split($2, part, "/"); if (n > 1) print "| " part[1] " | " $3 " |  |"; print "| " (n > 1 ? "#" part[2] : part[1]) " | " $3 " | 1 |" }' "$tmp/words"
} >"$tmp/plan.txt"
ok 'a plan with all of them is read' "$GANGMU" build -o "$tmp/out" "$tmp/plan.txt"
sqlite3 -separator $'\t' "$tmp/out/gangmu.db" \
    "SELECT ifnull(indicator_code, ''), indicator || CASE WHEN breakdown IS NULL OR breakdown = '' THEN '' ELSE '/' || breakdown END FROM indicators ORDER BY line" >"$tmp/read"
cut -f 1,2 "$tmp/words" >"$tmp/expected"
is "$(wc -l <"$tmp/read")" "$(wc -l <"$tmp/expected")" 'one observation each'
is "$(paste "$tmp/expected" "$tmp/read" | awk -F'\t' '$1 != $3 { print $2 ": " $1 " read as " $3 }' | head -20)" '' 'each with its code'

# == names without a code ==
plan() { # REGION ROW...: a plan with that table
    printf '%s生态环境保护“十四五”规划（2021—2025年）\n\n第一章  目标\n表1-1 指标\n\n| 指标 | 单位 | 2020年 | 2025年 |\n' "$1"
    printf '| %s | %% | 40 | 45 |\n' "${@:2}"
}
mkdir "$tmp/docs"
plan 城口县 森林覆盖率 竹林碳汇覆盖率 稻田尾水循环率 >"$tmp/docs/a.txt"
plan 垫江县 稻田尾水循环率 稻田尾水循环率 森林覆盖率 >"$tmp/docs/b.txt"
said=$("$GANGMU" --lang en build -o "$tmp/names" "$tmp/docs" 2>"$tmp/err")
list() { sed -n '/^没有规范代码的指标名称 /,/^$/p' "$tmp/names/report.txt"; }
expected=$'没有规范代码的指标名称 indicator names without a code：2
规划数 plans\t名称 name\t首次出现 first place
2\t稻田尾水循环率\ta.txt:9
1\t竹林碳汇覆盖率\ta.txt:8'
is "$(list)" "$expected" 'the report lists each name once, with the number of its plans and its first place'
like "$said" $'\nindicator names without a code: 3 ' 'the summary counts them'
like "$("$GANGMU" --lang zh build -o "$tmp/zh" "$tmp/docs" 2>&1)" $'\n没有规范代码的指标名称：3' 'in Chinese too'
is "$(grep -c 'name-unmapped' "$tmp/names/report.txt")" 3 'each is a diagnostic of its plan, said once'
is "$(cat "$tmp/err")" '' 'which the terminal does not show'
plan 忠县 森林覆盖率 >"$tmp/docs/c.txt"
ok 'a build of a new document' "$GANGMU" build -o "$tmp/names" "$tmp/docs"
is "$(list)" "$expected" 'lists the names of the unchanged ones as well'
plan 城口县 森林覆盖率 >"$tmp/docs/a.txt"
plan 垫江县 森林覆盖率 >"$tmp/docs/b.txt"
said=$("$GANGMU" --lang en build -o "$tmp/names" "$tmp/docs" 2>&1)
is "$(list)$(grep 'without a code' <<<"$said")" '' 'no list where every name has its code'

done_testing
