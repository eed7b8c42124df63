#!/usr/bin/env bash
# slow
# The fuzz targets without the fuzzer, sanitised: what was found before, pieces of the corpus, and mutations of them.
. tests/tap.sh

tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
export GANGMU_GRAMMARS=grammars
mutations=3000

replay() { # TARGET FILE...: all of them go through, in pieces that a command line holds
    local target=$1
    shift
    printf '%s\0' "$@" | xargs -0 -n 500 timeout 300 "build/san/fuzz_$target" >/dev/null
}

shopt -s nullglob
targets=(tests/fuzz/*.c)
for source in "${targets[@]}"; do
    target=$(basename "$source" .c)
    [ "$target" = replay ] && continue
    kept=(tests/fuzz/corpus/"$target"/*)
    ok "$target: there is a kept corpus" test ${#kept[@]} -gt 0
    ok "$target: the kept corpus, ${#kept[@]} files" replay "$target" "${kept[@]}"
done

ok 'compile: the plans whole' replay compile corpus/*.txt
for f in corpus/*.txt; do
    split -b 2500 -a 3 "$f" "$tmp/$(basename "$f" .txt)-"
done
ok 'compile: pieces of the plans' replay compile "$tmp"/*
tests/tools/hostile.py mutate 1 $mutations "$tmp/m" corpus/*.txt tests/fuzz/corpus/compile/*
ok "compile: $mutations mutations of pieces" replay compile "$tmp"/m/*

done_testing
