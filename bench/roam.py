#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How long after a node has come to a gateway the first packet passes there, and what a stream of 1,000 a second loses.

    sudo bench/roam.py [--switch bmv2|softswitch]... [--moves N] [--format FORMAT]

The domain is the one of mininet/roam.py: the product's own gateways, whose access points announce the node. The time runs
from the moment at which the node's link is up in the new cell; the losses include what was under way to the old one.
Needs what mininet/roam.py needs, and says what is missing.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "mininet"))

import demo  # noqa: E402
import output  # noqa: E402
import roam  # noqa: E402

RATE = 1000
# Long enough for a handoff with one message repeated.
STAY_SECONDS = 2.0
WARM_MOVES = 5


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def moves(domain, node, source, destination, address, count):
    """Milliseconds from each arrival in a cell to the first packet there, and packets lost of the whole stream."""
    came = []

    def go():
        names = domain.gateway_names
        for number in range(count):
            domain.enter(node, names[(names.index(node.at) + 1) % len(names)])
            came.append(time.monotonic())
            time.sleep(STAY_SECONDS)
            if number % 10 == 9:
                print("  %d of %d moves" % (number + 1, count), flush=True)

    import traffic
    seconds = 1 + count * (STAY_SECONDS + 0.2)
    arrived = traffic.arrivals(source, destination, address, go, RATE, seconds, 1)
    times = sorted(at for _, at in arrived)
    firsts = []
    for at, end in zip(came, came[1:] + [came[-1] + STAY_SECONDS]):
        first = next((one for one in times if at <= one < end), None)
        firsts.append((STAY_SECONDS if first is None else first - at) * 1000)
    return firsts, int(RATE * seconds) - len({number for number, _ in arrived})


def measure(switch, arguments, rows):
    import cells
    import traffic
    from topology import CORRESPONDENT
    logs = pathlib.Path(tempfile.mkdtemp(prefix="pmip-roam-"))
    with cells.Cells(demo.switch_command(switch), cells.plan(1), logs, None, None, "6", arguments.format) as domain:
        node = domain.nodes[0]
        domain.join_first(node, "mag1")
        for way, source, destination, address in (
                ("to the node", domain.correspondent, node.host, node.address),
                ("from the node", node.host, domain.correspondent, CORRESPONDENT)):
            traffic.ping(source, address, 3)
            moves(domain, node, source, destination, address, WARM_MOVES)
            firsts, lost = moves(domain, node, source, destination, address, arguments.moves)
            rows.append((switch, way, len(firsts), statistics.median(firsts), percentile(firsts, 0.99),
                         lost / len(firsts)))
    shutil.rmtree(logs)


def main():
    parser = argparse.ArgumentParser(prog="bench/roam.py", description=__doc__.split("\n\n")[0])
    parser.add_argument("--switch", choices=("bmv2", "softswitch"), action="append")
    parser.add_argument("--moves", type=int, default=100)
    parser.add_argument("--format", choices=roam.FORMATS, default="key")
    arguments = parser.parse_args()
    os.environ["PATH"] += os.pathsep + os.pathsep.join(("/usr/sbin", "/sbin"))
    names = arguments.switch or ("bmv2", "softswitch")
    for name in names:
        problems = roam.missing(argparse.Namespace(switch=name, pcap=None, onos=None, scenario="", families="6"))
        for problem in problems:
            print("bench/roam.py: " + problem.replace("mininet/roam.py", "bench/roam.py"), file=sys.stderr)
        if problems:
            return 2
    demo.enter_own_network()
    rows = []
    for name in names:
        measure(name, arguments, rows)
    output.table("Moves during a stream of %d packets a second" % RATE,
                 ("switch", "stream", "moves", "first packet ms, median", "99 %", "lost a move, mean"), rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
