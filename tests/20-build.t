#!/usr/bin/env bash
# build: results, increments, bad input, interruptions, full disks. Whatever the way there, the results are
# those of a build from nothing.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
umask 022
docs=$tmp/docs out=$tmp/out
gm() { "$GANGMU" --lang en build "$@"; }                       # what it says goes to $tmp/said and $tmp/err
run() { gm "$@" >"$tmp/said" 2>"$tmp/err"; }
said() { grep -E ' compiled, ' "$tmp/said"; }
results() { (cd "$1" && find xml csv gangmu.db report.txt -type f 2>/dev/null | LC_ALL=C sort | xargs -r sha256sum); }
places() { (cd "$1" && find xml csv gangmu.db report.txt -type f -printf '%p %i %T@\n' 2>/dev/null | LC_ALL=C sort); }
ids() { (cd "$1/xml" && printf '%s\n' *.xml | sed 's/\.xml$//' | LC_ALL=C sort | tr '\n' ' '); }
codes() { # codes of errors, and of files passed over
    grep ' error: \|\[no-reader\]$' "$tmp/err" | grep -o '\[[a-z-]*\]$' | LC_ALL=C sort | uniq | tr -d '[]' | tr '\n' ' '
}

scratch() { # DESCRIPTION PATH...: the results in $out are those of a build of PATH... from nothing
    local what=$1
    shift
    rm -rf "$tmp/scratch"
    gm -o "$tmp/scratch" "$@" >/dev/null 2>&1
    is "$(results "$out")" "$(results "$tmp/scratch")" "$what: as if built from nothing"
}

plan() { # NAME TEXT: a short plan of that region
    printf '%s生态环境保护“十四五”规划\n\n第一章  总则\n第一节  背景\n%s\n第二节  目标\n到2025年，森林覆盖率达到60%%。\n' "$1" "$2"
}

