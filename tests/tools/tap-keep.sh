#!/usr/bin/env bash
# tap-keep.sh TEST: runs one test for prove and keeps what it prints in build/test/<name>.tap.
out=build/test/$(basename "$1").tap
timeout "${TEST_TIMEOUT:-900}" "$1" </dev/null | tee "$out"
status=${PIPESTATUS[0]}
echo "# exit $status" >>"$out"
exit "$status"
