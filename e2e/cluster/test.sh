#!/usr/bin/env bash
# Runs make's test verbs one after the other and leaves nothing running, also after a failure or Ctrl-C: test.sh VERB...
. "$(dirname "$0")/steps.sh"

# An engine that was there before stays.
engine_was_there() { docker info >/dev/null 2>&1; }
if engine_was_there; then STOP_ENGINE=false; else STOP_ENGINE=true; fi

leave_nothing() {
  local result=$?
  trap '' INT TERM
  "$HERE/cluster.sh" down || result=1
  if $STOP_ENGINE; then "$HERE/engine.sh" down || result=1; fi
  if [ $result = 0 ]; then say "all passed after $((SECONDS / 60)) min $((SECONDS % 60)) s: $*"; fi
  exit $result
}
trap 'leave_nothing "$@"' EXIT
trap 'exit 130' INT TERM

# The generator writes the model's sources anew in every run, and Maven would then compile and analyse all modules again. Nothing
# changes between the verbs of one run: after the first, only sources newer than their classes are compiled.
for verb in "$@"; do
  say "make $verb"
  "${MAKE:-make}" -C "$HERE/../.." --no-print-directory "$verb"
  export MAVEN_ARGS=-Dmaven.compiler.useIncrementalCompilation=false
done
