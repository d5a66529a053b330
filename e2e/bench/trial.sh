# shellcheck shell=bash
# One agent and one mock control plane in containers of the engine, without a cluster. Sourced by bench.sh.

TRIAL_MOCK=nodeplane-bench-$$-mock
TRIAL_AGENT=nodeplane-bench-$$-agent
EVENTS=20

# When the subshell of a trial ends, also after a failure or Ctrl-C: no container of it must stay.
end_trial() { docker rm --force "$TRIAL_AGENT" "$TRIAL_MOCK" >/dev/null 2>&1 || true; }

mock() { curl -sf --max-time 10 "http://127.0.0.1:$port$1" "${@:2}"; }

# first_answer PATH FILTER: what jq finds in the mock's answer, as soon as it finds something; nothing after a minute.
first_answer() {
  local found
  for _ in $(seq 300); do
    found=$(mock "$1" | jq -r "$2") || true
    if [ -n "$found" ]; then
      echo "$found"
      return
    fi
    sleep 0.2
  done
}

# trial CPUS: seconds from start to registration, and milliseconds from an event to the state pull that it causes, which is its
# handler's work (median, as the control plane sees both). The two share a network; the mock's clock is the host's.
trial() {
  local port started registered
  trap end_trial EXIT
  docker run --detach --name "$TRIAL_MOCK" --publish 127.0.0.1::8080 mockapi:e2e --addr :8080 >/dev/null
  port=$(docker port "$TRIAL_MOCK" 8080/tcp | head -1 | sed 's/.*://')
  [ -n "$(first_answer /test/nodes '"there"')" ] || die "the mock control plane did not answer: docker run --rm mockapi:e2e --addr :8080"
  docker create --name "$TRIAL_AGENT" --network "container:$TRIAL_MOCK" --cpus "$1" --memory 128m \
    --env PLEXD_BOOTSTRAP_TOKEN=bench --env PLEXD_API=http://127.0.0.1:8080 plexd:e2e up >/dev/null
  docker start "$TRIAL_AGENT" >/dev/null
  started=$(docker inspect --format '{{.State.StartedAt}}' "$TRIAL_AGENT")
  registered=$(first_answer /test/nodes 'first(.. | .registered_at? // empty)')
  [ -n "$registered" ] || { echo none none; return; }
  printf '%s ' "$(elapsed "$started" "$registered")"
  event_latency
}

# bare_start CPUS: seconds of `plexd --version`, which starts a JVM and does nothing: how fast this machine is today.
bare_start() {
  trap end_trial EXIT
  docker run --name "$TRIAL_AGENT" --cpus "$1" --memory 128m plexd:e2e --version >/dev/null
  elapsed "$(docker inspect --format '{{.State.StartedAt}}' "$TRIAL_AGENT")" \
    "$(docker inspect --format '{{.State.FinishedAt}}' "$TRIAL_AGENT")"
}

# elapsed FROM TO: seconds between two RFC 3339 times.
elapsed() { awk -v from="$(date -d "$1" +%s.%N)" -v to="$(date -d "$2" +%s.%N)" 'BEGIN {printf "%.3f\n", to - from}'; }

# event_latency: each event waits for the pull that follows it, because the agent makes one pull of many events.
event_latency() {
  local number sequence sent pulled
  [ -n "$(first_answer /test/streams '.open | select(. > 0)')" ] || { echo none; return; }
  sleep 5
  for number in $(seq $EVENTS); do
    mock /test/inject-event \
      --data '{"event_type":"node_state_updated","event_id":"bench-'"$number"'","nonce":"bench-'"$number"'","payload":{}}'
    read -r sequence sent < <(mock /test/requests/inject_event | jq -r '.requests[-1] | "\(.sequence) \(.time)"')
    pulled=$(first_answer "/test/requests/state?since=$sequence" '.requests[0].time // empty')
    elapsed "$sent" "${pulled:-$sent + 60 seconds}"
  done | sort -n | awk '{seconds[NR] = $1} END {printf "%.0f\n", seconds[int((NR + 1) / 2)] * 1000}'
}
