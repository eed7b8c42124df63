#!/usr/bin/env bash
# The count of passed and failed points sees everything that can go wrong with a test.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
echo 'a.t	no tool' >"$tmp/optional"

counts() { # EXPECTED DESCRIPTION PROVE_STATUS LINE...: the last line of the count over a.t.tap, and its exit status
    local expected=$1 what=$2 status=$3 out
    shift 3
    printf '%s\n' "$@" >"$tmp/a.t.tap"
    out=$(tests/tools/tap-count.sh "$tmp/optional" "$status" "$tmp/a.t.tap")
    is "$? $(tail -n 1 <<<"$out")" "$expected" "$what"
}

counts '0 2 passed, 0 failed' 'all passed' 0 '1..2' 'ok 1 - a' 'ok 2' '# exit 0'
counts '1 1 passed, 1 failed' 'one failed' 1 'ok 1' 'not ok 2 - b' '1..2' '# exit 1'
counts '1 1 passed, 1 failed' 'died before its plan' 1 'ok 1' '# exit 0'
counts '1 1 passed, 1 failed' 'fewer points than planned' 1 '1..2' 'ok 1' '# exit 0'
counts '1 1 passed, 1 failed' 'all points passed, bad exit' 1 'ok 1' '1..1' '# exit 99'
counts '1 1 passed, 1 failed' 'prove saw something else' 1 'ok 1' '1..1' '# exit 0'
counts '0 1 passed, 0 failed' 'a skip that is listed' 0 'ok 1' 'ok 2 - b # SKIP no tool here' '1..2' '# exit 0'
counts '1 1 passed, 1 failed' 'a skip that is not listed' 0 'ok 1' 'ok 2 - b # skip no time' '1..2' '# exit 0'
counts '1 0 passed, 1 failed' 'a whole file skipped' 0 '1..0 # SKIP no time' '# exit 0'
counts '0 1 passed, 0 failed' 'a todo that fails' 0 'ok 1' 'not ok 2 - b # TODO later' '1..2' '# exit 0'
counts '1 0 passed, 1 failed' 'no test ran' 0 '# exit 0'
counts '1 1 passed, 1 failed' 'bailed out' 1 'ok 1' 'Bail out! no disk' '1..1' '# exit 1'

out=$(tests/tools/tap-count.sh "$tmp/optional" 0 "$tmp/none.tap" 2>/dev/null)
ok 'no file at all is no success' test $? -ne 0

done_testing
