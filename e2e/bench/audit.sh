# shellcheck shell=bash
# How fast the agent reads audit lines, on this machine without a container. Sourced by bench.sh.

# audit_rate: a table of lines and MB per second (goal: 50 MB/s), for 50 MiB of lines of about a kilobyte.
audit_rate() {
  local root=$HERE/../.. java_home classes
  java_home=$("$HERE/jdk.sh")
  JAVA_HOME=$java_home "$root/mvnw" -q -f "$root/pom.xml" -pl controller/plexd -am -Dskip.unit=true test-compile \
    dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=target/test-classpath >&2
  classes=$root/controller/plexd/target
  "$java_home/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx48m \
    -cp "$classes/test-classes:$classes/classes:$(cat "$classes/test-classpath")" io.nodeplane.plexd.audit.AuditBench 50
}
