# shellcheck shell=bash
# Sourced by every script here: messages, timing, required settings and the cache directory.

set -euo pipefail
shopt -s inherit_errexit
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
CACHE=${NODEPLANE_CACHE:-$HOME/.cache/nodeplane}
mkdir -p "$CACHE/bin"

say() { printf '==> %s\n' "$*" >&2; }

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# step TEXT COMMAND...: runs the command, tells what it does and how long it took; the output is shown only on failure.
# Not `if command`: the shell would then go on after a failing line inside a function.
step() {
  local text=$1 log started=$SECONDS result
  shift
  log=$(mktemp "$CACHE/step.XXXXXX")
  printf '==> %s ... ' "$text" >&2
  set +e
  (
    set -e
    "$@"
  ) >"$log" 2>&1
  result=$?
  set -e
  if [ $result = 0 ]; then
    printf '%ds\n' $((SECONDS - started)) >&2
  else
    printf 'failed after %ds\n' $((SECONDS - started)) >&2
    tail -n 40 "$log" >&2
  fi
  rm -f "$log"
  return $result
}

# wait_for SECONDS COMMAND...: calls the command every other second until it succeeds, and says each new line that it prints. Fails when the
# time is over. The command runs without `set -e`.
wait_for() {
  local limit=$1 started=$SECONDS now shown='' reached
  shift
  while [ $((SECONDS - started)) -lt "$limit" ]; do
    reached=true
    now=$("$@") || reached=false
    [ "$now" = "$shown" ] || say "$now ($((SECONDS - started))s)"
    shown=$now
    if $reached; then return; fi
    sleep 2
  done
  return 1
}

# demand SECONDS WHAT COMMAND...: waits for the command; when the time is over, stops with WHAT, after the caller's `diagnostics`.
demand() {
  wait_for "$1" "${@:3}" && return
  diagnostics >&2 || true
  die "$2 after $1 s: see the diagnostics above"
}

# need NAME...: stops unless every named setting is there; the Makefile exports them.
need() {
  local name
  for name in "$@"; do
    [ -n "${!name:-}" ] || die "$name is not set: call this through make, or export it as the top of the Makefile does"
  done
}

has() { command -v "$1" >/dev/null; }

# Some sandboxes give root every capability but this one (number 24).
lacks_sys_resource() {
  local effective
  effective=$(awk '/^CapEff/ {print $2}' /proc/self/status)
  [ $((0x$effective >> 24 & 1)) = 0 ]
}

on_debian_as_root() { [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && has apt-get; }

# install_packages NAME...: Debian packages, only those that are missing; elsewhere it names them and stops.
install_packages() {
  local package missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  on_debian_as_root || die "missing: ${missing[*]}. Install these packages of your distribution and call again"
  step "read the package lists" apt-get update -qq
  step "install ${missing[*]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}
