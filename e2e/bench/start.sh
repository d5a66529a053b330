# shellcheck shell=bash
# Start of a container to the registration that the mock control plane saw, without a cluster. Sourced by bench.sh.

# registered_after CPUS: seconds. The mock and the agent share a network; the mock's clock is the host's.
registered_after() {
  local mock="nodeplane-bench-$$-mock" agent="nodeplane-bench-$$-agent" port started registered=null
  docker run --detach --name "$mock" --publish 127.0.0.1::8080 mockapi:e2e --addr :8080 >/dev/null
  port=$(docker port "$mock" 8080/tcp | head -1 | sed 's/.*://')
  until curl -sf "http://127.0.0.1:$port/v1/ping" >/dev/null; do sleep 0.2; done
  docker create --name "$agent" --network "container:$mock" --cpus "$1" --memory 128m --env PLEXD_BOOTSTRAP_TOKEN=bench \
    --env PLEXD_API=http://127.0.0.1:8080 plexd:e2e up >/dev/null
  docker start "$agent" >/dev/null
  started=$(docker inspect --format '{{.State.StartedAt}}' "$agent")
  for _ in $(seq 300); do
    registered=$(curl -sf "http://127.0.0.1:$port/test/nodes" | jq -r '[.. | .registered_at? // empty] | first // "null"')
    [ "$registered" = null ] || break
    sleep 0.2
  done
  docker rm --force "$agent" "$mock" >/dev/null
  [ "$registered" != null ] || { echo "none in 60 s"; return; }
  awk -v from="$(date -d "$started" +%s.%N)" -v to="$(date -d "$registered" +%s.%N)" 'BEGIN {printf "%.2f", to - from}'
}
