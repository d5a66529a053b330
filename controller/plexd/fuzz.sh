#!/usr/bin/env bash
# Fuzzes every target for FUZZ_SECONDS each, and ends with an error when one of them finds something. A finding is kept under
# src/test/fuzz/<target>/, where the unit tests take it up (FuzzSeedsTest). What a run learned stays in target/fuzz/.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${FUZZ_SECONDS:-60}
java="$JAVA_HOME/bin/java"
class_path="target/test-classes:target/classes:$(<target/fuzz-classpath)"

failed=()
for pair in config:ConfigTarget stream:StreamTarget audit:AuditTarget canonical:CanonicalTarget state:StateTarget; do
  target=${pair%%:*}
  mkdir -p "target/fuzz/$target"
  log="target/fuzz/$target.log"
  # The heap's limit is the agent's; libFuzzer's own lives outside it.
  if "$java" -XX:+UseSerialGC -Xmx512m -XX:+EnableDynamicAgentLoading --enable-native-access=ALL-UNNAMED \
      --sun-misc-unsafe-memory-access=allow -cp "$class_path" com.code_intelligence.jazzer.Jazzer \
      --target_class="io.nodeplane.plexd.hostile.${pair##*:}" --instrumentation_includes='io.nodeplane.**:com.fasterxml.jackson.**' \
      --reproducer_path=target/fuzz "-artifact_prefix=src/test/fuzz/$target/" \
      -max_total_time="$seconds" -timeout=10 -max_len=4096 -print_final_stats=1 \
      "target/fuzz/$target" "src/test/fuzz/$target" >"$log" 2>&1; then
    result="nothing found"
  else
    result="FOUND SOMETHING: see controller/plexd/$log"
    failed+=("$target")
  fi
  printf '%-10s %8s executions, %5s features  %s\n' "$target" \
    "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" \
    "$(sed -n 's/.* ft: \([0-9]*\).*/\1/p' "$log" | tail -1)" "$result"
done
[ ${#failed[@]} -eq 0 ]
