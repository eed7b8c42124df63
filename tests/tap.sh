# TAP for the tests in bash: source it, call ok, is, like or skip, and end with done_testing.
tap_count=0
tap_failed=0

tap_point() { # RESULT DESCRIPTION
    tap_count=$((tap_count + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $tap_count - $2"
    else
        echo "not ok $tap_count - $2"
        tap_failed=$((tap_failed + 1))
    fi
    return "$1"
}

diag() { printf '%s\n' "$*" | sed 's/^/# /'; }

ok() { # DESCRIPTION COMMAND...: the command succeeds; what it prints is shown when it does not
    local what=$1 out
    shift
    if out=$("$@" 2>&1); then
        tap_point 0 "$what"
    else
        tap_point 1 "$what"
        diag "$out"
        return 1
    fi
}

is() { # GOT EXPECTED DESCRIPTION
    if [ "$1" = "$2" ]; then
        tap_point 0 "$3"
    else
        tap_point 1 "$3"
        diag "$(diff <(printf '%s\n' "$2") <(printf '%s\n' "$1") | head -n 20)"
        return 1
    fi
}

like() { # GOT REGEX DESCRIPTION
    if [[ $1 =~ $2 ]]; then
        tap_point 0 "$3"
    else
        tap_point 1 "$3"
        diag "no match for $2 in: $1"
        return 1
    fi
}

skip() { # DESCRIPTION REASON
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1 # SKIP $2"
}

done_testing() {
    echo "1..$tap_count"
    [ "$tap_failed" -eq 0 ]
    exit
}
