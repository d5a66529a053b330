#!/usr/bin/env bash
# The demo: a cluster with an agent on every node and a mock control plane, what it shows, and how to look further. demo.sh up
. "$(dirname "$0")/cluster/steps.sh"
[ "${1:-}" = up ] || die "usage: demo.sh up"

NAMESPACE=plexd-e2e
ROOT=$(cd "$HERE/../.." && pwd)
export CLUSTER_NAME=${CLUSTER_NAME:-plexd-demo}
PATH=$CACHE/bin:$PATH

k() { kubectl -n "$NAMESPACE" "$@"; }
# Through the API server's proxy: no port has to be free on this machine.
mock() { kubectl get --raw "/api/v1/namespaces/$NAMESPACE/services/mock-api:8080/proxy$1"; }

counters() {
  mock /test/assertions | tr -d '{} \n"' | tr , '\n' |
    grep -E '^(registration|heartbeat|state|capabilities|drift|metrics|logs|audit|local_[a-z]+)_count:'
}

# Shows each counter as it moves; all of the seed's eleven must have moved.
wait_for_counters() {
  local started=$SECONDS now shown=
  while [ $((SECONDS - started)) -lt 120 ]; do
    now=$(counters 2>/dev/null | sed 's/_count:/=/' | paste -sd' ') || true
    [ "$now" = "$shown" ] || say "${now:-the mock control plane does not answer yet}"
    shown=$now
    if [ -n "$now" ] && ! grep -qE '=0( |$)' <<<"$now"; then return; fi
    sleep 2
  done
  "$HERE/cluster.sh" diagnose "$NAMESPACE" >&2
  die "not all counters moved within 120 s: see the diagnostics above"
}

# One state object per node: the agents write theirs a little after they have registered.
wait_for_states() {
  local started=$SECONDS nodes states shown=
  nodes=$(kubectl get nodes --no-headers | wc -l)
  while [ $((SECONDS - started)) -lt 120 ]; do
    states=$(k get plexdnodestates --no-headers 2>/dev/null | wc -l) || true
    [ "$states" = "$shown" ] || say "$states of $nodes nodes have their PlexdNodeState"
    shown=$states
    if [ "$states" = "$nodes" ]; then return; fi
    sleep 2
  done
  "$HERE/cluster.sh" diagnose "$NAMESPACE" >&2
  die "not every node has its PlexdNodeState after 120 s: see the diagnostics above"
}

show() {
  printf '\nNodes of the cluster:\n'
  kubectl get nodes
  printf '\nTheir states, as the agents keep them (kubectl get pns):\n'
  k get plexdnodestates -L plexd.plexsphere.com/node-name
  printf '\nWhat one agent says of itself (plexd status):\n'
  k exec daemonset/plexd -- plexd status
  printf '\nWhat the control plane counted:\n'
  counters | sed 's/^/  /; s/:/ /' | column -t
  cat <<TEXT

Look further:
  export KUBECONFIG=$("$HERE/cluster.sh" kubeconfig)
  kubectl -n $NAMESPACE get pods -o wide
  kubectl -n $NAMESPACE get pns -o yaml
  kubectl -n $NAMESPACE logs daemonset/plexd
  kubectl -n $NAMESPACE port-forward service/mock-api 18080:8080   # then http://localhost:18080/test/assertions
Stop:
  make demo-down
TEXT
}

# The images first: a cluster that runs beside their build takes the processors from it, and the other way round.
"$HERE/preflight.sh" cluster
"${MAKE:-make}" -C "$ROOT" --no-print-directory image
"$HERE/cluster.sh" up
KUBECONFIG=$("$HERE/cluster.sh" kubeconfig)
export KUBECONFIG
"$HERE/cluster.sh" load plexd:e2e mockapi:e2e
step "apply kustomize/e2e" kubectl apply --server-side -k "$ROOT/kustomize/e2e"
say "wait for the mock control plane and the agents"
k rollout status deployment/mock-api --timeout=60s >&2
k rollout status daemonset/plexd --timeout="${TIMEOUT:-120s}" >&2
wait_for_counters
wait_for_states
show
