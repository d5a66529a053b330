#!/usr/bin/env bash
# The kind cluster CLUSTER_NAME with its own kubeconfig: cluster.sh up|down|load IMAGE...|kubeconfig|diagnose|forget
. "$(dirname "$0")/steps.sh"
. "$HERE/node-image/network.sh"

NAME=${CLUSTER_NAME:-plexd-e2e}
CHECKOUT=$(cd "$HERE/../.." && pwd)
STATE=$CACHE/clusters/$NAME
export KUBECONFIG=$STATE/kubeconfig
PATH=$CACHE/bin:$PATH

# Two checkouts may share a machine but not a cluster; a checkout that is gone cannot clean up any more.
refuse_foreign() {
  local owner
  owner=$(cat "$STATE/owner" 2>/dev/null) || return 0
  [ "$owner" = "$CHECKOUT" ] || [ ! -d "$owner" ] ||
    die "the cluster $NAME belongs to the checkout $owner. Set CLUSTER_NAME to another name, or run 'make cluster-down CLUSTER_NAME=$NAME' there"
}

exists() { docker ps -aq --filter "label=io.x-k8s.kind.cluster=$NAME" | grep -q .; }

create() {
  local image=$1 without_cni=false
  [[ $image != nodeplane/* ]] || without_cni=true
  sed -e "s|AUDIT_POLICY|$STATE/audit-policy.yaml|" -e "s|WITHOUT_CNI|$without_cni|" "$HERE/kind.yaml" >"$STATE/kind.yaml"
  cp "$HERE/audit-policy.yaml" "$STATE/"
  step "create the cluster $NAME from $image" kind create cluster --name "$NAME" --image "$image" --config "$STATE/kind.yaml"
  [ $without_cni = false ] || step "connect the pods of the nodes" pod_network
}

in_one_line() { paste -sd, | sed 's/,/, /g'; }

three_nodes_ready() {
  local nodes
  nodes=$(kubectl get nodes --no-headers 2>/dev/null | awk '{print $1, $2}' | in_one_line)
  echo "${nodes:-no node yet}"
  [ "$(grep -o ' Ready' <<<"$nodes" | wc -l)" = 3 ]
}

name_service_ready() {
  local pods
  pods=$(kubectl -n kube-system get pods -l k8s-app=kube-dns --no-headers 2>/dev/null | awk '{print $2, $3}' | in_one_line)
  echo "name service: ${pods:-no pod yet}"
  kubectl -n kube-system rollout status deployment/coredns --watch=false 2>/dev/null | grep -q 'successfully rolled out'
}

# What a cluster does that does not come up.
diagnostics() {
  kubectl get nodes,pods -A -o wide
  kubectl get events -A --field-selector type=Warning --sort-by=.lastTimestamp 2>&1 | tail -n 20
  kubectl -n kube-system logs -l k8s-app=kube-dns --tail=10 --prefix
  echo "to try again: make cluster-up; on a busy machine with less beside it"
}

# Not kind's own wait: it shows nothing, and knows the first node only.
wait_until_ready() {
  demand 180 "not all nodes are ready" three_nodes_ready
  demand 300 "the cluster's name service is not ready" name_service_ready
}

up() {
  local image
  refuse_foreign
  "$HERE/engine.sh" up
  "$HERE/tools.sh" kind kubectl >/dev/null
  image=$("$HERE/images.sh" node)
  remove
  mkdir -p "$STATE"
  echo "$CHECKOUT" >"$STATE/owner"
  create "$image"
  wait_until_ready
  say "the cluster $NAME is up: export KUBECONFIG=$KUBECONFIG"
}

# Also what an interrupted run left: kind finds the nodes by their label, whatever state they are in.
remove() {
  if exists; then
    step "delete the cluster $NAME" kind delete cluster --name "$NAME"
  fi
  rm -rf "$STATE"
}

down() {
  refuse_foreign
  docker info >/dev/null 2>&1 || { rm -rf "$STATE"; return; }
  remove
  # The network is one for all kind clusters: it goes with the last.
  docker network rm kind >/dev/null 2>&1 || true
}

# For an engine that has just begun: nobody works in the clusters that an earlier one left, whosever they are. Without kind, which may not
# be there yet.
forget() {
  local state nodes
  for state in "$CACHE"/clusters/*/; do
    [ -d "$state" ] || continue
    NAME=$(basename "$state")
    mapfile -t nodes < <(docker ps -aq --filter "label=io.x-k8s.kind.cluster=$NAME")
    [ ${#nodes[@]} = 0 ] || step "remove the cluster $NAME, whose engine has ended" docker rm -fv "${nodes[@]}"
    rm -rf "$state"
  done
}

load() {
  [ $# -gt 0 ] || die "usage: cluster.sh load IMAGE..."
  refuse_foreign
  step "load $* into $NAME" kind load docker-image --name "$NAME" "$@"
}

kubeconfig() {
  [ -s "$KUBECONFIG" ] || die "there is no cluster $NAME: make cluster-up"
  echo "$KUBECONFIG"
}

# The table of diagnostics that the seed gives for a failed run.
diagnose() {
  local namespace=${1:-plexd-e2e} command
  for command in "get pods -o wide" "describe daemonset/plexd" \
    "logs -l app.kubernetes.io/name=plexd --tail=50 --prefix" "logs -l app.kubernetes.io/name=mock-api --tail=50 --prefix"; do
    echo "--- kubectl -n $namespace $command"
    # shellcheck disable=SC2086 # the command is several words
    kubectl -n "$namespace" $command 2>&1 || true
  done
}

mkdir -p "$CACHE/locks"
exec 9>"$CACHE/locks/cluster-$NAME"
# Who makes a cluster starts the engine, which then forgets: the lock is held already.
[ "${1:-}" = forget ] || flock 9
case ${1:-} in
  up | down | load | kubeconfig | diagnose | forget) "$@" ;;
  *) die "usage: cluster.sh up|down|load IMAGE...|kubeconfig|diagnose [NAMESPACE]|forget" ;;
esac
