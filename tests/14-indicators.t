#!/usr/bin/env bash
# The lexicon of indicators by the program itself: every name and alias, in a table with the preferred unit, has its code.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
lexicon=$TOP/grammars/lexicon/indicators.tsv

# code, word, unit of every word; a breakdown is a # row under its group
awk -F'\t' '/^#/ || $1 == "code" { next } { n = split($2 "|" $5, w, "|"); for (i = 1; i <= n; i++) if (w[i] != "") print $1 "\t" w[i] "\t" $3 }' \
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

done_testing
