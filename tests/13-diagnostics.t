#!/usr/bin/env bash
# Every code of diag.def that a text can cause: a small text, the exact line in Chinese and in English; and the status of refusals.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 1
seen=' '

# codes that only `build` and accidents cause, and the tests that cause them
elsewhere=(
    'crashed 20-build.t'
    'id-clash 20-build.t'
)
# and one that takes a text of half a gigabyte
untested=' too-long-text '

says() { # CODE ZH EN [OPTION...]: the lines of that code that parsing a.txt prints, in both languages
    local code=$1 zh=$2 en=$3 lang expected
    shift 3
    seen+="$code "
    for lang in zh en; do
        [ $lang = zh ] && expected=$zh || expected=$en
        is "$("$GANGMU" --lang $lang parse -t source "$@" a.txt 2>&1 >/dev/null | grep -F "[$code]")" "$expected" "$code, $lang"
    done
}
text() { printf '%b\n' "$@" >a.txt; } # LINE...: the text a.txt, with \t and \xNN

# == reading: refusals, status 2 and no result ==
refused() { # WHAT [OPTION...]
    local what=$1
    shift
    "$GANGMU" parse -t source "$@" a.txt >out 2>err
    is "$? $(wc -c <out | tr -d ' ')" '2 0' "$what: status 2, no output"
}
rm -f a.txt
says unreadable 'a.txt: 错误: 读不了：No such file or directory [unreadable]' 'a.txt: error: cannot read: No such file or directory [unreadable]'
refused 'a file that is not there'
mkdir a.txt
says unreadable 'a.txt: 错误: 读不了：Is a directory [unreadable]' 'a.txt: error: cannot read: Is a directory [unreadable]'
refused 'a folder'
rmdir a.txt
: >a.txt
says empty 'a.txt: 错误: 空文件 [empty]' 'a.txt: error: empty file [empty]'
refused 'an empty file'
printf '\xef\xbb\xbf' >a.txt
says empty 'a.txt: 错误: 空文件 [empty]' 'a.txt: error: empty file [empty]'
refused 'a byte order mark alone'
text '第一章  总则' '坚持统筹发展。'
says too-large 'a.txt: 错误: 超过上限 max-size（20 字节）；可用 --max-size 放宽 [too-large]' \
    'a.txt: error: larger than the limit max-size (20 bytes); raise it with --max-size [too-large]' --max-size 20
refused 'a file over the limit' --max-size 20
ok 'a larger limit lets it through' "$GANGMU" parse -q --max-size 100 a.txt
is "$("$GANGMU" parse -q -t source --max-size 20 - <a.txt 2>&1)" '-: error: larger than the limit max-size (20 bytes); raise it with --max-size [too-large]' \
    'the limit holds for standard input'
head -c 1000001 /dev/zero | tr '\0' '\n' >a.txt
says too-many-lines 'a.txt: 错误: 行数超过上限 max-lines（1000000 行） [too-many-lines]' 'a.txt: error: more lines than the limit max-lines (1000000) [too-many-lines]'
refused 'too many lines'
printf 'abc\001\002\003\004\005\006\016\017\020def' >a.txt
says binary 'a.txt: 错误: 不是文本（二进制内容） [binary]' 'a.txt: error: not a text (binary content) [binary]'
refused 'control characters'
printf '%%PDF-1.4\n%%\342\343\317\323\n' >a.txt
says no-reader 'a.txt: 错误: 没有能读 pdf 的部件；请先另存为文本 [no-reader]' 'a.txt: error: no reader for pdf; save it as text first [no-reader]'
refused 'PDF'
for magic in 'PK\003\004' '\320\317\021\340\241\261\032\341' '{\\rtf1' '\037\213\010' '<!DOCTYPE html><html>' '\n<html lang="zh">' '\211PNG\r\n' '\177ELF'; do
    printf "$magic" >a.txt
    refused "$(printf '%q' "$magic")"
    like "$(cat err)" '\[no-reader\]' '  told to have no reader'
done

# == reading: what is read all the same, status 0 ==
text '第一章  目标' '增加\xff投入。'
says bad-bytes 'a.txt:2:3: 警告: 第 24 字节起不是有效的 UTF-8，以 U+FFFD 代替 [bad-bytes]' \
    'a.txt:2:3: warning: bytes from offset 24 are not valid UTF-8, replaced by U+FFFD [bad-bytes]'
