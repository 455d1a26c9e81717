#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Whole messages through the anchor's engine with few and with a million standing sessions in a heap of 2 GiB:
# bench/anchor.sh [SESSIONS...] [seconds=N]
set -euo pipefail
cd "$(dirname "$0")/.."
if ! ls bench/target/lib/jmh-core-*.jar >/dev/null 2>&1 || ! ls bench/target/pmip-bench-*.jar >/dev/null 2>&1; then
    echo "bench: building first" >&2
    mvn -q -DskipTests -pl bench -am package
fi
[ $# -gt 0 ] || set -- 1000 1000000
# What a session keeps lives long: it is not worth copying it about before it gets old.
exec java -Xms2g -Xmx2g -Xmn600m -XX:MaxTenuringThreshold=0 -XX:+UseParallelGC -XX:-UseAdaptiveSizePolicy \
    -XX:ParallelGCThreads=1 -XX:+UseTransparentHugePages \
    -cp "bench/target/classes:bench/target/lib/*" org.pmip.bench.AnchorLoad "$@"
