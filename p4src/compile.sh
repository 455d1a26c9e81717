#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compiles the program into build/ and records from which sources and by which compiler, so that a test can tell
# when build/ is stale. Usage: p4src/compile.sh   (p4c-bm2-ss on the PATH, or its path in P4C)
set -eu
export LC_ALL=C
cd "$(dirname "$0")"
compiler=${P4C:-p4c-bm2-ss}
command -v "$compiler" >/dev/null || { echo "compile.sh: $compiler is not there; install p4c or set P4C" >&2; exit 2; }
mkdir -p build
warnings=$("$compiler" --arch v1model -o build/pmip.json --p4runtime-files build/pmip.p4info.txt pmip.p4 2>&1) ||
    { echo "$warnings" >&2; exit 1; }
[ -z "$warnings" ] || { echo "$warnings" >&2; exit 1; }
mv build/pmip.p4info.txt build/pmip.p4info.txtpb
{
    echo "# Made by compile.sh; a test compares it with the sources."
    echo "compiler=$("$compiler" --version 2>&1 | sed -n 's/^Version *//p')"
    for source in pmip.p4 include/*.p4 v1model/*.p4; do
        echo "$source=$(sha256sum "$source" | cut -d ' ' -f 1)"
    done
} > build/build.properties