mkdir "$docs"
cp corpus/*.txt "$docs"
count=$(find "$docs" -name '*.txt' | wc -l)
first=$(cd "$docs" && printf '%s\n' *.txt | head -n 1)

# == results ==
run -o "$out" "$docs"
is $? 0 'a build of the corpus'
is "$(find "$out/xml" -name '*.xml' | wc -l)" "$count" 'an XML file a plan'
is "$(find "$out" -maxdepth 1 -mindepth 1 -printf '%f\n' | LC_ALL=C sort | tr '\n' ' ')" '.gangmu csv gangmu.db report.txt xml ' \
    'xml, csv, database, report, and nothing else'
is "$(said | sed 's/, [0-9.]* s$//')" "$count compiled, 0 unchanged, 0 removed" 'it says what it did'
is "$(sed '/^total/q' "$tmp/said" | grep -c '\.txt$')" "$count" 'a line a plan on the terminal'
is "$(sed '/^$/q' "$out/report.txt" | grep -c '\.txt$')" "$count" 'a line a plan at the head of the report'
is "$(grep -c $'\r' "$tmp/err")" 0 'no progress line where there is no terminal'
is "$(grep -c ' note: ' "$tmp/err")" 0 'notes are not shown'
ok 'but stand in the report' grep -q ': 提示: .*\[[a-z-]*\]$' "$out/report.txt"
gm -v -o "$tmp/v" "$docs" 2>&1 >/dev/null | grep -q ' note: .*\[[a-z-]*\]$'
is $? 0 'and are shown with -v'
is "$(sqlite3 "$out/gangmu.db" 'PRAGMA foreign_key_check; PRAGMA integrity_check')" ok 'keys hold in the database'
is "$(sqlite3 "$out/gangmu.db" "SELECT count(*) FROM pragma_table_list t WHERE schema='main' AND type='table' AND name NOT LIKE 'sqlite_%' AND NOT strict")" \
    0 'all tables are STRICT'
is "$(sqlite3 "$out/gangmu.db" "SELECT count(*) FROM pragma_table_list t WHERE schema='main' AND type='table' AND name NOT LIKE 'sqlite_%' AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE pk)")" \
    0 'all tables have a primary key'
is "$(sqlite3 "$out/gangmu.db" 'SELECT count(*) FROM observations')" "$(sqlite3 "$out/gangmu.db" 'SELECT count(*) FROM indicators')" \
    'the view observations has a row an observation'

cat >"$tmp/same.py" <<'P'
"""same.py DIR: the CSV files read with a stock reader hold what the database holds; rows in document order."""
import csv, glob, os, sqlite3, sys
db = sqlite3.connect(os.path.join(sys.argv[1], 'gangmu.db'))
tables = {r[0] for r in db.execute("SELECT name FROM sqlite_schema WHERE type='table' AND name <> 'gangmu_meta' AND name NOT LIKE 'sqlite_%'")}
files = {os.path.basename(f)[:-4] for f in glob.glob(sys.argv[1] + '/csv/*.csv')}
assert tables == files, (tables, files)
order = [r[0] for r in csv.reader(open(sys.argv[1] + '/csv/plans.csv', encoding='utf-8-sig', newline=''))][1:]
for t in sorted(tables):
    raw = open(f'{sys.argv[1]}/csv/{t}.csv', 'rb').read()
    assert raw.startswith(b'\xef\xbb\xbf') and raw.endswith(b'\n') and b'\r\n' not in raw, t
    rows = list(csv.reader(open(f'{sys.argv[1]}/csv/{t}.csv', encoding='utf-8-sig', newline=''), strict=True))
    q = db.execute(f'SELECT * FROM {t}')
    assert [c[0] for c in q.description] == rows[0], t
    assert all(len(r) == len(rows[0]) for r in rows), t
    there = [['' if v is None else str(v) for v in r] for r in q]
    assert sorted(there) == sorted(rows[1:]), t
    assert [order.index(r[0]) for r in rows[1:]] == sorted(order.index(r[0]) for r in rows[1:]), t
P
ok 'the CSV files hold what the database holds' /usr/bin/python3 "$tmp/same.py" "$out"
ok 'spans quote the text' /usr/bin/python3 -c "
import sqlite3, sys
db = sqlite3.connect('$out/gangmu.db')
text = {r[0]: open('$docs/' + r[1], 'rb').read() for r in db.execute('SELECT plan_id, file FROM plans')}
for plan, raw, begin, end in db.execute('SELECT plan_id, raw, begin, \"end\" FROM indicators WHERE raw IS NOT NULL AND NOT inherited'):
    assert ''.join(text[plan][begin:end].decode().split()) == ''.join(raw.split()), (plan, raw)
for plan, line, col, begin in db.execute('SELECT plan_id, line, col, begin FROM sections UNION ALL SELECT plan_id, line, col, begin FROM indicators'):
    before = text[plan][:begin].decode()
    assert (line, col) == (before.count('\n') + 1, len(before) - before.rfind('\n')), (plan, begin)
"

# == the same bytes however it is done ==
for j in 1 2 7; do
    LC_ALL=C TZ=Asia/Shanghai gm -o "$tmp/j$j" -j $j "$docs" >/dev/null 2>"$tmp/err$j"
    is "$(results "$tmp/j$j")" "$(results "$out")" "-j$j gives the same bytes"
    is "$(cat "$tmp/err$j")" "$(cat "$tmp/err")" "-j$j says the same"
done
"$GANGMU" --lang zh build -o "$tmp/zh" "$docs" >/dev/null 2>&1
is "$(results "$tmp/zh")" "$(results "$out")" 'the language of messages does not matter'
(cd "$tmp" && "$GANGMU" build -o rel docs) >/dev/null 2>&1
is "$(results "$tmp/rel")" "$(results "$out")" 'nor does the working directory'

# == increments ==
before=$(places "$out")
run -o "$out" "$docs"
is "$? $(said | sed 's/, [0-9.]* s$//')" "0 0 compiled, $count unchanged, 0 removed" 'nothing changed: nothing compiled'
is "$(places "$out")" "$before" 'nothing changed: no file is touched'
is "$(sed '/^total/q' "$tmp/said" | grep -c '\.txt$')" "$count" 'the summary is shown all the same'
touch "$docs/$first"
run -o "$out" "$docs"
is "$(said | cut -d, -f1)" '0 compiled' 'a new time alone is no change'
is "$(places "$out")" "$before" 'and touches no file'

sed -i 's/2025年/2026年/' "$docs/$first"
run -o "$out" "$docs"
is "$(said | sed 's/, [0-9.]* s$//')" "1 compiled, $((count - 1)) unchanged, 0 removed" 'one document changed: one compiled'
is "$(comm -13 <(echo "$before") <(places "$out") | grep -c '^xml/')" 1 'one XML file is new'
scratch 'one changed' "$docs"

plan 石柱土家族自治县 甲 >"$docs/-same name, 石柱.txt"
run -o "$out" "$docs"
like "$(ids "$out")" '500240-eco-14 500240-eco-14-2 ' 'two plans of one id: the second gets -2'
is "$(grep -c 'id-clash' "$out/report.txt")" 1 'and a diagnostic'
is "$(said | cut -d, -f1)" '2 compiled' 'the one that lost its id is compiled again'
scratch 'a clash' "$docs"
plan 石柱土家族自治县 乙 >"$docs/zz.txt"
run -o "$out" "$docs"
like "$(ids "$out")" '500240-eco-14-3 ' 'the third gets -3'
is "$(said | cut -d, -f1)" '1 compiled' 'and is the only one compiled'
rm "$docs/-same name, 石柱.txt"
run -o "$out" "$docs"
is "$(ids "$out" | grep -o '500240[^ ]*' | tr '\n' ' ')" '500240-eco-14 500240-eco-14-2 ' 'when the first goes, the others move up'
scratch 'the first of a clash gone' "$docs"
rm "$docs/zz.txt"
run -o "$out" "$docs"
is "$(said | sed 's/, [0-9.]* s$//')" "0 compiled, $count unchanged, 1 removed" 'a document gone: nothing compiled'
scratch 'a document gone' "$docs"

for gone in "xml/$(ids "$out" | cut -d' ' -f1).xml" csv/cells.csv gangmu.db report.txt; do
    rm "$out/$gone"
    run -o "$out" "$docs"
    scratch "${gone%/*} deleted by hand" "$docs"
done
truncate -s 10 "$out/.gangmu/diagnostics"
run -o "$out" "$docs"
is "$(said | cut -d, -f1)" "$count compiled" 'a damaged store: all is compiled again'
echo nonsense >"$out/.gangmu/manifest"
run -o "$out" "$docs"
is "$? $(said | cut -d, -f1)" "0 $count compiled" 'a damaged manifest: all is compiled again'
scratch 'damaged state' "$docs"
mkdir -p "$tmp/over/rules"
echo '# nothing new' >"$tmp/over/rules/99-none.rules"
gm --grammars "$tmp/over" -o "$out" "$docs" >"$tmp/said" 2>/dev/null
is "$(said | cut -d, -f1)" "$count compiled" 'other grammars: all is compiled again'
run -o "$out" "$docs"
is "$(said | cut -d, -f1)" "$count compiled" 'and again with the old ones'

# == --only ==
rm -rf "$out"
run -o "$out" --only xml "$docs"
is "$(find "$out" -maxdepth 1 -mindepth 1 -printf '%f\n' | LC_ALL=C sort | tr '\n' ' ')" '.gangmu report.txt xml ' '--only xml writes no tables'
run -o "$out" --only xml "$docs"
is "$(said | cut -d, -f1)" '0 compiled' '--only xml twice: nothing to do'
run -o "$out" "$docs"
scratch 'all after --only xml' "$docs"
sed -i 's/2026年/2027年/' "$docs/$first"
before=$(places "$out" | grep -v '^xml/\|^report')
run -o "$out" --only xml "$docs"
is "$(said | cut -d, -f1)" '1 compiled' '--only xml compiles what changed'
is "$(places "$out" | grep -v '^xml/\|^report')" "$before" '--only xml leaves the tables alone'
like "$(cat "$tmp/said")" 'out of date: csv/ gangmu.db' 'and says that they are out of date'
run -o "$out" "$docs"
is "$(said | cut -d, -f1)" '1 compiled' 'the next build compiles again only what the database has not'
scratch 'all after a change and --only xml' "$docs"
mv "$docs/$first" "$tmp/kept.txt"
run -o "$out" --only db "$docs"
is "$(ids "$out" | wc -w) $(sqlite3 "$out/gangmu.db" 'SELECT count(*) FROM plans')" "$count $((count - 1))" '--only db leaves the XML of a document that is gone'
run -o "$out" "$docs"
scratch 'which the next build removes' "$docs"
mv "$tmp/kept.txt" "$docs/$first"
run -o "$out" --only csv,db "$docs"
run -o "$out" "$docs"
scratch 'all after --only csv,db' "$docs"

tables() { (cd "$1" && sha256sum csv/*.csv); }
sed -i 's/2028年/2029年/; s/2027年/2028年/' "$docs/$first"
run -o "$out" --only csv "$docs"
gm -o "$tmp/only" --only csv "$docs" >/dev/null 2>&1
is "$(said | cut -d, -f1) $(tables "$out")" "1 compiled $(tables "$tmp/only")" '--only csv takes the other rows from the database'
run -o "$tmp/only" --only csv "$docs"
is "$(said | cut -d, -f1)" '0 compiled' '--only csv without a database: nothing changed'
sed -i 's/2028年/2027年/' "$docs/$first"
run -o "$tmp/only" --only csv "$docs"
is "$(said | cut -d, -f1)" "$count compiled" 'one changed: there are no rows to be used again'
run -o "$out" "$docs"
scratch 'all after --only csv' "$docs"
by_hand() { # DESCRIPTION: the database is not what the build wrote
    sed -i 's/2025年/2026年/' "$docs/$2"
    run -o "$out" "$docs"
    is "$(said | cut -d, -f1)" "$count compiled" "$1: no row is taken from it"
    scratch "$1" "$docs"
    sed -i 's/2026年/2025年/' "$docs/$2"
}
second=$(cd "$docs" && printf '%s\n' *.txt | sed -n 2p)
sqlite3 "$out/gangmu.db" "UPDATE measures SET text = replace(text, '的', '之')"
by_hand 'a database changed by hand' "$second"
run -o "$out" "$docs"
cp -p "$out/gangmu.db" "$tmp/copy.db"
mv "$tmp/copy.db" "$out/gangmu.db"
by_hand 'another file in its place' "$second"
run -o "$out" "$docs"
sqlite3 "$out/gangmu.db" "SELECT count(*) FROM plans" >/dev/null
touch "$out/gangmu.db-journal" "$out/gangmu.db-wal"
sed -i 's/2028年/2027年/' "$docs/$first"
sed -i 's/2025年/2026年/' "$docs/$second"
run -o "$out" "$docs"
is "$(said | cut -d, -f1)" '1 compiled' 'a database that was only read is used'
scratch 'a database that was only read' "$docs"
sed -i 's/2026年/2025年/' "$docs/$second"
run -o "$out" "$docs"

# == what is a document ==
mkdir -p "$tmp/tree/b/.hidden" "$tmp/tree/a"
plan 忠县 甲 >"$tmp/tree/b/2.TXT"
plan 垫江县 乙 >"$tmp/tree/b/1.txt"
plan 城口县 丙 >"$tmp/tree/a/no suffix"
plan 开州区 丁 >"$tmp/tree/z.txt"
cp "$tmp/tree/z.txt" "$tmp/tree/b/.hidden/x.txt"
cp "$tmp/tree/z.txt" "$tmp/tree/.x.txt"
for s in csv tsv md json xml db; do cp "$tmp/tree/z.txt" "$tmp/tree/z.$s"; done
ln -s ../tree "$tmp/tree/loop"
ln -s b/1.txt "$tmp/tree/link.txt"
run -o "$tmp/tree" "$tmp/tree" "$tmp/tree/z.txt" "$tmp/tree/../tree/b"
is "$? $(cut -d, -f2 "$tmp/tree/csv/plans.csv" | tail -n +2 | tr '\n' ' ')" '0 a/no suffix b/1.txt b/2.TXT z.txt ' \
    'documents in byte order, each once, no hidden ones, no other suffixes'
run -o "$tmp/tree" "$tmp/tree"
is "$? $(said | sed 's/, [0-9.]* s$//')" '0 0 compiled, 4 unchanged, 0 removed' 'results beside the documents are no documents'
plan 忠县 甲 | gm -o "$tmp/stdin" - >/dev/null 2>&1
is "$? $(ids "$tmp/stdin")" '0 500233-eco-14 ' 'a document from standard input'

# == bad input ==
rm -rf "$out"
run -o "$out" "$docs"
good=$(results "$out" | grep -v report)
mkdir "$tmp/none"
run -o "$tmp/no" "$tmp/none"
is "$? $([ -e "$tmp/no" ] && echo made)" '2 ' 'a directory without documents'
run -o "$tmp/no"
is $? 2 'no path at all'
run -o "$out" "$tmp/is-not-there.txt"
is "$? $(codes)" '2 unreadable ' 'a file that is not there'
is "$(results "$out" | grep -v report)" "$good" 'when nothing can be compiled, old results stay'
: >"$docs/empty.txt"
{ printf '\1\2\3'; head -c 5000 /dev/zero; } >"$docs/program.txt"
printf 'PK\003\004\024\0\0\0' >"$docs/word.docx"
head -c 3000000 /dev/zero | tr '\0' x >"$docs/large.txt"
ln -s nowhere "$docs/dangling.txt"
run -o "$out" --max-size 2M "$docs"
is "$? $(codes)" '2 binary empty no-reader too-large unreadable ' 'broken files among good ones: each is told'
is "$(results "$out" | grep -v report)" "$good" 'the good ones are compiled'
like "$(cat "$tmp/err")" "$docs/empty.txt: error: " 'an error names the file'
like "$(cat "$tmp/err")" "$docs/word.docx: warning: " 'a file in a directory that nothing reads is a warning'
is "$(grep -c '\[empty\]\|\[binary\]\|\[no-reader\]\|\[too-large\]\|\[unreadable\]' "$out/report.txt")" 5 'all stand in the report'
run -o "$out" --max-size 2M "$docs"
is "$? $(said | cut -d, -f1) $(codes)" '2 0 compiled binary empty no-reader too-large unreadable ' 'they are told again when nothing changed'
run -o "$tmp/large" --max-size 3M "$docs/large.txt"
is $? 0 'the limit can be raised'
rm "$docs/empty.txt" "$docs/program.txt" "$docs/large.txt" "$docs/dangling.txt"
run -o "$out" "$docs"
is $? 0 'a file in a directory that nothing reads does not change the status'
run -o "$tmp/named" "$docs/word.docx" "$docs/$first"
is "$? $(codes)" '2 no-reader ' 'but it does when named'
rm "$docs/word.docx"
echo '这不是规划。' >"$tmp/plain.txt"
run -o "$tmp/plain" "$tmp/plain.txt"
is "$? $(grep -c no-outline "$tmp/err")" '0 1' 'a text that is no plan is compiled, with a warning'
for bad in '-j 0' '-j x' '--only' '--only html' '--max-size 0' '--timeout x' '--nonsense'; do
    # shellcheck disable=SC2086
    run -o "$tmp/no" $bad "$docs"
    is "$? $([ -e "$tmp/no" ] && echo made)" '2 ' "used wrongly: $bad"
done
plan 忠县 甲 >"$tmp/file"
run -o "$tmp/file" "$docs"
is $? 2 'results cannot be written into a file'
mkfifo "$tmp/never.txt"

# == a document that brings its worker down ==
sleep_until() { for _ in $(seq 200); do "$@" && return; sleep 0.02; done; false; }
workers() { tr ' ' '\n' <"/proc/$1/task/$1/children" >"$tmp/workers" && [ -s "$tmp/workers" ]; }
run -o "$out" --timeout 0.3 "$docs" "$tmp/never.txt"
is "$? $(codes)" '2 crashed ' 'a document over the time limit'
like "$(cat "$tmp/err")" 'timeout 300 ms' 'the limit is named'
is "$(results "$out" | grep -v report)" "$good" 'the others are compiled'
"$GANGMU" build -o "$out" -j 1 "$tmp/never.txt" "$docs" >/dev/null 2>"$tmp/err" &
sleep_until workers $!
kill -SEGV "$(head -n 1 "$tmp/workers")"
wait $!
is "$? $(codes)" '2 crashed ' 'a worker that crashes'
like "$(cat "$tmp/err")" 'SIGSEGV' 'the signal is named'
is "$(results "$out" | grep -v report)" "$good" 'the others are compiled by a new worker'

# == interruptions ==
rm -rf "$out"
run -o "$out" "$docs"
good=$(results "$out")
plan 南川区 甲 >"$docs/a new one.txt"
plainly() { # a script's background jobs ignore SIGINT: this one does not
    exec /usr/bin/python3 -c 'import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])' "$@"
}
begin() { # starts a build that cannot end by itself and waits until it is at work
    plainly "$GANGMU" build -o "$out" -j 2 "$docs" "$tmp/never.txt" >/dev/null 2>"$tmp/err" &
    sleep_until test -e "$out/.gangmu/stage/xml/500119-eco-14.xml"
}
for signal in TERM INT HUP; do
    begin
    kill -$signal $!
    wait $! 2>/dev/null
    is "$?" $((128 + $(kill -l $signal))) "SIG$signal ends the build"
    is "$(results "$out")" "$good" "SIG$signal leaves the old results"
    is "$(ls -A "$out/.gangmu" | tr '\n' ' ')" 'diagnostics lock manifest ' "SIG$signal leaves nothing behind"
done
begin
run -o "$out" "$docs"
is $? 2 'two builds at once are refused'
like "$(cat "$tmp/err")" 'another build' 'and it is said why'
workers $!
kill -KILL $!
wait $! 2>/dev/null
is "$(results "$out")" "$good" 'kill -9 leaves the old results'
gone() { ! xargs kill -0 <"$tmp/workers" 2>/dev/null; }
ok 'no worker outlives its parent' sleep_until gone
run -o "$out" "$docs"
is "$? $(ls -A "$out/.gangmu" | tr '\n' ' ')" '0 diagnostics lock manifest ' 'the next build cleans up'
scratch 'after kill -9' "$docs"
# killed while results were being put in place: what a finished stage holds, half of it moved
rm -rf "$tmp/old" && cp -a "$out" "$tmp/old"
rm "$docs/a new one.txt"
sed -i 's/2027年/2028年/' "$docs/$first"
run -o "$out" "$docs"
new=$(results "$out")
commit=$tmp/old/.gangmu/commit
mkdir -p "$commit/csv"
cp -a "$out/xml" "$out/gangmu.db" "$out/report.txt" "$out/.gangmu/diagnostics" "$out/.gangmu/manifest" "$commit"
cp -a "$out/csv/plans.csv" "$tmp/old/csv"
find "$out/csv" -type f -name '[!p]*' -exec cp -a {} "$commit/csv" \;
echo 500119-eco-14.xml >"$commit/gone"
run -o "$tmp/old" "$docs"
is "$? $(said | cut -d, -f1)" '0 0 compiled' 'a commit cut short is completed by the next build'
is "$(results "$tmp/old")" "$new" 'with the new results whole'

# == no room ==
plan 南川区 甲 >"$docs/a new one.txt"
full() { # DESCRIPTION COMMAND...: the build fails, says why, and leaves the old results
    local what=$1
    shift
    "$@" >/dev/null 2>"$tmp/err"
    is $? 2 "$what: status 2"
    like "$(cat "$tmp/err")" 'given up.*(too large|No space|full|disk I/O)' "$what: the reason is said"
    is "$(results "$out")" "$new" "$what: old results stay"
    is "$(ls -A "$out/.gangmu" | tr '\n' ' ')" 'diagnostics lock manifest ' "$what: nothing is left behind"
}
limited() { (ulimit -f "$1"; shift; "$GANGMU" --lang en build "$@"); }
full 'no room for XML' limited 4 -o "$out" "$docs"
full 'no room for tables' limited 100 -o "$out" --only csv "$docs"
full 'no room for the database' limited 100 -o "$out" --only db "$docs"
if [ "$(id -u)" -eq 0 ] && mkdir "$tmp/small" && mount -t tmpfs -o "size=$(du -sk "$out" | awk '{print int($1 * 1.6)}')k" tmpfs "$tmp/small" 2>/dev/null; then
    trap 'umount "$tmp/small"; rm -rf "$tmp"' EXIT
    cp -a "$out" "$tmp/small/out"
    kept=$out
    out=$tmp/small/out
    full 'a full disk' gm -o "$out" -j 2 "$docs" corpus
    out=$kept
fi

# == the sanitised program ==
: >"$docs/empty.txt"
"$GANGMU_SAN" build -o "$tmp/san" -j 2 "$docs" "$docs/nowhere.txt" >"$tmp/said" 2>"$tmp/err"
is "$? $(codes)" '2 empty unreadable ' 'the sanitised program finds nothing amiss'
is "$(grep -c 'runtime error\|Sanitizer' "$tmp/err")" 0 'and says nothing of its own'
gm -o "$tmp/plainly" "$docs" "$docs/nowhere.txt" >/dev/null 2>&1
is "$(results "$tmp/san")" "$(results "$tmp/plainly")" 'and gives the same bytes'
plan 南川区 乙 >"$docs/a new one.txt"
"$GANGMU_SAN" build -o "$tmp/san" -j 1 "$docs" >/dev/null 2>"$tmp/err"
"$GANGMU_SAN" build -o "$tmp/san" --only xml "$docs" >/dev/null 2>>"$tmp/err"
is "$(grep -c 'runtime error\|Sanitizer' "$tmp/err")" 0 'nor in the next builds'

done_testing
