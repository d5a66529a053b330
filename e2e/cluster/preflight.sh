#!/usr/bin/env bash
# Checks what this machine must have before something long starts, and tells everything that is missing at once: preflight.sh java|cluster|browser...
. "$(dirname "$0")/steps.sh"

FAULTS=()
fault() { FAULTS+=("$*"); }

java() { "$HERE/jdk.sh" >/dev/null || fault "see above"; }

# A node image built here and the Go caches are the large ones; a pulled node image needs a third of it.
cluster() {
  local free_disk free_memory
  free_disk=$(df -Pk "$CACHE" | awk 'NR == 2 {print int($4 / 1048576)}')
  [ "$free_disk" -ge 15 ] || fault "disk: $free_disk GiB free in $CACHE, 15 GiB are needed (another place: NODEPLANE_CACHE)"
  free_memory=$(awk '/^MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo)
  [ "$free_memory" -ge 3 ] || fault "memory: $free_memory GiB free, 3 GiB are needed"
  commands
  inotify
  engine
}

commands() {
  local command
  for command in curl jq; do
    if has "$command"; then continue; fi
    if on_debian_as_root; then install_packages "$command"; else fault "command: $command is missing; install the package $command"; fi
  done
}

# Each node runs an init system, a kubelet and a containerd; the kernel's default of 128 watchers does for one node only.
inotify() {
  local setting=/proc/sys/fs/inotify/max_user_instances
  if [ "$(cat $setting)" -ge 512 ] || { [ -w $setting ] && echo 512 >$setting; } 2>/dev/null; then return; fi
  fault "kernel setting: fs.inotify.max_user_instances is $(cat $setting), three nodes need 512: sudo sysctl fs.inotify.max_user_instances=512"
}

engine() {
  if docker info >/dev/null 2>&1 || on_debian_as_root; then return; fi
  fault "Docker: no engine answers to 'docker info'; install and start one (https://docs.docker.com/engine/install/), or add your user to the group docker"
}

# The page of the mock control plane is tested in a real browser.
browser() {
  if has chromedriver && { has chromium || has chromium-browser || has google-chrome; }; then return; fi
  if on_debian_as_root; then
    install_packages chromium chromium-driver
  else
    fault "browser: Chromium and its driver are missing; install them (Debian: apt-get install chromium chromium-driver)"
  fi
}

[ $# -gt 0 ] || die "usage: preflight.sh java|cluster|browser..."
for check in "$@"; do
  case $check in
    java | cluster | browser) "$check" ;;
    *) die "no such check: $check. Known: java cluster browser" ;;
  esac
done
[ ${#FAULTS[@]} = 0 ] || die "this machine lacks:$(printf '\n  %s' "${FAULTS[@]}")"
