# shellcheck shell=bash
# Readings of one process of a container, through `docker exec` of the kind node that runs it. Sourced by bench.sh.

# on NODE FILE: the text of a file of the node.
on() { docker exec "$1" cat "$2"; }

# agent_pid NODE: the agent's process id, as the node counts it.
agent_pid() { docker exec "$1" pgrep -o -f '^/opt/nodeplane/bin/plexd up'; }

# memory NODE PID NAME: a line of smaps_rollup in MiB; Rss, Anonymous.
memory() { on "$1" "/proc/$2/smaps_rollup" | awk -v name="$3:" '$1 == name {printf "%.1f", $2 / 1024}'; }

# working_set NODE PID: what the kubelet calls the working set, in MiB: usage without inactive file pages. cgroup v2 and v1.
working_set() {
  local group folder=/sys/fs/cgroup usage=memory.current inactive=inactive_file
  group=$(on "$1" "/proc/$2/cgroup")
  if grep -q ':memory:' <<<"$group"; then
    folder=/sys/fs/cgroup/memory usage=memory.usage_in_bytes inactive=total_inactive_file
    group=$(awk -F: '$2 == "memory" {print $3}' <<<"$group")
  else
    group=$(awk -F: '$1 == 0 {print $3}' <<<"$group")
  fi
  awk -v used="$(on "$1" "$folder$group/$usage")" -v name="$inactive" \
    '$1 == name {printf "%.1f", (used - $2) / 1048576}' <(on "$1" "$folder$group/memory.stat")
}

# cpu_ticks NODE PID: processor time so far, in hundredths of a second.
cpu_ticks() { on "$1" "/proc/$2/stat" | sed 's/.*) //' | awk '{print $12 + $13}'; }

# threads NODE PID
threads() { on "$1" "/proc/$2/status" | awk '$1 == "Threads:" {print $2}'; }

# api_writes SERVICE_ACCOUNT SECONDS: how often it changed something in the last seconds, by the audit log of the control plane's node,
# which leaves reads out.
api_writes() {
  local since
  since=$(date -u -d "-$2 seconds" +%Y-%m-%dT%H:%M:%S)
  docker exec "$CLUSTER_NAME-control-plane" sh -c 'cat /var/log/kubernetes/audit/*.log' |
    jq -r --arg who "$1" --arg since "$since" \
      'select(.user.username == $who and .stage == "ResponseComplete" and .stageTimestamp >= $since
        and (.verb | test("^(create|update|patch|delete)$"))) | .verb' |
    wc -l
}

# row WHAT VALUE GOAL UNIT: a line of the table, with the ratio to the goal where both are numbers.
row() {
  local ratio=-
  if [[ $2 =~ ^[0-9.]+$ && $3 =~ ^[0-9.]+$ ]] && [ "$3" != 0 ]; then
    ratio=$(awk -v value="$2" -v goal="$3" 'BEGIN {printf "%.2f", value / goal}')
  fi
  printf '%-44s %10s %10s %-8s %6s\n' "$1" "$2" "$3" "$4" "$ratio"
}
