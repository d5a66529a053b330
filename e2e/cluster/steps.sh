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
step() {
  local text=$1 log started=$SECONDS
  shift
  log=$(mktemp "$CACHE/step.XXXXXX")
  printf '==> %s ... ' "$text" >&2
  if "$@" >"$log" 2>&1; then
    printf '%ds\n' $((SECONDS - started)) >&2
    rm -f "$log"
    return
  fi
  printf 'failed after %ds\n' $((SECONDS - started)) >&2
  tail -n 40 "$log" >&2
  rm -f "$log"
  return 1
}

# need NAME...: stops unless every named setting is there; the Makefile exports them.
need() {
  local name
  for name in "$@"; do
    [ -n "${!name:-}" ] || die "$name is not set: call this through make, or export it as the top of the Makefile does"
  done
}

has() { command -v "$1" >/dev/null; }

# fingerprint FILE...: the short content hash of files and folders, by which things built from them are kept.
fingerprint() {
  find "$@" -type f -print0 | sort -z | xargs -0 sha256sum | awk '{print $1}' | sha256sum | cut -c1-12
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
