#!/usr/bin/env bash
# Builds the images plexd:e2e and mockapi:e2e and loads them into the Docker engine; quick when nothing has changed.
#   build.sh              what `make image` does
#   build.sh --untrained  only writes target/image/*-untrained.tar: all layers but the AOT cache, the same in every build; no engine
. "$(dirname "$0")/../../e2e/cluster/steps.sh"
cd "$(dirname "$0")/../.."

JAVA_HOME=$(e2e/cluster/jdk.sh)
export JAVA_HOME

# strip takes 5 MB from the image; the build goes on without it and says so.
if ! command -v strip >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  say "installing binutils, for strip"
  apt-get install -y -qq binutils >/dev/null || true
fi

say "packaging the modules"
./mvnw -q -Pimage -pl controller/image,controller/app,controller/mock-api -am -Dskip.unit=true package \
  dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile=target/classpath

builder=controller/image/target
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -cp "$builder/classes:$(cat "$builder/classpath")" io.nodeplane.image.Main . "$@"
