#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Measures codec, engine and switch and prints tables: bench/run.sh [--quick] [NAME...]
# Without names, and as root, switches.py then sends packets through softswitch, and through bmv2 where it is installed.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! ls bench/target/lib/jmh-core-*.jar >/dev/null 2>&1 || ! ls bench/target/pmip-bench-*.jar >/dev/null 2>&1; then
    echo "bench: building first" >&2
    mvn -q -DskipTests -pl bench -am package
fi
java -cp "bench/target/classes:bench/target/lib/*" org.pmip.bench.Main "$@"
for word in "$@"; do
    [ "$word" = --quick ] || exit 0
done
if [ "$(id -u)" -eq 0 ]; then
    echo
    python3 bench/switches.py
else
    echo "Not root: switches on veth interfaces (bench/switches.py) are not measured."
fi
