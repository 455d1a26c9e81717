#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Requests a second and the time of one, with all entries in the switch before the answer: one controller with the
# switch in its process, then three members on one Atomix store. bench/signalling.sh [nodes=N] [rate=N] [seconds=N]
set -euo pipefail
cd "$(dirname "$0")/.."
options=()
for word in "$@"; do
    options+=("-Dsignalling.$word")
done
mvn -q -DskipTests -pl standalone -am install
exec mvn -q -pl standalone surefire:test -Dtest=SignallingRateTest -Dsignalling=true "${options[@]}"
