#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures codec, engine and switch and prints a table: bench/run.sh [--quick] [NAME...]
set -euo pipefail
cd "$(dirname "$0")/.."
if ! ls bench/target/lib/jmh-core-*.jar >/dev/null 2>&1 || ! ls bench/target/pmip-bench-*.jar >/dev/null 2>&1; then
    echo "bench: building first" >&2
    mvn -q -DskipTests -pl bench -am package
fi
exec java -cp "bench/target/classes:bench/target/lib/*" org.pmip.bench.Main "$@"
