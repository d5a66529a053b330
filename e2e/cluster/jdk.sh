#!/usr/bin/env bash
# Prints the home of a JDK 25: JAVA_HOME, the usual folders, the java of the PATH.
. "$(dirname "$0")/steps.sh"

VERSION=25

is_wanted() { [ -x "$1/bin/javac" ] && grep -q "^JAVA_VERSION=\"${VERSION}[.\"]" "$1/release" 2>/dev/null; }

for home in "${JAVA_HOME:-}" /usr/lib/jvm/*"$VERSION"* "$HOME"/.sdkman/candidates/java/"$VERSION"* \
  "$(dirname "$(dirname "$(readlink -f "$(command -v java || echo /)")")")"; do
  if is_wanted "$home"; then
    echo "$home"
    exit
  fi
done
die "a JDK $VERSION is missing: install Temurin $VERSION (https://adoptium.net/temurin/releases/?version=$VERSION), or let JAVA_HOME name one"
