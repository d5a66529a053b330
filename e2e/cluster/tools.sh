#!/usr/bin/env bash
# Makes sure that tools exist, links them into the cache's bin folder and prints their paths: tools.sh kind|kubectl|kustomize|kwok|kyverno...
. "$(dirname "$0")/steps.sh"
. "$HERE/gobuild.sh"
. "$HERE/kubernetes.sh"

kind() {
  need KIND_VERSION
  pinned kind sigs.k8s.io/kind "$KIND_VERSION"
  build_one kind sigs.k8s.io/kind
}

kustomize() {
  need KUSTOMIZE_VERSION
  pinned kustomize sigs.k8s.io/kustomize/kustomize/v5 "$KUSTOMIZE_VERSION"
  build_one kustomize sigs.k8s.io/kustomize/kustomize/v5
}

kwok() {
  need KWOK_VERSION
  pinned kwok sigs.k8s.io/kwok "$KWOK_VERSION"
  build_one kwok sigs.k8s.io/kwok/cmd/kwok
}

kyverno() {
  need KYVERNO_VERSION
  pinned kyverno github.com/kyverno/kyverno "$KYVERNO_VERSION"
  build_one kyverno github.com/kyverno/kyverno/cmd/cli/kubectl-kyverno
}

# One minor version away from the server is supported by Kubernetes.
kubectl() {
  need KUBERNETES_VERSION
  local installed wanted folder
  wanted=$(echo "$KUBERNETES_VERSION" | cut -d. -f2)
  installed=$(command kubectl version --client -o json 2>/dev/null | sed -n 's/.*"gitVersion": "v1\.\([0-9]*\)\..*/\1/p' | head -1) || true
  if [ -n "$installed" ] && [ $((installed - wanted)) -ge -1 ] && [ $((installed - wanted)) -le 1 ]; then
    type -P kubectl
    return
  fi
  folder=$(build_kubernetes kubectl)
  echo "$folder/kubectl"
}

[ $# -gt 0 ] || die "usage: tools.sh kind|kubectl|kustomize|kwok|kyverno..."
# The links must not be taken for tools that somebody installed.
PATH=$(echo "$PATH" | tr : '\n' | grep -vxF "$CACHE/bin" | paste -sd:)
for tool in "$@"; do
  case $tool in
    kind | kubectl | kustomize | kwok | kyverno) ;;
    *) die "no such tool: $tool. Known: kind kubectl kustomize kwok kyverno" ;;
  esac
  path=$("$tool")
  ln -sfn "$path" "$CACHE/bin/$tool"
  echo "$CACHE/bin/$tool"
done
