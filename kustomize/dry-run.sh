#!/usr/bin/env bash
# dry-run.sh [OVERLAY...]: asks the API server of the current context whether it would take the overlays, field by field.
# Changes nothing but a namespace that is missing: it is made for the check (objects cannot be tried in one that is not
# there) and removed afterwards. Needs kubectl; default overlays: production and e2e.
set -euo pipefail
cd "$(dirname "$0")/.."
KUBECTL=${KUBECTL:-kubectl}
[ $# -gt 0 ] || set -- kustomize/production kustomize/e2e
tmp=$(mktemp -d); made=()
clean() {
  rm -rf "$tmp"
  [ ${#made[@]} = 0 ] || $KUBECTL delete namespace --wait=false "${made[@]}" >/dev/null
}
trap clean EXIT
try() { $KUBECTL apply --server-side --dry-run=server --validate=strict --force-conflicts -f "$1"; }

for overlay in "$@"; do
  $KUBECTL kustomize "$overlay" >"$tmp/all.yaml"
  namespace=$(awk '/^---/ {kind = ""} /^kind: / {kind = $2} /^  name: / && kind == "Namespace" {print $2}' "$tmp/all.yaml")
  if ! $KUBECTL get namespace "$namespace" >/dev/null 2>&1; then
    $KUBECTL create namespace "$namespace" >/dev/null
    made+=("$namespace")
  fi
  echo "dry run: $overlay"
  try "$tmp/all.yaml" | sed 's/^/  /'

  # The check is checked: one misspelt field must be refused.
  sed 's/^\( *\)dnsPolicy: /\1dnsPolice: /' "$tmp/all.yaml" >"$tmp/bad.yaml"
  if try "$tmp/bad.yaml" >"$tmp/bad.out" 2>&1 || ! grep -q dnsPolice "$tmp/bad.out"; then
    echo "error: the API server took a misspelt field of $overlay; this check proves nothing" >&2
    exit 1
  fi
done
