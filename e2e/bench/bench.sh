#!/usr/bin/env bash
# Measures the agent and prints a table beside the goals. Asserts nothing. The cluster CLUSTER_NAME must run with the bundle applied.
#   BENCH_MINUTES=10  how long the agent is left alone before the second look
. "$(dirname "$0")/../cluster/steps.sh"
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/trial.sh"
. "$(dirname "$0")/audit.sh"

need CLUSTER_NAME
minutes=${BENCH_MINUTES:-10}
KUBECONFIG=$("$HERE/cluster.sh" kubeconfig)
export KUBECONFIG
agents='app.kubernetes.io/name=plexd'

read -r namespace pod node < <(kubectl get pods -A -l "$agents" --field-selector "spec.nodeName=$CLUSTER_NAME-worker" \
  -o jsonpath='{.items[0].metadata.namespace} {.items[0].metadata.name} {.items[0].spec.nodeName}') || true
[ -n "${node:-}" ] || die "no agent on $CLUSTER_NAME-worker: run make demo, or make e2e, first"
pid=$(agent_pid "$node")

say "an agent with one core, then one with 200m"
bare=$(bare_start 1.0)
one_core=$(trial 1.0)
fifth_of_a_core=$(trial 0.2)
say "$namespace/$pod is left alone for $minutes minutes"
idle=$(memory "$node" "$pid" Rss)
kubelet=$(docker exec "$node" pgrep -o -x kubelet)
before=$(cpu_ticks "$node" "$pid")
kubelet_before=$(cpu_ticks "$node" "$kubelet")
sleep $((minutes * 60))
used=$(($(cpu_ticks "$node" "$pid") - before))
kubelet_used=$(($(cpu_ticks "$node" "$kubelet") - kubelet_before))
writes=$(api_writes "system:serviceaccount:$namespace:plexd" $((minutes * 60)))
nodes=$(kubectl get pods -n "$namespace" -l "$agents" --no-headers | wc -l)
per_minute() { awk -v ticks="$1" -v m="$minutes" 'BEGIN {printf "%.2f", ticks / 100 / m}'; }
per_node_hour() { awk -v n="$1" -v m="$minutes" -v nodes="$nodes" 'BEGIN {printf "%.1f", n * 60 / m / nodes}'; }

printf '\n%-44s %10s %10s %-8s %6s\n' Figure Measured 'Goal, peer' Unit Ratio
row "start to registered, one core" "${one_core% *}" 0.7 s
row "start to registered, 200m" "${fifth_of_a_core% *}" 5 s
row "plexd --version, one core (peer)" "$bare" - s
row "event to its state pull, median, one core" "${one_core#* }" - ms
row "event to its state pull, median, 200m" "${fifth_of_a_core#* }" - ms
row "resident, at the first look" "$idle" 68 MiB
row "resident, after $minutes min" "$(memory "$node" "$pid" Rss)" 68 MiB
row "anonymous, after $minutes min" "$(memory "$node" "$pid" Anonymous)" 30 MiB
row "cgroup working set, after $minutes min" "$(working_set "$node" "$pid")" 128 MiB
row "CPU at rest; peer: the node's kubelet" "$(per_minute $used)" "$(per_minute $kubelet_used)" s/min
row "threads" "$(threads "$node" "$pid")" - ""
row "API writes, node and hour" "$(per_node_hour "$writes")" 0 ""
row "image, compressed" "$(awk -v b="$(stat -c %s "$HERE/../../controller/image/target/image/plexd-e2e.tar")" 'BEGIN {printf "%.1f", b / 1e6}')" 40 MB

say "audit lines, with the agent's JVM flags"
printf '\n'
audit_rate
