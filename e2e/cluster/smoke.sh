#!/usr/bin/env bash
# Proves that the cluster does what the tests stand on: names, pods across nodes, services, port-forward, exec, logs, audit log.
. "$(dirname "$0")/steps.sh"

NAME=${CLUSTER_NAME:-plexd-e2e}
KUBECONFIG=$("$HERE/cluster.sh" kubeconfig)
export KUBECONFIG PATH=$CACHE/bin:$PATH
IMAGE=smoke:e2e
FAILED=0

# One static binary: busybox is web server, client and shell.
smoke_image() {
  local root
  install_packages busybox-static
  root=$(mktemp -d)
  install -D "$(type -P busybox)" "$root/bin/busybox"
  mkdir -p "$root/tmp" "$root/www"
  tar -C "$root" -c . | docker import -c 'ENTRYPOINT ["/bin/busybox"]' - "$IMAGE" >/dev/null
  rm -r "$root"
}

check() {
  local text=$1
  shift
  if "$@" >/dev/null 2>"$CACHE/smoke.err"; then
    echo "ok    $text"
  else
    echo "FAIL  $text: $(tail -n 3 "$CACHE/smoke.err")"
    FAILED=1
  fi
}

# pods NAMESPACE prints name, node and address of each.
pods() { kubectl -n "$1" get pods -o jsonpath='{range .items[*]}{.metadata.name} {.spec.nodeName} {.status.podIP}{"\n"}{end}'; }

# says WANTED COMMAND...: the command's output has the text.
says() {
  local output
  output=$("${@:2}" 2>&1) || true
  grep -q "$1" <<<"$output" || { echo "$output" >&2; return 1; }
}

fetch() { kubectl -n "$1" exec "$2" -- /bin/busybox wget -q -T 5 -O - "$3"; }

forwarded() {
  local process result=0
  kubectl -n smoke-web port-forward service/web 18099:8080 >/dev/null 2>&1 &
  process=$!
  says web- curl -s --retry 10 --retry-connrefused --retry-delay 1 http://127.0.0.1:18099/ || result=1
  kill "$process"
  return "$result"
}

audited() {
  local _
  for _ in 1 2 3 4 5; do
    docker exec "$NAME-control-plane" grep -q '"namespace":"smoke-web"' /var/log/kubernetes/audit/audit.log && return
    sleep 1
  done
  return 1
}

cleanup() { kubectl delete --ignore-not-found --wait=false -f "$HERE/smoke.yaml" >/dev/null; }
trap cleanup EXIT

step "make the smoke image" smoke_image
"$HERE/cluster.sh" load "$IMAGE"
kubectl apply -f "$HERE/smoke.yaml" >/dev/null
step "wait for the smoke pods" kubectl rollout status -n smoke-web daemonset/web --timeout=90s
step "wait for the host network pods" kubectl rollout status -n smoke daemonset/host --timeout=90s

web_pods=$(pods smoke-web)
while read -r pod node _; do
  check "$node, host network: short name of a service in another namespace" says web- fetch smoke "$pod" http://web.smoke-web:8080/
  check "$node, host network: full name" says web- fetch smoke "$pod" http://web.smoke-web.svc.cluster.local:8080/
done <<<"$(pods smoke)"
while read -r pod node _; do
  check "$node: pod network, service by name" says web- fetch smoke-web "$pod" http://web:8080/
  while read -r other other_node address; do
    check "$node: pod network, pod on $other_node" says "$other" fetch smoke-web "$pod" "http://$address:8080/"
  done <<<"$web_pods"
done <<<"$web_pods"
check "logs" says serving kubectl -n smoke-web logs daemonset/web
check "port-forward to a service" forwarded
check "audit log on the control plane's node" audited
exit "$FAILED"
