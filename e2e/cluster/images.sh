#!/usr/bin/env bash
# Makes sure that images are in the local engine, pulled where a registry is in reach, else built; prints their names: images.sh apiserver|node
. "$(dirname "$0")/steps.sh"
. "$HERE/gobuild.sh"
. "$HERE/kubernetes.sh"

need KUBERNETES_VERSION ETCD_VERSION COREDNS_VERSION PAUSE_VERSION CONTAINERD_VERSION KIND_VERSION NODE_IMAGE
REGISTRY=registry.k8s.io

. "$HERE/node-image/build.sh"

# pull IMAGE: one short look whether the registry has it; the answer "no" holds for a day. The pull itself takes its time.
pull() {
  local unreachable
  unreachable=$CACHE/unreachable/$(tr -c 'a-zA-Z0-9.\n' _ <<<"$1")
  [ -z "$(find "$unreachable" -mmin -1440 2>/dev/null)" ] || return 1
  if timeout 20 docker manifest inspect "$1" >/dev/null 2>&1 && step "pull $1" docker pull -q "$1"; then
    return
  fi
  say "$1 cannot be pulled: building it from packages, now and for a day (to try again: rm -r $CACHE/unreachable)"
  mkdir -p "$CACHE/unreachable" && touch "$unreachable"
  return 1
}

# inputs IMAGE: what an image was built from; nothing for one that was pulled; fails when it is not there.
inputs() { docker image inspect -f '{{if .Config.Labels}}{{index .Config.Labels "nodeplane.inputs"}}{{end}}' "$1" 2>/dev/null; }

# pulled IMAGE: it is here from a registry, or comes from there now.
pulled() {
  local built_from
  if built_from=$(inputs "$1"); then
    [ -z "$built_from" ]
    return
  fi
  pull "$1"
}

# import_binary IMAGE BINARY TARGET [ENTRYPOINT]: an image of one static binary and a /tmp, unless there is one of this build.
import_binary() {
  local image=$1 binary=$2 target=$3 entrypoint=${4:-[]} built_from root
  built_from=$(basename "$(dirname "$binary")")
  [ "$(inputs "$image" || true)" != "$built_from" ] || return 0
  root=$(mktemp -d)
  install -D -m 755 "$binary" "$root/$target"
  install -d -m 1777 "$root/tmp"
  tar -C "$root" --mtime=@0 --owner=0 --group=0 -c . | docker import -c 'ENV PATH=/usr/local/bin' \
    -c "LABEL nodeplane.inputs=$built_from" -c "ENTRYPOINT $entrypoint" - "$image" >/dev/null
  rm -r "$root"
}

etcd() {
  pinned etcd go.etcd.io/etcd/server/v3 "v${ETCD_VERSION%-*}"
  build_one etcd go.etcd.io/etcd/server/v3
}

# What integration tests start as containers: a real API server and its store.
apiserver() {
  local image=$REGISTRY/kube-apiserver:$KUBERNETES_VERSION binary
  if ! pulled "$image"; then
    binary=$(build_kubernetes kube-apiserver)/kube-apiserver
    import_binary "$image" "$binary" usr/local/bin/kube-apiserver
  fi
  echo "$image"
  image=$REGISTRY/etcd:$ETCD_VERSION
  if ! pulled "$image"; then
    binary=$(etcd)
    import_binary "$image" "$binary" usr/local/bin/etcd
  fi
  echo "$image"
}

node() {
  if pulled "$NODE_IMAGE"; then
    echo "$NODE_IMAGE"
    return
  fi
  build_node_image
}

mkdir -p "$CACHE/locks"
exec 9>"$CACHE/locks/images"
flock 9
case ${1:-} in
  apiserver | node) "$1" ;;
  *) die "usage: images.sh apiserver|node" ;;
esac
