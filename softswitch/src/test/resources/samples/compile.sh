#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compiles the programs beside it and records from which sources and by which compiler, so that a test can tell when
# what is kept here is stale. Usage: compile.sh   (p4c-bm2-ss on the PATH, or its path in P4C)
set -eu
export LC_ALL=C
cd "$(dirname "$0")"
compiler=${P4C:-p4c-bm2-ss}
command -v "$compiler" >/dev/null || { echo "compile.sh: $compiler is not there; install p4c or set P4C" >&2; exit 2; }
for source in *.p4; do
    name=${source%.p4}
    "$compiler" --arch v1model -o "$name.json" --p4runtime-files "$name.p4info.txt" "$source"
    # Where in the source something stands is half of the file, and changes with each line.
    python3 - "$name.json" <<'PYTHON'
import json
import sys

def shorter(node):
    if isinstance(node, dict):
        return {key: shorter(value) for key, value in node.items() if key not in ("source_info", "program")}
    return [shorter(item) for item in node] if isinstance(node, list) else node

with open(sys.argv[1]) as file:
    tree = shorter(json.load(file))
with open(sys.argv[1], "w") as file:
    json.dump(tree, file, indent=1)
    file.write("\n")
PYTHON
done
{
    echo "# Made by compile.sh; a test compares it with the sources."
    echo "compiler=$("$compiler" --version 2>&1 | sed -n 's/^Version *//p')"
    for source in *.p4; do
        echo "$source=$(sha256sum "$source" | cut -d ' ' -f 1)"
    done
} > build.properties
