#!/usr/bin/env bash
# eval: the corpus reaches the gold, and every fault put into the gold is found, told and counted.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
"$GANGMU" build -o "$tmp/out" corpus >/dev/null 2>&1

score() { "$GANGMU" --lang en eval -C "$tmp/out" "$@" >"$tmp/said" 2>"$tmp/err"; }
findings() { sed '/^$/q' "$tmp/said" | sed "s|^$tmp/||; /^\$/d"; }
f1() { awk -v t="$1" '$1 == t && NF == 7 { print $2, $3, $4, $7 }' "$tmp/said"; }
accuracy() { awk -v t="$1" '$1 == t && NF == 4 { print $2, $3, $4 }' "$tmp/said"; }
gold() { # a gold folder with one file, from standard input
    rm -rf "$tmp/gold"
    mkdir "$tmp/gold"
    cat >"$tmp/gold/$1.csv"
}

# == the gold of the project ==
score tests/gold
is $? 0 'the corpus reaches the gold in every table and field'
diag "$(sed '/^$/q' "$tmp/said" | head -n 20)"
is "$(cat "$tmp/err")" '' 'nothing of it is left out'
for table in plans sections boxes cells indicators; do
    rows=$(($(/usr/bin/python3 -c "import csv; print(sum(1 for r in csv.reader(open('tests/gold/$table.csv', encoding='utf-8', newline=''))))") - 1))
    is "$(f1 $table)" "$rows $rows $rows 1.0000" "$table: $rows rows, all found, none too many"
done

# == the records of the prose: each at least as good as it was ==
score tests/gold/prose
is $? 0 'the records of the prose reach the gold'
while read -r table floor; do
    got=$(awk -v t="$table" '$1 == t && NF == 7 { print $7 }' "$tmp/said")
    ok "$table: F1 ${got:-none}, at least $floor" awk -v a="${got:-0}" -v b="$floor" 'BEGIN { exit !(a >= b) }'
done <<'FLOORS'
targets 1
goals 1
citations 1
crossrefs 1
terms 1
projects 1
single_projects 1
duties 1
FLOORS
is "$(accuracy duties.role | cut -d' ' -f1,2)" '91 0' 'every role of a duty is right'

# == faults put into the gold ==
sed '3s/第一节/第二节/' tests/gold/sections.csv | gold sections
score "$tmp/gold"
is "$? $(f1 sections)" '1 233 233 233 1.0000' 'a wrong field: status 1, the row still matched'
is "$(accuracy sections.label)" '232 1 0.9957' 'the field is counted'
is "$(findings)" 'gold/sections.csv:3: label: should be “第二节”, is “第一节” (500240 2 21)' 'and told with its line'
score --min 0.99 "$tmp/gold"
is $? 0 'a lower threshold is reached'
score --min 0.996 "$tmp/gold"
is $? 1 'one above the accuracy of a field is not'

sed '4d' tests/gold/sections.csv | gold sections
score "$tmp/gold"
is "$? $(f1 sections)" '1 232 233 232 0.9978' 'a row the gold has not: surplus'
like "$(findings)" '^out/csv/sections.csv:[0-9]+: surplus: 500240 2 35 label=第二节 title=' 'it is told with its line in the corpus'
{ cat tests/gold/sections.csv; echo '500233,2,第九节,“没有”这一节,9999'; } | gold sections
score "$tmp/gold"
is "$? $(f1 sections)" '1 234 233 233 0.9978' 'a row the corpus has not: missing'
is "$(findings)" 'gold/sections.csv:235: missing: 500233 2 9999 label=第九节 title=“没有”这一节' 'it is told with its line in the gold'
"$GANGMU" --lang zh eval -C "$tmp/out" "$tmp/gold" >"$tmp/said" 2>&1
like "$(cat "$tmp/said")" '缺：500233 2 9999' 'the same in Chinese'

grep -E '^(region_code|500231)' tests/gold/boxes.csv | gold boxes
score "$tmp/gold"
is "$? $(f1 boxes)" '0 6 6 6 1.0000' 'only plans that the gold names are judged'
awk -F, 'NR == 1 || $1 == 500240 && $2 == "表2-1"' tests/gold/cells.csv | gold cells
score "$tmp/gold"
is "$? $(f1 cells | awk '{print ($1 == $2 && $2 == $3 && $1 > 0)}')" '0 1' 'only tables whose cells the gold gives are judged'
{ cat tests/gold/boxes.csv; echo '999999,专栏1,1,无,text,1,1,1'; } | gold boxes
score "$tmp/gold"
is "$? $(f1 boxes)" '1 22 21 21 0.9767' 'a plan the corpus has not: its rows are missing'

