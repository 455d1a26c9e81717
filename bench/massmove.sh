#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# All nodes of a cell come at once and move at once to the next gateway: seconds to the last one, messages, repetitions;
# then one after the other moves back, each alone. bench/massmove.sh [nodes=N] [single=N] [limit=SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."
options=(-Dmassmove.nodes=10000 -Dmassmove.single=2000 -Dmassmove.limit=600)
for word in "$@"; do
    options+=("-Dmassmove.$word")
done
mvn -q -DskipTests -pl standalone -am install
exec mvn -q -pl standalone surefire:test -Dtest=MassMoveTest -Dmassmove=true "${options[@]}"
