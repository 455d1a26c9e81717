#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Attaches, extends, moves and de-registers mobile nodes at an anchor in your ONOS and prints rates and times; the switch
# is this program's own, at the address that ONOS can reach, or another's (bmv2), if three interfaces are given whose
# other ends are its ports 1, 2 and 3 (needs root). The application must be active; its network configuration is replaced.
# bench/onos.sh [url=http://127.0.0.1:8181] [user=onos:rocks] [switch=127.0.0.1:50051] [nodes=1000] [rate=50]
#     [seconds=20] [interfaces=p1,p2,p3]
set -euo pipefail
cd "$(dirname "$0")/.."
url=http://127.0.0.1:8181 user=onos:rocks switch=127.0.0.1:50051 nodes=1000 rate=50 seconds=20 interfaces=
for word in "$@"; do
    case $word in
        url=* | user=* | switch=* | nodes=* | rate=* | seconds=* | interfaces=*) declare "$word" ;;
        *) echo "bench/onos.sh: $word is none of url=, user=, switch=, nodes=, rate=, seconds=, interfaces=" >&2; exit 2 ;;
    esac
done
if ! [ -s standalone/target/onos-classpath ]; then
    echo "bench: building first" >&2
    mvn -q -DskipTests -pl standalone -am install
    mvn -q -pl standalone dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile=target/onos-classpath
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
printf '%s\n' "configure $url $user" mark "pump ATTACH 64" mark "pace EXTEND $rate $seconds" mark \
    "pace MOVE $rate $seconds" "settle 60" "verify $url $user" mark "pump LEAVE 64" |
    java -Xmx2500m -cp "standalone/target/test-classes:standalone/target/classes:$(cat standalone/target/onos-classpath)" \
        org.pmip.standalone.OnosClusterProbe "$switch" "$nodes" 1 "$folder" ${interfaces//,/ }