# == columns ==
cut -d, -f1-3 tests/gold/boxes.csv | sed '1s/$/,colour/; 2,$s/$/,red/' | gold boxes
score "$tmp/gold"
is "$? $(cat "$tmp/err")" "0 $tmp/gold/boxes.csv: colour: the corpus has no such column, not compared" 'a column the corpus has not is told'
cut -d, -f1,3- tests/gold/boxes.csv | gold boxes
score "$tmp/gold"
is $? 2 'a gold file without a key column is refused'
like "$(cat "$tmp/err")" 'label: this key column is missing' 'and the column is named'
{ echo plan_id,label,title; sed -n '2,$p' "$tmp/out/csv/boxes.csv" | head -n 2 | cut -d, -f1,4,6; } | gold boxes
score "$tmp/gold"
is "$? $(f1 boxes)" '0 2 2 2 1.0000' 'plans may be named by their id'
/usr/bin/python3 - "$tmp" <<'P' | gold indicators
import csv, sys
rows = csv.DictReader(open('tests/gold/indicators.csv', encoding='utf-8', newline=''))
out = csv.DictWriter(sys.stdout, rows.fieldnames, lineterminator='\r\n', quoting=csv.QUOTE_ALL)
sys.stdout.write('\ufeff')
out.writeheader()
for r in rows:
    if r['cumulative'] == '1':
        r['cumulative'] = '0'
    out.writerow(r)
P
wrong=$(awk -F, 'NR > 1 && /,1,0,[^,]*,[a-z]*,[0-9]*,[^,]*$/' tests/gold/indicators.csv | wc -l)
score "$tmp/gold"
is "$? $(accuracy indicators.cumulative | cut -d' ' -f2)" "1 $wrong" 'basis is compared; byte order mark, CRLF and quotes are read'

# == files ==
echo 'a,b' | gold nonsense
score "$tmp/gold"
is $? 2 'no table that can be compared'
like "$(cat "$tmp/err")" 'nonsense.csv: unknown table, skipped' 'an unknown one is told'
echo 'region_code,agency' | gold boxes
printf 'region_code,box,no,title\n500240,表8-1,1,无\n' >"$tmp/gold/projects.csv"
rm "$tmp/gold/boxes.csv"
mv "$tmp/out/csv/projects.csv" "$tmp/projects.csv" 2>/dev/null
score "$tmp/gold"
like "$? $(cat "$tmp/err")" '2 .*projects: the corpus has no such table, skipped' 'a table the corpus has not is told'
for bad in $'region_code,label\n500240' $'region_code,label\n500240,"表' $'region_code,label\n500240,a"b' ''; do
    printf '%s' "$bad" | gold boxes
    score "$tmp/gold"
    like "$? $(cat "$tmp/err")" '2 .*boxes.csv:[12]: ' "a broken gold file is refused with its line: ${bad:-empty}"
done
score --table boxes --table sections tests/gold
is "$? $(awk 'NF == 7 && $1 != "table" { print $1 }' "$tmp/said" | tr '\n' ' ')" '0 sections boxes ' '--table chooses'
score --table nonsense tests/gold
is $? 2 'an unknown table'
score --min 2 tests/gold
is $? 2 'a threshold that is none'
"$GANGMU" eval -C "$tmp/nowhere" tests/gold >/dev/null 2>"$tmp/err"
is $? 2 'no corpus'
ok 'it is said what to do' grep -q 'gangmu build' "$tmp/err"

# == the sanitised program ==
sed '3s/第一节/第二节/; 9d' tests/gold/sections.csv | gold sections
cp tests/gold/indicators.csv tests/gold/cells.csv "$tmp/gold"
"$GANGMU_SAN" --lang en eval -C "$tmp/out" "$tmp/gold" >"$tmp/said" 2>"$tmp/err"
is "$? $(cat "$tmp/err")" '1 ' 'the sanitised program finds nothing amiss'

done_testing
