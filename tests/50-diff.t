#!/usr/bin/env bash
# diff: two plans compared; a plan against itself is empty, swapping the plans gives the mirror image.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
made=tests/diff/chengkou-14-made.txt
city=corpus/chongqing

says() { "$GANGMU" --lang zh diff "$@" >"$tmp/said" 2>"$tmp/err"; }
lines() { grep -E -- "$1" "$tmp/said" | sed -E 's/^ +//; s/  +/  /g' | head -n "${2:-1}"; }

# == a plan against itself, and swapped ==
for f in corpus/*.txt "$made"; do
    says "$f" "$f"
    is "$? $(grep -cE '^  [-+~]|^    [^ ]' "$tmp/said")" '0 0' "${f##*/} against itself: no differences"
done
n=0
for a in corpus/*.txt; do
    "$GANGMU" diff -q "$a" "$made"
    is $? 1 "${a##*/} and the made plan differ, -q tells by the status alone"
    for b in corpus/*.txt; do
        [ "$a" \< "$b" ] || continue
        "$GANGMU" diff -f json "$a" "$b" >"$tmp/ab" && echo "$a $b: status 0"
        "$GANGMU" diff -f json "$b" "$a" >"$tmp/ba"
        is "$(tests/tools/diff-mirror.py "$tmp/ab" "$tmp/ba" 2>&1)" '' "${a##*/}, ${b##*/}: both orders are mirror images"
        n=$((n + 1))
    done
done
is $n 10 'all pairs of the corpus'
sed 's/"kind": "added"/"kind": "moved"/' "$tmp/ba" >"$tmp/bad"
like "$(tests/tools/diff-mirror.py "$tmp/ab" "$tmp/bad")" 'only' 'a mirror that is none is found'

# == typing makes no difference ==
/usr/bin/python3 - "$city-zhongxian-eco-14fyp.txt" "$tmp/typed.txt" <<'P'
import sys
s = open(sys.argv[1], encoding='utf-8').read()
s = s.replace('二〇三五', '二○三五').replace('Ⅲ类', 'III类').replace('，', ',').replace('（', '(').replace('）', ')')
s = s.replace('VOCs', 'ＶＯＣｓ').replace('2025年', '２０２５年').replace('。\n', '。  \n')
open(sys.argv[2], 'w', encoding='utf-8').write(s)
P
cmp -s "$tmp/typed.txt" "$city-zhongxian-eco-14fyp.txt" && echo 'not ok - the typing was changed'
says --only outline,measures,duties,wording "$city-zhongxian-eco-14fyp.txt" "$tmp/typed.txt"
is "$? $(grep -cE '^  [-+~]|^    [^ ]' "$tmp/said")" '0 0' 'width of chars, comma, ○, Ⅲ and blanks make no change'

# == changes, each by one edit ==
edit() { # SED DESCRIPTION EXPECTED-LINE [GROUPS]
    sed -E "$1" "$city-zhongxian-eco-14fyp.txt" >"$tmp/b.txt"
    says --only "${4:-indicators}" "$city-zhongxian-eco-14fyp.txt" "$tmp/b.txt"
    is "$? $(lines '^    [^ ]|^  [-+~]' 9 | sed -E "s#[^ ]*/##g" | grep -vE '^~' | tr '\n' '|')" "1 $3|" "$2"
}
edit '369s/55/56/' 'a target raised: stricter' '提高 收严  目标 2025  55 → 56  +1个百分点  chongqing-zhongxian-eco-14fyp.txt:369:2 → b.txt:369:2'
edit '369s/55/54.5/' 'lowered: looser, exactly' '降低 放松  目标 2025  55 → 54.5  -0.5个百分点  chongqing-zhongxian-eco-14fyp.txt:369:2 → b.txt:369:2'
edit '369s/55/≥55/' 'only the bound' '界限变化  目标 2025  55 → ≥55  chongqing-zhongxian-eco-14fyp.txt:369:2 → b.txt:369:2'
edit '369s/55/≥56/' 'the number goes before the bound' '提高 收严  目标 2025  55 → ≥56  +1个百分点  chongqing-zhongxian-eco-14fyp.txt:369:2 → b.txt:369:2'
edit '369s/55/逐步提高/' 'a word for a figure' '不可比  目标 2025  55 → 逐步提高  chongqing-zhongxian-eco-14fyp.txt:369:2 → b.txt:369:2'
edit '370s/约束性/预期性/' 'nature' '性质变化  性质  约束性 → 预期性  chongqing-zhongxian-eco-14fyp.txt:369:2 → b.txt:369:2'
edit '351s/由市级下达/市级另行下达/' 'other words' '改写  目标 2025  由市级下达 → 市级另行下达  chongqing-zhongxian-eco-14fyp.txt:351:2 → b.txt:351:2'

sed '1,12s/远景目标/发展目标/' "$city-shizhu-eco-14fyp.txt" >"$tmp/b.txt"
says "$city-shizhu-eco-14fyp.txt" "$tmp/b.txt"
is "$? $(lines '^    改写' | grep -c '{+发展+}目标')" '1 1' 'the title alone'
printf '\n' >"$tmp/empty.txt"
says "$tmp/empty.txt" "$tmp/empty.txt"
is $? 0 'nothing against nothing'
says "$tmp/empty.txt" "$made"
is "$? $(lines '^提纲')" '1 提纲  0  6  0  0  新增 6' 'a plan against nothing: all added'

# == moves ==
/usr/bin/python3 - "$city-zhongxian-eco-14fyp.txt" "$tmp/moved.txt" <<'P'
import sys
lines = open(sys.argv[1], encoding='utf-8').read().split('\n')
at = next(i for i, s in enumerate(lines) if s.startswith('倡导绿色生活方式'))
moved = lines.pop(at)
to = next(i for i, s in enumerate(lines) if s.startswith('严控建筑施工噪声'))
lines.insert(to + 1, moved)
open(sys.argv[2], 'w', encoding='utf-8').write('\n'.join(lines))
P
says --only measures "$city-zhongxian-eco-14fyp.txt" "$tmp/moved.txt"
is "$? $(lines '^举措')" '1 举措  85  85  85  84  移动 1' 'a measure in another section: one move, nothing added or dropped'
like "$(lines '移动  ')" '第三节 构建全民生态环保行动大格局 → 第五节 推进环境噪声污染整治' 'from where to where'

# == measures in other words ==
says --only measures "$city-chengkou-eco-15fyp.txt" "$city-shizhu-eco-14fyp.txt"
like "$(lines '改名  深入开展水环境治理')" '^~ 改名  深入开展水环境治理 → 深化水环境治理  ' 'leads that like are of one measure'
like "$(grep -A1 '删去  推进湿地系统保护修复' "$tmp/said" | tail -n 1)" '^      乙相近的举措  推进河流与湖库湿地保护与建设  [0-9]+‰  .*:[0-9]+:1$' 'less like: named, not paired'
says --only measures,outline "$city-kaizhou-eco-14fyp.txt" "$city-shizhu-eco-14fyp.txt"
like "$(grep -A1 '删去  加强生物多样性保护' "$tmp/said" | tail -n 1)" '^      乙相近的提纲  第五节 加强生物多样性保护  1000‰  ' 'a lead that is a heading in the other plan'

# == duties ==
says --only duties "$city-kaizhou-eco-14fyp.txt" "$city-zhongxian-eco-14fyp.txt"
is "$(grep -c '同一组单位' "$tmp/said")" 4 'the same four bodies under another heading are met'
like "$(grep -A1 '~ 检察机关  同一组单位' "$tmp/said" | tail -n 1)" '移动          位置  第四节 健全环境治理监管体系 → 加强执法联动' 'and where they stand is said'
says --only duties "$city-dianjiang-eco-14fyp.txt" "$city-kaizhou-eco-14fyp.txt"
is "$(lines '分工' 9 | sed 's/ *corpus.*//')" $'责任单位变化  分工  责任 → 配合\n责任单位变化  分工  责任 → 配合' 'roles in words'

# == two periods ==
says --only indicators "$made" "$city-chengkou-eco-15fyp.txt"
is $? 1 'two periods of 城口'
promise() { lines "^  $1 "; }
is "$(promise 森林覆盖率)" '森林覆盖率  ≥72.5  72.8  72.8  达到  达到  ·  不再列  新规划所记目标与原规划不同' 'reached; the new plan restates another target'
is "$(promise 森林蓄积量)" '森林蓄积量  1890  1890  1910  达到  达到  2010  提高、收严' 'reached and raised'
is "$(promise 水土保持率)" '水土保持率  ≥84  ·  83  未达到  ·  ≥83  界限变化' 'missed: the base of the new plan'
is "$(promise 细颗粒物（PM2.5）浓度)" '细颗粒物（PM2.5）浓度  ≤15  ·  15.6  未达到  ·  ≤20  提高、放松' 'less is better: missed by 0.6, and looser'
is "$(promise 城镇污水达标处理率)" '城镇污水达标处理率  ≥95  ≥95  乡镇85；城市98  不能判断  达到  ·  不再列' 'two figures in one: not judged'
is "$(promise 单位GDP能源消耗降低)" '单位GDP能源消耗降低  市级下达  市级下达【15】  【42】  不能判断  达到  ·  不再列  新规划所记目标与原规划不同' 'a target of the city: not judged'
is "$(promise 农村无害化卫生厕所普及率)" '农村无害化卫生厕所普及率  ·  80  82  达到（按所记）  达到  90%以上  未列，相近的是“农村卫生厕所普及率”' 'only the new plan tells of it; a near indicator is named'
is "$(promise 县城空气质量优良天数比例)" '县城空气质量优良天数比例  96%以上  ·  362天  达到  达到  ·  不再列  按365天折算' 'a share promised, days reached'
is "$(promise 氮氧化物排放量下降率)" '氮氧化物排放量下降率  ·  市级下达  完成市级下达  不能判断  达到  市级下达  并列在“氮氧化物、挥发性有机物、化学需氧量、总磷减排”' 'the new target stands in one for several'
is "$(promise 氨氮排放量下降率)" '氨氮排放量下降率  ·  市级下达  完成市级下达  不能判断  达到  ·  不再列' 'which does not name this one'
is "$(promise 集中式饮用水水源地水质优良比例)" '集中式饮用水水源地水质优良比例  100  100  100  达到  达到  ·  未列目标值，正文提到' 'no target, but the text names it'
like "$(grep -A1 '^  集中式饮用水水源地水质优良比例' "$tmp/said" | tail -n 1)" 'fyp.txt:289:1$' 'and where'
cp "$tmp/said" "$tmp/one"
says --only indicators "$city-chengkou-eco-15fyp.txt" "$made"
is "$(sed -n '/^目标与完成/,/^$/p' "$tmp/said")" "$(sed -n '/^目标与完成/,/^$/p' "$tmp/one")" 'which plan is named first does not matter'
says --only indicators "$city-chengkou-eco-15fyp.txt" "$city-zhongxian-eco-14fyp.txt"
is "$(grep -c 目标与完成 "$tmp/said")" 0 'two counties have no promises in common'

# == shared text ==
says --only wording "$made" "$city-chengkou-eco-15fyp.txt"
like "$(lines '^甲 [0-9]')" '^甲 [0-9]+ 字：与乙共用 [0-9.]+%，套语 [0-9.]+%，独有 [0-9.]+%$' 'shares of the whole'
printf '第一章 总则\n推动殡葬行业废气深度治理工作方案。\n' >"$tmp/a.txt"
printf '第一章 总则\n推动殡葬行业废气深度治理新措施。\n绿水青山就是金山银山。\n' >"$tmp/b.txt"
"$GANGMU" diff -f json --only wording "$tmp/a.txt" "$tmp/b.txt" >"$tmp/j"
shared() { /usr/bin/python3 -c "import json,sys; s=json.load(open('$tmp/j'))['$1']['shared']; print(s['chars'], s['taken'], s['formula'], s['own'], s['taken_share'])"; }
is "$(shared a)" '16 12 0 4 75.0' 'a run of ten chars or more is taken over'
is "$(shared b)" '25 12 0 13 48.0' 'a formula that only one has is its own'
echo '绿水青山就是金山银山。' >>"$tmp/a.txt"
"$GANGMU" diff -f json --only wording "$tmp/a.txt" "$tmp/b.txt" >"$tmp/j"
is "$(shared b)" '25 12 10 3 48.0' 'a formula that both have is counted as one'

# == use ==
for bad in "$made" "$made $made $made" "-f nonsense $made $made" "--only nonsense $made $made" "--only , $made $made" "- -" "nowhere.txt $made" "$made nowhere.txt"; do
    # shellcheck disable=SC2086
    says $bad
    is "$? $(wc -c <"$tmp/said")" '2 0' "used wrongly: ${bad//$made/FILE}"
    ok 'and it is said' test -s "$tmp/err"
done
says - "$made" <"$made"
is $? 0 'standard input'
says -o "$tmp/out.txt" "$made" "$city-chengkou-eco-15fyp.txt"
is "$? $(wc -c <"$tmp/said")" '1 0' '-o writes a file'
ok 'the file is the result' grep -q '^甲' "$tmp/out.txt"
says --max-size 100 "$made" "$made"
is $? 2 'a document above --max-size is refused'
"$GANGMU" --lang en diff "$made" "$city-chengkou-eco-15fyp.txt" >"$tmp/en"
is "$(grep -cE '^(Summary|Promises and results|Shared text|outline|indicators)$' "$tmp/en")" 5 'English headings'

# == XML and HTML ==
rng=grammars/schema/diff.rng
valid() { xmllint --noout --relaxng "$rng" "$1" >"$tmp/v" 2>&1 && jing "$rng" "$1" >>"$tmp/v" 2>&1; }
trang grammars/schema/diff.rnc "$tmp/diff.rng"
ok 'diff.rng is made from diff.rnc' cmp "$tmp/diff.rng" "$rng"
for pair in "$made $city-chengkou-eco-15fyp.txt" "$city-dianjiang-eco-14fyp.txt $city-kaizhou-eco-14fyp.txt" "$tmp/empty.txt $made"; do
    # shellcheck disable=SC2086
    "$GANGMU" diff -f xml $pair >"$tmp/o.xml"
    ok "valid XML: ${pair##*/}" valid "$tmp/o.xml"
done
"$GANGMU" diff -f xml "$made" "$city-chengkou-eco-15fyp.txt" >"$tmp/o.xml"
for bad in 's/kind="raised"/kind="higher"/' 's/<promised /<promise /; s/<.promised>/<\/promise>/' 's/ line="[0-9]+"//'; do
    sed -E "$bad" "$tmp/o.xml" >"$tmp/bad.xml"
    ok "refused: $bad" bash -c "! xmllint --noout --relaxng $rng $tmp/bad.xml && ! jing $rng $tmp/bad.xml"
done
places=$(/usr/bin/python3 - "$made" "$city-chengkou-eco-15fyp.txt" "$tmp/o.xml" <<'P'
import sys, xml.etree.ElementTree as E
text = [open(p, 'rb').read() for p in sys.argv[1:3]]
ns = '{urn:gangmu:diff:1}'
bad = n = 0
for e in E.parse(sys.argv[3]).iter():
    side = {ns + 'a': 0, ns + 'b': 1}.get(e.tag)
    if side is None or 'line' not in e.attrib:
        continue
    at, n = int(e.get('begin')), n + 1
    line = text[side][:at].count(b'\n') + 1
    col = len(text[side][text[side].rfind(b'\n', 0, at) + 1:at].decode()) + 1
    bad += (line, col) != (int(e.get('line')), int(e.get('col')))
print('ok' if n > 300 and not bad else f'{n} {bad}')
P
)
is "$places" ok 'every place is where its bytes begin'
"$GANGMU" --lang zh diff -f html "$made" "$city-chengkou-eco-15fyp.txt" >"$tmp/o.html"
is "$(xmllint --html --noout "$tmp/o.html" 2>&1 | grep -c error)" 0 'the page is well-formed'
is "$(grep -o 'fyp.txt\|made.txt' "$tmp/o.html" | wc -l)" 2 'each file is named once, at the head'
is "$(grep -c 'class="place">甲 23:2<' "$tmp/o.html")" 2 'places are line and column of 甲 or 乙'
is "$(grep -c '1000‰ 为完全相同\|<i class="t"></i>共用<i class="f"></i>套语' "$tmp/o.html")" 2 'the signs are explained'
is "$(grep -cE '(src|href)="(https?:|/)' "$tmp/o.html")" 0 'and needs nothing from elsewhere'
printf '第一章 总则\n一、<b>&"甲" 治理。推进<script>alert(1)</script>整治。\n' >"$tmp/x.txt"
"$GANGMU" diff -f html "$tmp/x.txt" "$made" >"$tmp/x.html"
is "$(grep -c '<script' "$tmp/x.html")" 0 'markup in a plan is text'
"$GANGMU" diff -f xml "$tmp/x.txt" "$made" >"$tmp/x.xml"
ok 'in the XML too' valid "$tmp/x.xml"

# == the page docs/diff.md: every line of its screens is what the program prints ==
while IFS= read -r line; do
    case $line in
    '$ gangmu '*)
        # shellcheck disable=SC2086
        "$GANGMU" ${line#\$ gangmu } >"$tmp/screen" 2>/dev/null ;;
    *) ok "docs/diff.md: ${line:0:30}…" grep -qxF -- "$line" "$tmp/screen" ;;
    esac