ok 'a warning leaves the status at 0' "$GANGMU" parse -q a.txt
text '第一章  目标' "$(for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18; do printf '增进民生福祉\\xff'; done)"
says more-bad-bytes 'a.txt:2:112: 警告: 另有 2 处不能解码 [more-bad-bytes]' 'a.txt:2:112: warning: 2 more places cannot be decoded [more-bad-bytes]'
text '第一章  目标' '提高城乡居民\x01基本公共服务\x1f水平。'
says control-chars 'a.txt:1:1: 警告: 有 2 个控制字符（XML 中以 <c/> 表示） [control-chars]' \
    'a.txt:1:1: warning: 2 control characters (written as <c/> in XML) [control-chars]'

text '第一章  目标' "改善[bookmark: $(printf 'x%.0s' $(seq 201))]民生。"
says limit 'a.txt:2:3: 警告: 超过上限 mark-name（200），超出的不作解析，文字照存 [limit]' \
    'a.txt:2:3: warning: over the limit mark-name (200): what goes beyond is not analysed; its text is kept [limit]'

# == outline ==
text '今天天气很好。'
says no-outline 'a.txt:1:1: 警告: 没有找到章节标题，可能不是规划文本 [no-outline]' \
    'a.txt:1:1: warning: no headings found; this may be no plan [no-outline]'
text '第一章  总则' '一、思路' '二、目标' '二、任务'
says number-repeats 'a.txt:4:1: 警告: 编号重复：二、 [number-repeats]' 'a.txt:4:1: warning: number repeats: 二、 [number-repeats]'
text '第一章  总则' '[bookmark: _Toc1]第三章  任务'
says number-jumps 'a.txt:2:18: 警告: 编号跳过：第一章 之后是 第三章 [number-jumps]' 'a.txt:2:18: warning: number jumps: 第三章 after 第一章 [number-jumps]'
text '第一章  总则' '第二章  任务' '第一章  保障'
says number-back 'a.txt:3:1: 警告: 编号倒退：第二章 之后是 第一章 [number-back]' 'a.txt:3:1: warning: number falls back: 第一章 after 第二章 [number-back]'
text '第一章  立足县情，' '' '办好教育'
says heading-joined 'a.txt:1:1: 提示: 标题断行，已接成“立足县情，办好教育” [heading-joined]' \
    'a.txt:1:1: note: heading broken over lines, joined: 立足县情，办好教育 [heading-joined]'
text '第一章  总则' '第一节保护古镇风貌严格执行保护名录，建立修缮台账，定期组织巡查评估；及时修缮危房。' '第二节繁荣文艺创作鼓励下乡采风，每年推出一批贴近群众的小戏、曲艺、歌舞作品；办好汇演。'
says title-inferred 'a.txt:2:1: 提示: 标题与正文之间没有间隔，推断标题是“保护古镇风貌” [title-inferred]
a.txt:3:1: 提示: 标题与正文之间没有间隔，推断标题是“繁荣文艺创作” [title-inferred]' \
    'a.txt:2:1: note: nothing parts the title from its text; inferred: 保护古镇风貌 [title-inferred]
a.txt:3:1: note: nothing parts the title from its text; inferred: 繁荣文艺创作 [title-inferred]'
text '第一章  总则' '第一节古镇风貌名录由县文化局会同各镇编制并公布，危房由各镇负责修缮，街巷由县城管局负责养护，夜间照明由供电所负责'
says title-doubtful 'a.txt:2:1: 警告: 标题可能连着正文，看不出在哪里分开；整行也当作正文读：“古镇风貌名录由县文化局会同各镇编制并公布，危房由各镇负责修缮，街巷由县城管局负责养护，夜间照明由供电所负责” [title-doubtful]' \
    'a.txt:2:1: warning: the title may run into its text, it is not known where; the line is read as text as well: 古镇风貌名录由县文化局会同各镇编制并公布，危房由各镇负责修缮，街巷由县城管局负责养护，夜间照明由供电所负责 [title-doubtful]'
text '第一章  总则' '加快补齐公共卫生短板，提升基层医疗机构传染病防' '治能力和应急处置能力。'
says line-broken 'a.txt:2:24: 提示: 句子在行末断开，已与下一行接为一段 [line-broken]' \
    'a.txt:2:24: note: sentence broken at the line end, joined with the next line [line-broken]'
text '第一章  总则'
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do echo '加快补齐公共卫生服务短板，提升基层医疗机构传染病防
治能力和应急处置能力。'; done >>a.txt
says lines-wrapped 'a.txt:2:26: 提示: 全文按版面宽度断行，已接成段落（12 处） [lines-wrapped]' \
    'a.txt:2:26: note: lines are wrapped at the page width, joined to paragraphs (12 places) [lines-wrapped]'
