#!/usr/bin/env bash
# run.sh [--quick] [TEST...]: runs tests/*.t and the unit tests with prove, and closes with "N passed, N failed".
# Tests find GANGMU (release program), GANGMU_SAN (sanitised program) and TOP in the environment and run in TOP.
# What each test printed is kept in build/test/<name>.tap.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
TOP=$PWD

quick=no
[ "${1-}" = --quick ] && { quick=yes; shift; }
: "${GANGMU:=$TOP/gangmu}"
if [ $quick = yes ]; then GANGMU_SAN=$GANGMU; else : "${GANGMU_SAN:=$TOP/build/san/gangmu}"; fi
export TOP GANGMU GANGMU_SAN
export LC_ALL=C.UTF-8 TZ=UTC NO_COLOR=1 PERL_BADLANG=0
# a sanitiser's finding ends with a status that the program itself never uses
export ASAN_OPTIONS=detect_leaks=1:exitcode=99 LSAN_OPTIONS=exitcode=99 UBSAN_OPTIONS=print_stacktrace=1:exitcode=99

shopt -s nullglob
if [ $# -gt 0 ]; then
    tests=("$@")
else
    tests=()
    for t in tests/*.t; do
        [ $quick = yes ] && grep -q '^# slow' "$t" && continue
        tests+=("$t")
    done
    if [ $quick = no ]; then
        for t in build/san/unit_*; do
            case $t in *.*) ;; *) tests+=("$t") ;; esac
        done
    fi
fi

rm -rf build/test
mkdir -p build/test
prove --timer --jobs "${JOBS:-$(nproc)}" --exec tests/tools/tap-keep.sh "${tests[@]}"
status=$?
tests/tools/tap-count.sh tests/optional.txt "$status" build/test/*.tap
