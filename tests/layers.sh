#!/usr/bin/env bash
# layers.sh [DIR]: proves who includes whom in the C sources below DIR (default extractor).
# Prints `file:line: fault` for each include against the rules and ends with 1 when there is one.
set -u

# --- the rules -----------------------------------------------------------------------------------
# folder: the folders whose headers it may include. Files straight in DIR (main.c, cmd_*.c, compile.c)
# may include all of them; no folder may include headers that lie straight in DIR.
layers='
base:    base
model:   base model
read:    base model read
parse:   base model read parse
extract: base model read parse extract
review:  base model read parse extract review
write:   base model review write
'
# Only these files may include from read, parse and extract together.
whole='compile.c cmd_*.c'
# An extractor is one family of files (indicator.c, indicator_value.c …) and includes, of extract/, its own
# headers and these; the registry extract.c includes them all.
extract_shared='words.h quantity.h horizon.h extract.h'
# A third-party header is included by one .c file in all, and never by a header; these have a fixed place,
# some two: one that writes and one that reads.
owners='
unicode/:base/text.c base/decode.c
pcre2.h:base/regex.c
sqlite3.h:write/sqlite.c write/sqlite_read.c write/store.c
'
# What is not third-party: C11, POSIX and compiler headers.
system='assert.h complex.h ctype.h dirent.h dlfcn.h errno.h fcntl.h fenv.h float.h fnmatch.h ftw.h getopt.h
glob.h immintrin.h emmintrin.h arm_neon.h inttypes.h iso646.h langinfo.h libgen.h limits.h locale.h math.h poll.h
pthread.h regex.h sched.h setjmp.h signal.h spawn.h stdalign.h stdarg.h stdatomic.h stdbool.h stddef.h stdint.h
stdio.h stdlib.h stdnoreturn.h string.h strings.h sys/ tgmath.h threads.h time.h uchar.h unistd.h utime.h wchar.h wctype.h'
# -------------------------------------------------------------------------------------------------

cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../extractor}" || exit 2
mapfile -t files < <(find . -name '*.[ch]' -printf '%P\n' | LC_ALL=C sort)
[ ${#files[@]} -gt 0 ] || { echo 'layers.sh: no C files' >&2; exit 2; }

LAYERS=$layers WHOLE=$whole SHARED=$extract_shared OWNERS=$owners SYSTEM=$system FILES="${files[*]}" awk '
function dir(path) { return match(path, /\//) ? substr(path, 1, RSTART - 1) : "" }
function last(path) { sub(/.*\//, "", path); return path }
function family(path) { path = last(path); sub(/[._].*/, "", path); return path }
function fault(text) { print FILENAME ":" FNR ": " text; faults++ }
function system_header(h,    i) {
    for (i in is_system) if (h == i || (i ~ /\/$/ && index(h, i) == 1)) return 1
    return 0
}
BEGIN {
    n = split(ENVIRON["LAYERS"], line, "\n")
    for (i = 1; i <= n; i++) {
        m = split(line[i], word, /[: ]+/)
        if (m < 2) continue
        known[word[1]] = 1
        for (k = 2; k <= m; k++) may[word[1], word[k]] = 1
    }
    n = split(ENVIRON["SYSTEM"], word, /[ \n]+/); for (i = 1; i <= n; i++) is_system[word[i]] = 1
    n = split(ENVIRON["SHARED"], word, " "); for (i = 1; i <= n; i++) shared[word[i]] = 1
    n = split(ENVIRON["FILES"], word, " "); for (i = 1; i <= n; i++) exists[word[i]] = 1
    whole = ENVIRON["WHOLE"]; gsub(/\./, "\\.", whole); gsub(/\*/, ".*", whole); gsub(/ /, "|", whole)
    n = split(ENVIRON["OWNERS"], line, "\n")
    for (i = 1; i <= n; i++) if (split(line[i], word, ":") == 2) owner[word[1]] = word[2]
}
FNR == 1 {
    from = dir(FILENAME)
    if (from != "" && !(from in known)) fault("folder " from "/ has no rule")
    split("", met)
}
!/^[ \t]*#[ \t]*include[ \t]*[<"]/ { next }
{
    header = $0
    sub(/^[^<"]*[<"]/, "", header); sub(/[>"].*/, "", header)
}
/^[^"]*</ {
    if (system_header(header)) next
    if (FILENAME ~ /\.h$/) fault("<" header "> in a header")
    for (o in owner)
        if (index(header, o) == 1) {
            shared_by_rule = index(owner[o], " ") > 0
            if (index(" " owner[o] " ", " " FILENAME " ") == 0) fault("<" header "> belongs in " owner[o])
            if (shared_by_rule) next
        }
    if (header in user && user[header] != FILENAME) fault("<" header "> is in " user[header] " already")
    user[header] = FILENAME
    next
}
{
    if (header ~ /^\.\.?\//) { fault("\"" header "\": name it from the top, not relative"); next }
    if (header !~ /\// && from != "" && ((from "/" header) in exists || header ~ /\.def$/)) header = from "/" header
    if (header ~ /\.h$/ && !(header in exists)) { fault("\"" header "\" is not there"); next }
    to = dir(header)
    if (from == "") {
        met[to] = 1
    } else {
        if (to == "") fault(from "/ includes \"" header "\" of the program")
        else if (!((from, to) in may)) fault(from "/ includes " to "/: \"" header "\"")
        met[from] = met[to] = 1
    }
    if (("read" in met) && ("parse" in met) && ("extract" in met) && FILENAME !~ ("^(" whole ")$"))
        fault("read, parse and extract together: only " ENVIRON["WHOLE"])
    if (from == "extract" && to == "extract" && last(FILENAME) != "extract.c" &&
        family(header) != family(FILENAME) && !(last(header) in shared))
        fault("extractor includes another: \"" header "\"")
}
END { exit faults > 0 }' "${files[@]}"
