#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Seconds until a switch without sessions has the entries of all: the software switch, and bmv2 if simple_switch_grpc
# is on the PATH. bench/reconcile.sh [sessions=50000]
set -euo pipefail
cd "$(dirname "$0")/.."
options=()
for word in "$@"; do
    options+=("-Dreconcile.$word")
done
mvn -q -DskipTests -pl standalone -am install
exec mvn -q -pl standalone surefire:test -Dtest=ReconcileRateTest -Dreconcile=true "${options[@]}"
