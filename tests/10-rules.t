#!/usr/bin/env bash
# Grammars: those of the project are sound; broken ones are told with file, line, column and a caret; an overlay changes what is read.
# And the command line around it: help, version, wrong use, explain.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
export LC_ALL=C.UTF-8
unset LANG LC_MESSAGES
readme=$TOP/grammars/README.md
cd "$tmp" || exit 1

run() { # COMMAND...: its status, standard output and standard error in $status, $out and $err
    "$GANGMU" "$@" >out 2>err
    status=$?
    out=$(cat out) err=$(cat err)
}

# == the project's grammars ==
run --lang zh rules check
is "$status $err" '0 ' 'rules check finds nothing'
like "$out" '^[0-9]+ 条规则，[0-9]+ 个例子，0 处问题$' 'and says so'
run --lang en rules check
like "$out" '^[0-9]+ rules, [0-9]+ examples, 0 findings$' 'in English too'
examples=$(cat "$TOP"/grammars/rules/*.rules | grep -cE '^(yes|no) ')
for words in particles starts; do
    examples=$((examples + $(grep -v '^#' "$TOP/grammars/lexicon/$words.tsv" | tail -n +2 | cut -f3 | tr '|' '\n' | grep -c .)))
done
is "$(sed 's/.* rules, \([0-9]*\) examples.*/\1/' <<<"$out")" "$examples" 'every example was run'
run rules
is "$status $out" "0 $("$GANGMU" rules check)" 'check is what rules does by itself'

run rules list
is "$(wc -l <out | tr -d ' ')" "$(cat "$TOP"/grammars/rules/*.rules | grep -c '^rule ')" 'list has a line a rule'
like "$out" $'(^|\n)heading\.chapter +line +[^\n]*10-lines\.rules:[0-9]+(\n|$)' 'with id, place, file and line'
run rules show heading.chapter
like "$out" $'^[^\n]*10-lines\.rules:[0-9]+\nrule  heading\.chapter\nin    line\n.*\nyes   第十一章 => number=十一' 'show gives the rule as written'
like "$out" '第一章的任务由县生态环境局落实。$' 'to its last line'
run rules show no.such
is "$status $out $err" '2  gangmu: no such rule: no.such' 'a rule that is not there'

# == broken grammars ==
broken() { # WHAT STATUS EXPECTED: the rules on standard input, laid over the project's, give that status and that message
    rm -rf over && mkdir -p over/rules && cat >over/rules/x.rules
    run --grammars over rules check
    is "$status"$'\n'"$(grep -v '^gangmu: cannot read the grammars$' <<<"$err")" "$2"$'\n'"$3" "$1"
}
broken 'unknown field in set' 2 'over/rules/x.rules:3:7: 这个位置没有此字段：weight / unknown field at this place
  set   weight=3
        ^' <<'X'
rule  a.b
in    line
set   weight=3
X
broken 'field of another place' 2 'over/rules/x.rules:3:7: 这个位置没有此字段：high / unknown field at this place
  set   high=3
        ^' <<'X'
rule  a.b
in    line
set   high=3
X
broken 'unknown field in the pattern: the caret under its name' 1 'over/rules/x.rules:3:16: 这个位置没有此字段：weight / unknown field at this place
  match ^各县、各区(?<weight>\d+)$
                      ^' <<'X'
rule  a.b
in    lead
match ^各县、各区(?<weight>\d+)$
yes   各县、各区12
X
broken 'unknown place' 2 'over/rules/x.rules:2:7: 没有这个位置：paragraph / no such place
  in    paragraph
        ^' <<'X'
rule  a.b
in    paragraph
X
broken 'id used twice' 2 'over/rules/x.rules:5:7: 规则编号重复：a.b / rule id used twice
  rule  a.b
        ^' <<'X'
rule  a.b
in    lead
match ^各县$
yes   各县
rule  a.b
in    lead
match ^各区$
yes   各区
X
broken 'bad pattern' 1 'over/rules/x.rules:4:7: 模式有误：missing closing parenthesis / pattern error
  match ^各县(?<title>市
        ^' <<'X'
# 注释
rule  a.b
in    lead
match ^各县(?<title>市
yes   各县市
X
broken 'unknown macro: the caret under its brace, hanzi two wide' 1 'over/rules/x.rules:3:10: 没有这个宏或词表 / no such macro or lexicon
  match ^各县{nothing}区$
             ^' <<'X'
rule  a.b
in    lead
match ^各县{nothing}区$
yes   各县区
X
broken 'unknown lexicon' 1 'over/rules/x.rules:3:9: 没有这个宏或词表 / no such macro or lexicon
  match ^约{lexicon:nothing}$
           ^' <<'X'
rule  a.b
in    lead
match ^约{lexicon:nothing}$
yes   约
X
broken 'macro that nothing uses' 1 'over/rules/x.rules:1:7: 宏没有用到：idle / macro is never used
  macro idle  \d+
        ^' <<'X'
macro idle  \d+
rule  a.b
in    lead
match ^各县$
yes   各县
X
broken 'macro without text' 2 'over/rules/x.rules:1:7: 宏没有内容：idle / macro without text
  macro idle
        ^' <<'X'
macro idle
X
broken 'example that does not match' 1 'over/rules/x.rules:4:7: 例子应匹配而没有：各区 / example does not match
  yes   各区
        ^' <<'X'
rule  a.b
in    lead
match ^各县$
yes   各区
X
filtered() { # WHAT LINE: a rule with that filter, whose example it keeps out
    broken "$1" 1 "over/rules/x.rules:5:7: 例子应匹配而没有：各县2 / example does not match
  yes   各县2
        ^" <<X
rule  a.b
in    line
$2
match ^各县.?$
yes   各县2
X
}
filtered 'first keeps a text out' 'first 乡镇'
filtered 'last keeps a text out' 'last  县区'
filtered 'has keeps a text out' 'has   乡镇'
filtered 'every group of has must be there' 'has   各县 乡镇'
broken 'filters that let their example through' 0 '' <<'X'
rule  a.b
in    line
first 各
last  12
has   县 各乡
match ^各县.?$
yes   各县2
yes   各县２
X
broken 'too many groups in has' 2 'over/rules/x.rules:3:13: has 太多：丁 / too much in has
  has   甲 乙 丙 丁
                 ^' <<'X'
rule  a.b
in    line
has   甲 乙 丙 丁
X
broken 'example that should not match' 1 'over/rules/x.rules:5:7: 例子不应匹配而匹配：各县 / example matches but should not
  no    各县
        ^' <<'X'
rule  a.b
in    lead
match ^各县
yes   各县区
no    各县
X
broken 'captures other than written: the caret under the field' 1 'over/rules/x.rules:4:15: 捕获与例子所写不同：title=全县 / captures differ from the example
  yes   全部各县 => title=全县
                    ^' <<'X'
rule  a.b
in    lead
match ^全部(?<title>各县)$
yes   全部各县 => title=全县
X
broken 'the second of two captures' 1 'over/rules/x.rules:4:26: 捕获与例子所写不同：title=乙 / captures differ from the example
  yes   第1章 甲 => number=1; title=乙
                              ^' <<'X'
rule  a.b
in    line
match ^第(?<number>1)章 (?<title>甲)$
yes   第1章 甲 => number=1; title=乙
X
broken 'rule without examples' 1 'over/rules/x.rules:2:1: 规则没有例子：a.b / rule without examples
  rule  a.b
  ^' <<'X'

rule  a.b
in    lead
match ^各县$
X
broken 'rule without match' 2 'over/rules/x.rules:1:1: 规则缺 in 或 match：a.b / rule lacks in or match
  rule  a.b
  ^' <<'X'
rule  a.b
in    lead
yes   各县
X
broken 'a line before the first rule' 2 'over/rules/x.rules:2:1: 这一行不属于任何规则：in / a line outside any rule
  in    lead
  ^' <<'X'
# 开头
in    lead
rule  a.b
X
broken 'unknown keyword, indented' 2 'over/rules/x.rules:3:3: 不认识的关键字：mtach / unknown keyword
    mtach ^各县$
    ^' <<'X'
rule  a.b
in    lead
  mtach ^各县$
X
broken 'keyword with nothing behind it' 2 'over/rules/x.rules:2:1: 这一行没有内容：in / nothing after the keyword
  in
  ^' <<'X'
rule  a.b
in
X
broken 'example that an earlier rule takes' 1 'over/rules/x.rules:8:7: 例子被前面的规则先匹配：a.first / an earlier rule takes the example
  yes   各县市
        ^' <<'X'
rule  a.first
in    lead
match ^各县
yes   各县区
rule  a.second
in    lead
match ^各县市$
yes   各县市
X
rm -rf over && mkdir -p over/rules && cat >over/rules/x.rules <<'X'
rule  a.b
in    lead
match ^(?<title>(?:各+)+)$
yes   各各
no    各各各各各各各各各各各各各各各各各各各各各各各各各各各各各各各各县
X
run --grammars over rules check
like "$status $err" '^1 over/rules/x\.rules:[35]:7: ' 'a pattern over the match limits'
rm -rf over && mkdir -p over/rules && printf 'rule  a.b\n# \xff\n' >over/rules/x.rules
run --grammars over rules check
is "$status $(tail -n 1 err)" '2 over/rules/x.rules: 不是 UTF-8 / not UTF-8' 'a file that is not UTF-8'
printf '\xef\xbb\xbfrule  a.b\r\nin    lead\r\nmatch ^各县$\r\nyes   各县\r\n' >over/rules/x.rules
run --grammars over rules check
is "$status $err" '0 ' 'byte order mark and CR LF, as editors on Windows write them, are no fault'
printf 'rule\ta.b\nin\tlead\nmatch\t^各县$\nyes\t各县\n' >over/rules/x.rules
run --grammars over rules check
is "$status $err" '0 ' 'TABs part as blanks do'
rm -rf over && mkdir -p over/lexicon && printf '\xef\xbb\xbfunit\tcode\tkind\tfactor\tbase\r\n斗米\t{斗}\tcount\t1\t{斗}\r\n' >over/lexicon/units.tsv
run --grammars over rules check
is "$status $err" '0 ' 'nor in a lexicon'
rm -rf over && mkdir -p over/lexicon && printf '# 单位\nname\tcode\n斗\t{斗}\n' >over/lexicon/units.tsv
run --grammars over rules check
is "$status $err" '1 over/lexicon/units.tsv:2: 列名与原表不符 / column names differ from the first table'"'"'s' 'a lexicon with other columns'
run --grammars nowhere rules check
is "$status $out" '2 ' 'an overlay that is not there is an error'
like "$err" nowhere 'that names it'
GANGMU_GRAMMARS=$tmp/nowhere run rules check
is "$status $out" '2 ' 'grammars that are not there are an error'
like "$err" nowhere 'that names them'

# == small words and their examples ==
small() { # WHAT EXPECTED ROW: the row, laid over the project's particles, is told so
    rm -rf over && mkdir -p over/lexicon && printf 'word\tclass\texample\n%b\n' "$3" >over/lexicon/particles.tsv
    run --grammars over rules check
    is "$status $err" "$2" "$1"
}
small 'a small word with its example' '0 ' '各自\teach\t甲、乙各自达到'
small 'an example that does not show the word' '1 particles.tsv: 各自: 例子里认不出它 / not found in its example: 甲、乙达到
particles.tsv: 各自: 没有一个例子合于类别 / no example fits the class: each' '各自\teach\t甲、乙达到'
small 'a longer word takes its place' '1 particles.tsv: 年底: 例子里认不出它 / not found in its example: 2025年年底前
particles.tsv: 年底: 没有一个例子合于类别 / no example fits the class: year-tail' '年底\tyear-tail\t2025年年底前'
small 'an example at another side' '1 particles.tsv: 截至: 没有一个例子合于类别 / no example fits the class: until' '截至\tuntil\t2025年截至'
small 'a class that there is not' '1 particles.tsv: 各自: 没有这个类别 / no such class: eech' '各自\teech\t甲各自达到'
small 'too long for what is looked for from its end' '1 particles.tsv: 的重点工程: 这一类不能这样长 / too long for the class: project' '的重点工程\tproject\t城区的重点工程'

start() { # WHAT EXPECTED ROW: the row, laid over the project's words that extractors start from, is told so
    rm -rf over && mkdir -p over/lexicon && printf 'word\tclass\texample\n%b\n' "$3" >over/lexicon/starts.tsv
    run --grammars over rules check
    is "$status $err" "$2" "$1"
}
start 'a start word with its example' '0 ' '会办\tcharge\t县教委会办'
start 'an example that does not show the start word' '1 starts.tsv: 会办: 例子里认不出它 / not found in its example: 县教委办' '会办\tcharge\t县教委办'
start 'a start word without example' '1 starts.tsv: 会办: 没有例子 / without example: charge' '会办\tcharge\t'
start 'a class of start words that there is not' '1 starts.tsv: 会办: 没有这个类别 / no such class: chrage' '会办\tchrage\t县教委会办'
start 'a start word that no hanzi begins' '1 starts.tsv: PPP办: 不能从它找起 / nothing can be found by it: body' 'PPP办\tbody\t县PPP办'
rm -rf over && mkdir -p over/lexicon && printf 'word\tclass\texample\n会办\tcharge\t县教委会办\n' >over/lexicon/starts.tsv
mkdir -p over/rules && cat >over/rules/x.rules <<'END'
rule  carrier.our-way
in    carrier
match ^(?<text>[^:]+?)会办$
set   role=joint
yes   县教委会办 => text=县教委; role=joint
END
printf '第一章 任务\n建设学校。新建校舍。（县教委会办）\n' >way.txt
over='' ; run parse -q -t json way.txt
ok 'a bracket without start word is not read' bash -c "! grep -q 县教委会办.*joint out && ! grep -q '\"joint\"' out"
run --grammars over parse -q -t json way.txt
like "$out" '"joint"' 'a province adds its word and its rule, no C'

# == overlays: the worked example of grammars/README.md ==
# writes every fence of the page whose info string names a file
awk '/^```text [^ ]+$/ {file = $2; dir = file; sub("/[^/]*$", "", dir); system("mkdir -p " dir); next} /^```/ {file = ""; next} file {print > file}' "$readme"
ok 'the page has an example' test -s habits/rules/10-lines.rules -a -s habits/lexicon/units.tsv -a -s habits/lexicon/headers.tsv -a -s habits/example.txt
parsed() { # TABLE COLUMN... OPTIONS go in $over: the rows of example.txt
    # shellcheck disable=SC2086
    "$GANGMU" ${over-} parse -q -t json habits/example.txt | /usr/bin/python3 -c 'import json, sys
for row in json.load(sys.stdin)[sys.argv[1]]: print(*(row[c] for c in sys.argv[2:]))' "$@"
}
over=
is "$(parsed sections kind title)" '' 'without it the part is no heading'
is "$(parsed indicators indicator unit_code year role value)" '医养结合服务量 None 2020 base 12' 'its unit and header are not known'
is "$("$GANGMU" parse -t tree habits/example.txt 2>&1 | grep -o '\[[a-z-]*\]' | sort -u | paste -sd' ')" \
    '[name-unmapped] [no-outline] [period-unknown] [region-unknown] [unit-unknown]' 'and that is reported'
over='--grammars habits'
run $over rules check
is "$status $err" '0 ' 'the example passes its check'
is "$(parsed sections kind label number title)" 'part 第一部分 1 发展环境' 'with it the part is a heading'
is "$(parsed indicators indicator unit unit_code year role value)" '医养结合服务量 万床日 10000.{床日} 2020 base 12
医养结合服务量 万床日 10000.{床日} 2025 target 30' 'its unit and header are known'
is "$("$GANGMU" $over parse -t xml habits/example.txt 2>/dev/null | grep -c '<noise[^>]*>第 2 页</noise>')" 1 'and the page number is one'
is "$("$GANGMU" $over parse -t tree habits/example.txt 2>&1 | grep -c 'unit-unknown\|no-outline')" 0 'nothing more is reported'
run $over rules list
is "$(grep -c '^page.number ' out) $(grep -c '^heading.part-division ' out)" '1 1' 'the rule that is replaced is listed once'
like "$(grep '^page.number ' out)" 'habits/rules/10-lines\.rules:[0-9]+$' 'with its new place'
run --grammars=habits rules show page.number
like "$out" '第 2 页' 'and shown as it now is'
hash() { "$GANGMU" "$@" parse -q -t xml habits/example.txt | sed -n 's/.*grammars="\([^"]*\)".*/\1/p'; }
ok 'the grammars have another hash' test "$(hash)" != "$(hash --grammars habits)"

is "$(sed 's/^第一部分/（一）/' habits/example.txt >a.txt; "$GANGMU" parse -q -t tree a.txt | grep -c '（一） 发展环境')" 1 'before a rule is replaced'
mkdir -p other/rules && cat >other/rules/x.rules <<'X'
rule  heading.subitem
in    line
match ^(?<label>甲(?<number>[一二三])、)(?<title>\S.*)$
set   kind=subitem
yes   甲一、环境 => label=甲一、; number=一
X
is "$("$GANGMU" --grammars other parse -q -t tree a.txt | grep -c '（一） 发展环境')" 0 'and after'

# == the page names what there is ==
sed -n 's/.*PLACE([A-Z]*, "\([a-z]*\)", "\([a-z ]*\)").*/\1 \2/p' "$TOP/extractor/base/rules.h" >places
ok 'rules.h names places' test "$(wc -l <places)" -gt 10
while read -r place fields; do
    row=$(grep -F "| \`$place\` |" "$readme")
    is "$(wc -l <<<"$row")" 2 "the page describes the place $place, in both languages"
    missing=
    for field in $fields; do
        is_there=$(grep -cF "\`$field\`" <<<"$row")
        [ "$is_there" -eq 2 ] || missing+=" $field"
    done
    is "$missing" '' "and its fields $fields"
done <places
for file in "$TOP"/grammars/lexicon/*.tsv; do
    row=$(grep -F "| \`$(basename "$file")\`" "$readme")
    missing=
    for column in $(grep -m 1 -v '^#' "$file"); do
        [ "$(grep -cF "\`$column\`" <<<"$row")" -eq 2 ] || missing+=" $column"
    done
    is "$missing" '' "the page describes the columns of $(basename "$file")"
done

# == explain ==
printf '[bookmark: _Toc1]第一章  任务\n第一节  供水\n\n加强水源保护。划定保护区。\n专栏1  指标\n\t指标\t2025年目标值\n\t供水量（万吨）\t≥30(1)\n' >plan.txt
run explain plan.txt:2
is "$status $err" '0 ' 'explain a heading'
is "$out" '2  第一节  供水
chapter c1  rule heading.chapter  [17:166]
  section c1s1  rule heading.section  [35:166]
    head  [35:52]
section c1s1 level=2 label=第一节 title=供水  [35:52]' 'its structure from the outermost, its rule, its record'
run explain plan.txt:7
like "$out" $'\n +box b1  rule box\.head  \[[0-9]+:[0-9]+\]\n +table  \[[0-9]+:[0-9]+\]\n +row  \[[0-9]+:[0-9]+\]\n +cell r1\.c0 ' 'a cell: box, table, row, cell'
like "$out" $'\nindicator o1 indicator=供水量 unit=万吨 year=2025 role=target raw=≥30\(1\) kind=number op=>= value=30 rule=value\.number' 'and its observation with the rule that read it'
like "$out" $'\nwarning: no note found for the mark “\(1\)” \[mark-unbound\]' 'and its diagnostic'
run --lang zh explain plan.txt:7
like "$out" $'\n警告: 标记“\(1\)”没有找到注释 \[mark-unbound\]' 'in Chinese'
like "$out" '规则 box\.head' 'with Chinese words'
run explain plan.txt:4
like "$out" $'^4  加强水源保护。划定保护区。\n' 'a paragraph'
like "$out" $'\n +p [0-9]+ +\[54:93\]\n +lead ' 'its lead'
like "$out" $'\nmeasure m1 lead=加强水源保护 ' 'and measure'
printf '第一章  任务\n第一节  供水\n到2025年，供水保证率达到95%%。联合公安等部门，按照《供水条例》加强水源保护。\n' >prose.txt
run explain prose.txt:3
like "$out" $'\ntarget t1 subject=供水保证率 year=2025 op== value=95 unit=% basis=level  *\[[0-9]+:[0-9]+\]' 'a target'
like "$out" $'\nduty d1 agency=公安 code=police role=joint object_kind=[a-z]+ object_id=[a-z0-9]+ rule=duty\.with  \[' 'a duty and the rule of its role'
like "$out" $'\ncitation q1 title=供水条例 kind=regulation rule=citation\.regulation  \[' 'a citation and its rule'
run explain plan.txt:3
like "$status $out" $'^0 3  \nchapter c1' 'a blank line is inside its section'
for line in 0 8 99999999999 x '' -1; do
    run explain "plan.txt:$line"
    is "$status $out" '2 ' "no line '$line'"
    like "$err" '^gangmu: ' 'says so'
done
run explain plan.txt
is "$status $err" '2 gangmu: FILE:LINE is needed' 'a line is needed'
run explain nowhere.txt:1
like "$status $out $err" '^2  nowhere\.txt: error: .*\[unreadable\]$' 'a file that is not there'
cp plan.txt 'a:b.txt'
run explain 'a:b.txt:1'
like "$status $out" '^0 1  ' 'a colon in the name'

# == help, version, wrong use ==
version=$(sed -n 's/#define GANGMU_VERSION "\(.*\)"/\1/p' "$TOP/extractor/cmd.h")
for how in '--version' 'parse --version' 'rules check --version'; do
    # shellcheck disable=SC2086
    run $how
    is "$status $out $err" "0 gangmu $version " "$how"
done
run --lang zh --help
like "$status $out" $'^0 纲目：编译中国政府规划文本\n\n用法：gangmu ' 'help in Chinese'
zh=$out
is "$(env LC_ALL=zh_CN.UTF-8 "$GANGMU" --help)" "$zh" 'by LC_ALL'
is "$(env -u LC_ALL LANG=zh_CN.UTF-8 "$GANGMU" --help)" "$zh" 'by LANG'
run --help
like "$status $out" $'^0 gangmu: a compiler for Chinese government plans\n\nusage: gangmu ' 'help in English'
like "$(env LC_ALL=zh_CN.UTF-8 "$GANGMU" --lang en --help)" '^gangmu: ' '--lang goes before the environment'
is "$(sed -n '/^commands:/,/^$/p' out | sed -n 's/^  \([a-z]*\) .*/\1/p' | paste -sd' ')" 'build parse check diff compare panel eval rules explain' 'the commands there are'
for command in build parse eval rules explain; do
    for lang in zh en; do
        run --lang $lang $command --help
        [ $lang = zh ] && usage='用法：' || usage='usage: '
        like "$status $out" "^0 ${usage}gangmu $command" "help of $command, $lang"
        is "$out" "$("$GANGMU" help --lang $lang $command)" 'and by the command help'
        ok 'in lines of a screen' test "$(wc -L <out)" -le 110
    done
done
wrong() { # WORD...: wrong use ends with 2, says why, and writes no result
    run "$@"
    is "$status $out" '2 ' "wrong: gangmu $*"
    like "$err" '^(gangmu: |usage: )' 'says so'
}
wrong
wrong nonsense
wrong --nonsense
wrong --grammars
wrong --lang
wrong --lang fr parse plan.txt
wrong parse
wrong parse plan.txt plan.txt
wrong parse --nonsense plan.txt
wrong parse -t pdf plan.txt
wrong parse -t
wrong parse --max-size few plan.txt
wrong parse --max-size -5 plan.txt
wrong rules nonsense
wrong rules show
wrong rules check extra
wrong explain
wrong explain plan.txt:1 plan.txt:2

done_testing
