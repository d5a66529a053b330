#!/usr/bin/env bash
# Looks for a Docker engine; on Debian as root installs and starts one: engine.sh up|down|status
. "$(dirname "$0")/steps.sh"

STATE=$CACHE/engine

answers() { has docker && docker info >/dev/null 2>&1; }

# Ours only if the process of the pid file still is a dockerd: a pid may be used again after a restart of the machine.
ours() { [ -f "$STATE/dockerd.pid" ] && [ "$(cat "/proc/$(cat "$STATE/dockerd.pid")/comm" 2>/dev/null)" = dockerd ]; }

wait_until_it_answers() {
  local _
  for _ in $(seq 120); do
    answers && return
    sleep 0.5
  done
  tail -n 20 "$STATE/dockerd.log"
  return 1
}

# Without an init system nobody else starts it. A session of its own: Ctrl-C must not stop it before the cluster is gone.
start_by_hand() {
  local options=(--pidfile "$STATE/dockerd.pid")
  if lacks_sys_resource; then
    install_packages jq
    install -m 755 "$HERE/engine/runc-without-resource" "$STATE/runc-without-resource"
    options+=(--add-runtime "without-resource=$STATE/runc-without-resource" --default-runtime without-resource)
  fi
  rm -f "$STATE/dockerd.pid"
  setsid dockerd "${options[@]}" >"$STATE/dockerd.log" 2>&1 </dev/null 9>&- &
  step "start the Docker engine (log: $STATE/dockerd.log)" wait_until_it_answers
  "$HERE/cluster.sh" forget 9>&-
}

up() {
  answers && return
  [ -z "${DOCKER_HOST:-}" ] || die "no Docker engine answers at DOCKER_HOST=$DOCKER_HOST"
  on_debian_as_root || die "no Docker engine answers to 'docker info'. Install and start one (https://docs.docker.com/engine/install/), or add your user to the group docker"
  install_packages docker.io iptables ca-certificates
  if [ -d /run/systemd/system ]; then
    systemctl start docker
    step "wait for the Docker engine" wait_until_it_answers
    return
  fi
  start_by_hand
}

gone() {
  local _
  for _ in $(seq 60); do
    ours || return 0
    sleep 0.5
  done
  return 1
}

down() {
  ours || return 0
  kill "$(cat "$STATE/dockerd.pid")"
  step "stop the Docker engine" gone
}

status() {
  answers || { echo "no engine answers"; return 1; }
  docker version --format 'engine {{.Server.Version}}, client {{.Client.Version}}, API {{.Client.APIVersion}}'
  if ours; then echo "started by engine.sh up; log: $STATE/dockerd.log"; fi
}

mkdir -p "$STATE"
exec 9>"$STATE/lock"
flock 9
case ${1:-} in
  up | down | status) "$1" ;;
  *) die "usage: engine.sh up|down|status" ;;
esac
