#!/usr/bin/env bash
# The report of lengths counts right on a made-up file with everything that misleads a scanner.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

cat >"$tmp/a.c" <<'C'
#include "a.h"
/* int comment(void) { */
// int line(void) { \
   still a comment {
#define OPEN(x) do { \
        f(x); {
static const struct row table[] = {
    { "}", '{', (struct cell){ 1 } },
};
static const struct cell one = (struct cell){ 1 };
struct cell { int a; };
int declared(int a, int (*call)(void));

int one_line(void) { return '"'; }

static int
three(int (*call)(struct cell *), const char *s)
{ return call(0) + (s[0] == '{'); }

__attribute__((noreturn)) void six(void)
{
    const char *s = "} // /* \" {";
    for (;;) {
        s++; } /* } */
}
#ifdef X
void branch(int a) {
#else
void branch(long a) {
#endif
    if (a) { a = 0; }
}
C
{
    echo 'void long_one(void)'
    echo '{'
    for i in $(seq 98); do echo "    f($i);"; done
    echo '}'
} >"$tmp/b.c"
seq 101 | sed 's/^/int a/; s/$/;/' >"$tmp/a.h"

names=$(/usr/bin/python3 -c '
import sys
sys.path.insert(0, "tests"); sys.dont_write_bytecode = True
import metrics
for f in metrics.functions(open(sys.argv[1]).read()): print(*f)' "$tmp/a.c")
is "$names" 'one_line 14 1
three 17 2
six 20 6
branch 27 6' 'functions are found, and nothing else'

out=$(/usr/bin/python3 tests/metrics.py "$tmp")
like "$out" 'functions: 5' 'functions are counted'
like "$out" 'ok 中位数 median +6 ' 'the median'
like "$out" '!! 九成以内 90 % +101 ' 'the 90th percentile'
like "$out" '!! 最长 longest +101 ' 'the longest'
like "$out" "101  long_one  $tmp/b.c:1" 'the function over the budget is named'
like "$out" "outside 100–600 行: 1.* 32  $tmp/a.c" 'the short file is named'
like "$out" "over 100 行: 1.* 101  $tmp/a.h" 'the long header is named'

done_testing
