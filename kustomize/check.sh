#!/usr/bin/env bash
# check.sh: every overlay renders, twice the same, and says once what must be said once. Needs kustomize ($KUSTOMIZE).
set -euo pipefail
cd "$(dirname "$0")/.."
KUSTOMIZE=${KUSTOMIZE:-kustomize}
OVERLAYS=(kustomize/base kustomize/e2e kustomize/e2e-2026 kustomize/production e2e/scale policies policies/enforce policies/broken)
command -v "${KUSTOMIZE%% *}" >/dev/null || { echo "error: no ${KUSTOMIZE%% *}; 'make policy' brings it, or set KUSTOMIZE" >&2; exit 1; }
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
faults=0
fault() { echo "FAULT $*" >&2; faults=$((faults + 1)); }
rules() { sed -n '/^rules:/,/^---/p' "$@" | grep '^  ' | grep -v '^ *#'; }

# pod_privileges: of the rendered DaemonSet, one word each: capability=NAME, hostPath=PATH.
pod_privileges() {
  awk '/^---/ {kind = ""} /^kind: / {kind = $2} kind != "DaemonSet" {next}
    /^ *(add|drop):/ {adds = $1 == "add:"; next} adds && $1 == "-" {print "capability=" $2; next} {adds = 0}
    /^ *(- )?hostPath:/ {getline; print "hostPath=" $2}' | sort -u
}

for overlay in "${OVERLAYS[@]}"; do
  $KUSTOMIZE build "$overlay" >"$tmp/one.yaml" || { fault "$overlay does not render"; continue; }
  $KUSTOMIZE build "$overlay" | cmp -s - "$tmp/one.yaml" || fault "$overlay renders differently the second time"
  objects=$(grep -c '^kind: ' "$tmp/one.yaml" || true)
  [ "$objects" -gt 0 ] || fault "$overlay renders nothing"
  printf 'rendered %-22s %3d objects\n' "$overlay" "$objects"

  # A binding that names the namespace of base grants nothing in an overlay with another one.
  namespace=$(awk '/^---/ {kind = ""} /^kind: / {kind = $2} /^  name: / && kind == "Namespace" {print $2}' "$tmp/one.yaml")
  awk -v want="$namespace" '/^subjects:/ {on = 1} /^---/ {on = 0} on && /namespace:/ && $2 != want {bad = 1} END {exit bad}' \
    "$tmp/one.yaml" || fault "$overlay binds a ServiceAccount outside its namespace $namespace"

  # What a patch adds to the pod must have its line, too; the test of the code sees only the files of base.
  for privilege in $(pod_privileges <"$tmp/one.yaml"); do
    [ "$overlay" = policies/broken ] || grep -q "^| \`${privilege/=/ }[\`,]" kustomize/DESIGN.md || fault "$overlay gives ${privilege/=/ } to the agent, which no line of kustomize/DESIGN.md has"
  done

  # The bootstrap token is the cluster's own; only the tests bring one.
  [[ "$overlay" = kustomize/e2e* || "$overlay" = e2e/scale ]] || ! grep -q '^kind: Secret$' "$tmp/one.yaml" || fault "$overlay applies a Secret"
done

version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' pom.xml | head -n 1)
for file in kustomize/base/plexd/kustomization.yaml kustomize/production/kustomization.yaml; do
  grep -q "newTag: \"\?$version\"\?$" "$file" || fault "$file: newTag is not the version of pom.xml, $version"
done
# Kustomize does not follow a namespace there.
$KUSTOMIZE build kustomize/production | awk '/^---/ {kind = ""} /^kind: / {kind = $2} kind == "Namespace" && /^  name:/ {want = $2}
  kind == "FlowSchema" && /^        namespace:/ {named = $2} END {exit named == "" || named != want}' || fault "production's FlowSchema is for another namespace"
narrowed=kustomize/components/namespaced-rbac
diff <(rules kustomize/base/plexd/clusterrole.yaml) <(rules $narrowed/role.yaml; rules $narrowed/clusterrole.yaml) ||
  fault "$narrowed grants something else than base/plexd/clusterrole.yaml (see the difference above)"
[ -z "$($KUSTOMIZE build kustomize/production | pod_privileges | grep capability=)" ] || fault "production gives the agent a capability"
[ "$($KUSTOMIZE build kustomize/base | pod_privileges | wc -l)" = 5 ] || fault "pod_privileges does not see the five of base: it proves nothing"
[ "$faults" = 0 ] || { echo "kustomize: $faults fault(s)" >&2; exit 1; }
echo "kustomize: ${#OVERLAYS[@]} overlays in order"
