#!/usr/bin/env bash
# A thousand agents against one API server and one control plane, in a cluster of its own that goes at the end: make bench-scale.
# SCALE_AGENTS=1000 SCALE_REST_MINUTES=10 SCALE_OUTAGE_SECONDS=120; SCALE_KEEP=1 leaves the cluster.
. "$(dirname "$0")/../cluster/steps.sh"

SCALE=$HERE/../scale
export CLUSTER_NAME=${SCALE_CLUSTER_NAME:-plexd-scale}
export SCALE_DIRECTORY=$SCALE/target/scale SCALE_AGENTS=${SCALE_AGENTS:-1000}
PATH=$CACHE/bin:$PATH
kwok_pid=''

finish() {
  [ -z "$kwok_pid" ] || kill "$kwok_pid" 2>/dev/null || true
  # A quarter of a GiB: the thousand data directories.
  rm -rf "$SCALE_DIRECTORY/n"
  [ -n "${SCALE_KEEP:-}" ] || "$HERE/cluster.sh" down
}

# Each agent watches its hooks directory, and has connections to the API server and the control plane.
limits() {
  local setting=/proc/sys/fs/inotify/max_user_instances watchers=$((SCALE_AGENTS + 1024)) files=$((SCALE_AGENTS * 17)) limit
  if [ "$(cat $setting)" -lt $watchers ]; then
    { echo $watchers >$setting; } 2>/dev/null ||
      die "fs.inotify.max_user_instances is $(cat $setting), $SCALE_AGENTS agents need $watchers: sudo sysctl fs.inotify.max_user_instances=$watchers"
  fi
  limit=$(ulimit -Hn)
  [ "$limit" = unlimited ] || [ "$limit" -ge $files ] ||
    die "open files: the limit is $limit, $SCALE_AGENTS agents need $files: ulimit -Hn $files, or fewer agents with SCALE_AGENTS"
}

# A bundle that is not complete yet answers with an error: the kinds come with the CRDs.
apply() {
  kustomize build "$SCALE" >"$SCALE_DIRECTORY/bundle.yaml"
  kubectl apply --server-side -f "$SCALE_DIRECTORY/bundle.yaml" >/dev/null
}

limits
"$HERE/tools.sh" kustomize kwok >/dev/null
"$HERE/cluster.sh" up
trap finish EXIT
KUBECONFIG=$("$HERE/cluster.sh" kubeconfig)
export KUBECONFIG
rm -rf "$SCALE_DIRECTORY"
mkdir -p "$SCALE_DIRECTORY"
step "apply the bundle" wait_for 60 apply
kwok --kubeconfig "$KUBECONFIG" --config "$SCALE/kwok.yaml" >"$SCALE_DIRECTORY/kwok.log" 2>&1 &
kwok_pid=$!
sleep 2
kill -0 "$kwok_pid" 2>/dev/null || die "kwok ended: $(tail -n 1 "$SCALE_DIRECTORY/kwok.log")"
"$JAVA_HOME/bin/java" -Xmx6g -Xss256k -XX:+UseParallelGC -cp "$SCALE/target/classes:$(<"$SCALE/target/classpath")" \
  io.nodeplane.scale.Scale
