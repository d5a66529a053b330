# shellcheck shell=bash
# Sourced: builds commands from the checked-in Go modules under modules/ into the cache, each version once.

# go_command prints a Go that can build the modules: 1.21 and later fetch the version they need by themselves.
go_command() {
  local go minor
  for go in go /usr/local/go/bin/go; do
    minor=$("$go" env GOVERSION 2>/dev/null | sed -n 's/^go1\.\([0-9]*\).*/\1/p') || true
    if [ "${minor:-0}" -ge 21 ]; then
      echo "$go"
      return
    fi
  done
  bootstrap_go
}

# An old Go (Debian 12 has 1.19) cannot switch versions, but it can fetch and verify the module that holds a newer one.
bootstrap_go() {
  need GO_VERSION
  local module folder
  module=golang.org/toolchain@v0.0.1-go$GO_VERSION.linux-$(dpkg --print-architecture 2>/dev/null || echo amd64)
  on_debian_as_root || has go || die "Go 1.21 or newer is missing: https://go.dev/doc/install"
  has go || install_packages golang-go ca-certificates
  folder=$(go mod download -json "$module" | sed -n 's/^\t"Dir": "\(.*\)",$/\1/p')
  [ -x "$folder/bin/go" ] || die "Go 1.21 or newer is missing and could not be fetched: https://go.dev/doc/install"
  echo "$folder/bin/go"
}

# pinned MODULE DEPENDENCY VERSION: the version of the Makefile and that of the module's go.mod must not drift apart.
pinned() {
  grep -qE "[[:space:]]$2 $3( |\$)" "$HERE/modules/$1/go.mod" ||
    die "the Makefile pins $2 $3, e2e/cluster/modules/$1/go.mod has another version: run 'go get $2@$3' there"
}

# build MODULE LDFLAGS TAGS PACKAGE...: static binaries; prints the folder they are in.
build() {
  local module=$1 ldflags=$2 tags=$3 package out missing=()
  shift 3
  out=$CACHE/build/$module-$( (echo "$ldflags $tags"; cat "$HERE/modules/$module"/*) | sha256sum | cut -c1-12)
  for package in "$@"; do
    [ -x "$out/$(binary_of "$package")" ] || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] || compile "$module" "$ldflags" "$tags" "$out" "${missing[@]}"
  echo "$out"
}

# build_one MODULE PACKAGE: the same for one binary; prints its path. The folder is assigned first: a failure inside
# `echo "$(...)"` would go unnoticed.
build_one() {
  local folder
  folder=$(build "$1" "" "" "$2")
  echo "$folder/$(binary_of "$2")"
}

# The go command leaves a major version at the end of a path out of the name.
binary_of() { basename "${1%/v[0-9]}"; }

# Moved into place when whole: an interrupted build must not look like a finished one.
compile() {
  local module=$1 ldflags=$2 tags=$3 out=$4 unfinished=$4/unfinished.$$ go
  shift 4
  go=$(go_command)
  mkdir -p "$unfinished"
  step "build $(for package in "$@"; do binary_of "$package"; done | xargs)" \
    env CGO_ENABLED=0 GOTOOLCHAIN=auto GOFLAGS= "$go" -C "$HERE/modules/$module" build -buildvcs=false -trimpath \
    -tags "$tags" -ldflags "-s -w $ldflags" -o "$unfinished/" "$@"
  mv "$unfinished"/* "$out/"
  rmdir "$unfinished"
}
