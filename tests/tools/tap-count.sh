#!/usr/bin/env bash
# tap-count.sh OPTIONAL PROVE_STATUS FILE.tap...: counts the points of kept TAP files.
# Last line "N passed, N failed". A skip that OPTIONAL does not list (test file, then words of its text)
# counts as failed; a missing or surplus point, a bad exit and a run without tests do too.
# A `not ok` marked TODO counts as neither.
optional=$1 status=$2
shift 2
awk -v status="$status" -v optional="$optional" '
function fail(why) { failed++; bad++; print "  " name ": " why }
function skip(text,    i) {
    for (i = 1; i <= allowed; i++)
        if (allow_file[i] == name && index(text, allow_text[i])) { skipped++; return }
    fail("跳过而未列入 skipped, not in " optional ": " text)
}
function close_file() {
    if (name == "") return
    if (plan < 0) fail("没有计划 no plan")
    else if (plan != points) fail("计划 planned " plan ", 实际 ran " points)
    if (exited != 0 && bad == 0) fail("退出码 exit status " exited)
}
BEGIN {
    while ((getline line < optional) > 0) {
        if (line ~ /^[ \t]*(#|$)/) continue
        at = match(line, /[ \t]+/)
        allow_file[++allowed] = substr(line, 1, at - 1)
        allow_text[allowed] = substr(line, at + RLENGTH)
    }
}
FNR == 1 {
    close_file()
    name = FILENAME; sub(/.*\//, "", name); sub(/\.tap$/, "", name)
    plan = -1; points = 0; bad = 0; exited = 0
}
{ low = tolower($0) }
/^1\.\.[0-9]+/ { plan = substr($1, 4) + 0; if (plan == 0 && low ~ /#[ \t]*skip/) skip($0) }
/^# exit [0-9]+$/ { exited = $3 }
/^Bail out!/ { fail($0) }
/^(not )?ok([ \t]|$)/ {
    points++
    if (low ~ /#[ \t]*skip/) skip($0)
    else if (/^ok/) passed++
    else if (low ~ /#[ \t]*todo/) todo++
    else fail($0)
}
END {
    close_file()
    if (status != 0 && failed == 0) { failed++; print "  prove: " status }
    if (passed + failed == 0) { failed++; print "  没有运行任何测试 no test ran" }
    if (skipped) print "  许可的跳过 allowed skips: " skipped
    if (todo) print "  待办 todo: " todo
    printf "%d passed, %d failed\n", passed, failed
    exit failed > 0
}' "$@" </dev/null
