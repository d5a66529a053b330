#!/usr/bin/env bash
# check.sh: tests every policy on its own resources, then holds the rendered overlays to all of them.
# Fails on a violation, on a policy that looked at nothing, and when the overlay broken/ passes any policy.
# Needs kustomize and the Kyverno CLI 1.19 ($KUSTOMIZE, $KYVERNO).
set -euo pipefail
cd "$(dirname "$0")/.."
KUSTOMIZE=${KUSTOMIZE:-kustomize} KYVERNO=${KYVERNO:-kyverno}
for tool in "$KUSTOMIZE" "$KYVERNO"; do
  command -v "$tool" >/dev/null || { echo "error: no $tool; 'make policy' brings it, or set KUSTOMIZE and KYVERNO" >&2; exit 1; }
done
tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
faults=0
fault() { echo "FAULT $*" >&2; faults=$((faults + 1)); }
names() { sed -n 's/^  name: //p' | sort; }

# results FILE: one line "policy result" per pair of policy and object that Kyverno evaluated.
results() {
  $KYVERNO apply "$tmp/policies.yaml" --resource "$1" --policy-report --remove-color 2>"$tmp/errors" |
    awk '{sub(/^- /, "  ")} $1 == "policy:" {policy = $2} $1 == "result:" {print policy, $2}' | sort
}

$KUSTOMIZE build policies >"$tmp/policies.yaml"
folders=$(cd policies && for d in */; do [ ! -e "$d$(basename "$d").yaml" ] || basename "$d"; done | sort)
[ "$(names <"$tmp/policies.yaml")" = "$folders" ] || fault "policies/kustomization.yaml does not list every folder"
[ "$($KUSTOMIZE build policies/enforce | names)" = "$folders" ] || fault "policies/enforce/kustomization.yaml does not list every folder"

echo "==> policies on their own resources"
for policy in $folders; do
  for result in pass fail; do
    grep -q "result: $result" "policies/$policy/.kyverno-test/kyverno-test.yaml" || fault "$policy has no resource that must $result"
  done
done
wanted=$(grep -h '^      - ' policies/*/.kyverno-test/kyverno-test.yaml | wc -l)
$KYVERNO test policies --remove-color >"$tmp/test" 2>&1 || { cat "$tmp/test" >&2; fault "kyverno test"; }
passed=$(sed -n 's/.*Test Summary: \([0-9]*\) tests passed and 0 tests failed.*/\1/p' "$tmp/test")
[ "${passed:-0}" = "$wanted" ] || fault "kyverno test passed ${passed:-0} of $wanted results"
echo "    $(wc -w <<<"$folders") policies, ${passed:-0} of $wanted results as expected"

for overlay in kustomize/base kustomize/production kustomize/e2e kustomize/e2e-2026; do
  echo "==> $overlay"
  $KUSTOMIZE build "$overlay" >"$tmp/overlay.yaml"
  results "$tmp/overlay.yaml" >"$tmp/results" || true
  for policy in $folders; do
    grep -qx "$policy pass" "$tmp/results" || fault "$policy passed nothing of $overlay: it evaluated nothing, or all failed"
  done
  if grep -Ev ' (pass|skip)$' "$tmp/results" >"$tmp/violations"; then
    fault "$overlay: $(wc -l <"$tmp/violations") violation(s)"
    $KYVERNO apply "$tmp/policies.yaml" --resource "$tmp/overlay.yaml" --remove-color >&2 || true
  fi
  echo "    $(wc -l <"$tmp/results") evaluations"
done

echo "==> policies/broken, which every policy must refuse"
$KUSTOMIZE build policies/broken >"$tmp/overlay.yaml"
results "$tmp/overlay.yaml" >"$tmp/results" || true
for policy in $folders; do
  grep -qx "$policy fail" "$tmp/results" || fault "$policy does not object to policies/broken: it cannot fail"
done
echo "    $(grep -c ' fail$' "$tmp/results" || true) violations"
[ ! -s "$tmp/errors" ] || [ "$faults" = 0 ] || cat "$tmp/errors" >&2
[ "$faults" = 0 ] || { echo "policies: $faults fault(s)" >&2; exit 1; }
echo "policies: in order"
