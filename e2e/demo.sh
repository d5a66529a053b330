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

# All of the seed's eleven must have moved.
all_counters_moved() {
  local now
  now=$(counters 2>/dev/null | sed 's/_count:/=/' | paste -sd' ')
  echo "${now:-the mock control plane does not answer yet}"
  [ -n "$now" ] && ! grep -qE '=0( |$)' <<<"$now"
}

# every_node_has_its_state NODES: the agents write theirs a little after they have registered.
every_node_has_its_state() {
  local states
  states=$(k get plexdnodestates --no-headers 2>/dev/null | wc -l)
  echo "$states of $1 nodes have their PlexdNodeState"
  [ "$states" = "$1" ]
}

diagnostics() { "$HERE/cluster.sh" diagnose "$NAMESPACE"; }

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
  kubectl -n $NAMESPACE port-forward service/mock-api 18080:8080
    then open http://localhost:18080/ : the nodes, what they send, faults to switch on
Stop:
  make demo-down
TEXT
}

"$HERE/cluster.sh" up
KUBECONFIG=$("$HERE/cluster.sh" kubeconfig)
export KUBECONFIG
"$HERE/cluster.sh" load plexd:e2e mockapi:e2e
step "apply kustomize/e2e" kubectl apply --server-side -k "$ROOT/kustomize/e2e"
say "wait for the mock control plane and the agents"
k rollout status deployment/mock-api --timeout="${TIMEOUT:-120s}" >&2
k rollout status daemonset/plexd --timeout="${TIMEOUT:-120s}" >&2
demand 120 "not all counters moved" all_counters_moved
nodes=$(kubectl get nodes --no-headers | wc -l)
demand 120 "not every node has its PlexdNodeState" every_node_has_its_state "$nodes"
show