done < <(sed -n '/^```$/,/^```$/p' docs/diff.md | grep -v '^```$')

# == hostile ==
head -c 60000 /dev/urandom >"$tmp/noise"
/usr/bin/python3 - "$tmp" <<'P'
import sys
open(sys.argv[1] + '/one.txt', 'w').write('第一章 总则\n' + '推进治理' * 20000)
open(sys.argv[1] + '/many.txt', 'w').write('第一章 总则\n' + '推进治理工作。' * 20000)
open(sys.argv[1] + '/heads.txt', 'w').write(''.join(f'第{i}章 治理\n推进治理工作。\n' for i in range(1, 3000)))
open(sys.argv[1] + '/lines.txt', 'w').write(''.join(f'推进第{i}项治理工作，落实责任{i * 7919 % 5003}。\n' for i in range(1, 6000)))
open(sys.argv[1] + '/lines2.txt', 'w').write(''.join(f'推进第{i}个治理项目，落实责任{i * 7907 % 5003}。\n' for i in range(1, 6000)))
P
for pair in 'noise one' 'one many' 'many heads' 'heads noise' 'one one' 'lines lines2' 'heads heads'; do
    a=${pair% *} b=${pair#* }
    [ -e "$tmp/$a.txt" ] && a=$a.txt
    [ -e "$tmp/$b.txt" ] && b=$b.txt
    timeout 60 "$GANGMU" diff "$tmp/$a" "$tmp/$b" >"$tmp/said" 2>"$tmp/err"
    status=$?
    ok "$pair: status $status, in time" test "$status" -le 2
done
reached() { # LIMIT A B: the comparison reaches the limit and says so; 40-hostile.t looks for these lines
    timeout 60 "$GANGMU" --lang en diff "$tmp/$2.txt" "$tmp/$3.txt" >"$tmp/said"
    like "$? $(grep '^note:' "$tmp/said")" "^1 .*above the limit \`$1\`" "the limit $1 is reached and said"
}
/usr/bin/python3 - "$tmp" <<'P'
import random, sys
rnd = random.Random(1)
def write(name, lines):
    open(f'{sys.argv[1]}/{name}.txt', 'w').write('第一章 总则\n' + '\n'.join(lines) + '\n')
def han(n):
    return ''.join(chr(0x4e00 + rnd.randrange(3000)) for _ in range(n))
write('few', ['推进治理工作。'] * 30)
write('more', ['推进治理工作。'] * 40)
common, pool = han(60), [han(2) for _ in range(60)]
for name in 'alike', 'alike2':
    write(name, [common + ''.join(rnd.sample(pool, 4)) + han(1) + '。' for _ in range(900)])
base = han(5000)
write('long', ['甲' + base + '乙。'])
write('long2', ['丙' + ''.join(c if rnd.random() < .9 else '变' for c in base) + '丁。'])
P
reached candidates lines lines2
reached assignment alike alike2
reached same-key few more
reached pieces long long2
"$GANGMU" --lang en diff "$tmp/few.txt" "$tmp/few.txt" >"$tmp/said"
is "$? $(grep -c '^note:' "$tmp/said")" '0 0' 'none is reached without need'
for pair in 'one many' 'noise lines'; do
    a=${pair% *} b=${pair#* }
    [ -e "$tmp/$a.txt" ] && a=$a.txt
    timeout 120 "$GANGMU_SAN" diff -f xml "$tmp/$a" "$tmp/$b.txt" >"$tmp/x.xml" 2>"$tmp/err"
    is "$? $(grep -c Sanitizer "$tmp/err")" '1 0' "sanitised: $pair"
done

# == the sanitised program ==
"$GANGMU_SAN" --lang zh diff "$made" "$city-chengkou-eco-15fyp.txt" >"$tmp/said" 2>"$tmp/err"
is "$? $(cat "$tmp/err")" '1 ' 'the sanitised program finds nothing amiss'
says "$made" "$city-chengkou-eco-15fyp.txt"
"$GANGMU_SAN" --lang zh diff "$made" "$city-chengkou-eco-15fyp.txt" >"$tmp/san" 2>/dev/null
ok 'and says the same' cmp "$tmp/said" "$tmp/san"

done_testing