text '第一章  总则' '坚持统筹发展。' '\t7' '' '第二章  任务'
says stray-cell 'a.txt:3:2: 提示: 零星的单元格“7”，当作页码或文本框残留 [stray-cell]' \
    'a.txt:3:2: note: stray cell “7”, taken for a page number or text box [stray-cell]'

# == tables ==
text '专栏1  指标' '\t指标\t单位\t2020年\t2025年' '\t供水能力\t万吨\t3\t5' '\t节水器具普及率\t%\t80' '\t水质达标率\t%\t98\t100'
says row-cells 'a.txt:4:2: 警告: 这一行有 3 格，表格有 4 列；多余或不足的格按左起排列 [row-cells]' \
    'a.txt:4:2: warning: this row has 3 cells, the table 4 columns; cells were placed from the left [row-cells]'
text '专栏1  指标' "$(for i in $(seq 61); do printf '\\t%d' "$i"; done)"
says table-wide 'a.txt:2:2: 警告: 表格超过上限 table-columns（60 列），按正文处理 [table-wide]' 'a.txt:2:2: warning: table over the limit table-columns (60), kept as text [table-wide]'
text '专栏1  机构' '\t县医院\t三级' '\t中医院\t二级'
says no-header 'a.txt:2:2: 警告: 看不出表头：县医院 [no-header]' 'a.txt:2:2: warning: no header row recognised: 县医院 [no-header]'
text '专栏1  指标' '指　　标2020年2025年属性1.供水能力（万吨）35预期性2.水质达标率（%）98100约束性'
says table-flat 'a.txt:2:1: 警告: 一张表的各格连成了一行，或者缺了格，数值没有读出 [table-flat]' \
    'a.txt:2:1: warning: the cells of a table run together to one line, or some are lost; its values are not read [table-flat]'
text '第一章  任务' '  专栏2  项目' '第二章  保障'
says box-empty 'a.txt:2:3: 警告: 专栏2 只有标题，没有内容 [box-empty]' 'a.txt:2:3: warning: 专栏2 has a title but no content [box-empty]'

# == indicators ==
text '专栏1  指标' '\t指标\t单位\t2025年目标值' '\t产值能耗\t立方米万元\t5'
says unit-unknown 'a.txt:3:7: 警告: 不认识的单位：立方米万元 [unit-unknown]' 'a.txt:3:7: warning: unknown unit: 立方米万元 [unit-unknown]'
text '专栏1  指标' '\t指标\t2025年目标值' '\t立法数量\t5'
says unit-missing 'a.txt:3:2: 提示: 指标没有单位：立法数量 [unit-missing]' 'a.txt:3:2: note: indicator without unit: 立法数量 [unit-missing]'
text '专栏1  指标' '\t指标\t单位\t2020年现状值\t2025年目标值' '\t稻田尾水循环率\t%\t52\t60' '\t稻田尾水循环率\t%\t52\t60' '\t森林覆盖率\t%\t40\t45'
says name-unmapped 'a.txt:3:2: 提示: 指标名称没有规范代码：稻田尾水循环率 [name-unmapped]' 'a.txt:3:2: note: indicator name without a code: 稻田尾水循环率 [name-unmapped]'
text '专栏1  指标' '\t指标\t单位\t2020年现状值\t2025年目标值' '\t森林覆盖率\t万亩\t52\t60'
says unit-unfit 'a.txt:3:2: 提示: 单位与指标不合，不给代码：森林覆盖率，万亩 [unit-unfit]' 'a.txt:3:2: note: the unit does not fit the indicator, no code is given: 森林覆盖率, 万亩 [unit-unfit]'
text '专栏1  指标' '\t指标\t单位\t2025年目标值' '\t场地面积\t平方米\t3×4'
says value-unread 'a.txt:3:11: 提示: 数值格读不出结构：3×4 [value-unread]' 'a.txt:3:11: note: value cell not understood: 3×4 [value-unread]'
text '专栏1  指标' '\t指标\t单位\t2025年目标值' '\t参保率\t%\t95(3)'
says mark-unbound 'a.txt:3:8: 警告: 标记“(3)”没有找到注释 [mark-unbound]' 'a.txt:3:8: warning: no note found for the mark “(3)” [mark-unbound]'

