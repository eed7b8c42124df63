#!/usr/bin/env bash
# demo.sh: compiles corpus/ into output/, which prints what was found, and shows what to try next.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# Chinese first: only a locale that was chosen turns the screen to English
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
'' | C | C.* | POSIX) lang=zh ;;
*) lang= ;;
esac
./gangmu ${lang:+--lang "$lang"} build -o output corpus
echo
first=$(printf '%s\n' corpus/*.txt | head -n 1)
cat <<END
结果 results:
  output/xml/*.xml      每份规划一个 XML 文件      one XML file a plan
  output/csv/*.csv      表格，可用 Excel 打开       tables, ready for Excel
  output/gangmu.db      SQLite 数据库             the same tables as a database
  output/report.txt     摘要与诊断                summary and diagnostics
END
try() { # COMMAND WHAT, the second in a column of its own
    printf '  %-*s # %s\n' $((${#first} + 23)) "$1" "$2"
}
printf '\n接着试试 try next:\n'
try "./gangmu parse $first -t tree" '提纲树 the outline as a tree'
try './gangmu compare' '各县的指标并排比较 the counties side by side'
try "./gangmu check $first" '检查一份规划 check a plan'
try "./gangmu explain $first:100" '这一行是什么，用了哪些规则 what this line is, and by which rules'
try './gangmu build -o output DIR' '编译您自己的文档 compile a folder of your own'