text '（2021—2025年）' '第一章  任务' '提升服务。到2025年，办结率、满意率、公开率分别达到95%、90%。'
says list-unmatched 'a.txt:3:13: 提示: 几个数与名称的个数对不上，没有读作目标值：办结率、满意率、公开率分别达到95%、90% [list-unmatched]' 'a.txt:3:13: note: figures and names differ in number, not read as targets: 办结率、满意率、公开率分别达到95%、90% [list-unmatched]'

# == notes ==
text '第一章  总则' '完善制度[footnoteRef:4]。'
says footnote-no-text 'a.txt:2:5: 警告: 脚注引用 4 没有注文 [footnote-no-text]' 'a.txt:2:5: warning: footnote reference 4 has no text [footnote-no-text]'
text '第一章  总则' '完善制度。[2:  注文。]'
says footnote-no-ref 'a.txt:2:6: 提示: 脚注 2 没有被引用 [footnote-no-ref]' 'a.txt:2:6: note: footnote 2 is never referred to [footnote-no-ref]'

# == references ==
text '第一章  总则' '落实《节约用水条例》和取水许可办法》。'
says title-unbalanced 'a.txt:2:18: 警告: 书名号不成对：》 [title-unbalanced]' 'a.txt:2:18: warning: unbalanced title mark: 》 [title-unbalanced]'
text '第一章  总则' '用水总量指标（见表2-3）按年下达。'
says reference-dangling 'a.txt:2:7: 警告: 没有 表2-3 [reference-dangling]' 'a.txt:2:7: warning: there is no 表2-3 [reference-dangling]'

# == the document as a whole ==
text '第一章  总则' '坚持统筹发展。'
says region-unknown 'a.txt:1:1: 警告: 看不出规划的地区 [region-unknown]' "a.txt:1:1: warning: the plan's region is not known [region-unknown]"
says period-unknown 'a.txt:1:1: 警告: 看不出规划期 [period-unknown]' "a.txt:1:1: warning: the plan's period is not known [period-unknown]"
text '  朝阳区体育发展“十四五”规划（2021—2025年）' '第一章  总则'
says region-ambiguous 'a.txt:1:3: 警告: 地区名“朝阳区”不止一处，取 110105 [region-ambiguous]' \
    'a.txt:1:3: warning: region name “朝阳区” is ambiguous, taken as 110105 [region-ambiguous]'
text '桐城市体育发展“十四五”规划' '第一章  总则'
says meta-inferred 'a.txt:1:1: 提示: 推断得出（原文未直接写明）：start_year end_year [meta-inferred]' \
    'a.txt:1:1: note: inferred, not read: start_year end_year [meta-inferred]'

# == how they are printed ==
is "$("$GANGMU" --lang en parse -q -t source a.txt 2>&1)" "$(cat a.txt)" '-q leaves only the result'
text '第一章  总则' '坚持统筹。[1:  注。]' '专栏1  空' '第三章  保障'
is "$("$GANGMU" --lang en parse -t source a.txt 2>&1 >/dev/null | cut -d: -f2,3 | sort -nc -t: -k1,1 && echo sorted)" sorted 'in the order of their places'
is "$("$GANGMU" --lang en parse -t source - <a.txt 2>&1 >/dev/null | cut -d: -f1 | sort -u)" '-' 'standard input is called -'
mkdir deep && cp a.txt deep/
like "$("$GANGMU" --lang en parse -t source deep/a.txt 2>&1 >/dev/null)" '^deep/a.txt:' 'the file is named as on the command line'
is "$(env LC_ALL=zh_CN.UTF-8 "$GANGMU" parse -t source a.txt 2>&1 >/dev/null)" "$("$GANGMU" --lang zh parse -t source a.txt 2>&1 >/dev/null)" 'the language comes from the environment'
is "$(env -u LC_ALL LANG=zh_CN.UTF-8 "$GANGMU" parse -t source a.txt 2>&1 >/dev/null | head -n 1 | cut -d: -f4)" ' 警告' 'LANG counts too'

# == every code has its case ==
missing=$(grep -oE '^DIAG\([A-Z_]+, "[a-z-]+"' "$TOP/extractor/base/diag.def" | cut -d'"' -f2 | while read -r code; do
    case $seen$untested in *" $code "*) continue ;; esac
    test=$(printf '%s\n' "${elsewhere[@]}" | sed -n "s/^$code //p")
    [ -n "$test" ] && grep -qF "$code" "$TOP/tests/$test" 2>/dev/null || echo "$code"
done)
is "$missing" '' 'every code of diag.def has a case here, or in the test named above'

done_testing
