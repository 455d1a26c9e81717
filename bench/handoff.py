#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What a move between two gateways costs a stream of 1,000 packets a second: packets lost and time without any.

    sudo bench/handoff.py [--switch bmv2|softswitch]... [--moves N]

The domain is the one of mininet/demo.py: real switches for the anchor and both gateways, a Linux host that moves, the
controller beside them on the same machine. The gap begins with the last packet on the old radio link and ends with the
first on the new one. Needs what the demonstration needs, and says what is missing.
"""

import argparse
import pathlib
import shutil
import statistics
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "mininet"))

import runner  # noqa: E402
import wire  # noqa: E402
from output import percentile, table  # noqa: E402
from processes import switch_command  # noqa: E402

RATE, SECONDS = 1000, 2.0
# The first moves meet code that the controller's virtual machine has not compiled yet.
WARM_MOVES = 5


def measure(name, moves, rows):
    import topology
    import traffic
    logs = pathlib.Path(tempfile.mkdtemp(prefix="pmip-handoff-"))
    node = topology.MobileNode("mn1", "mn1@example.net", "00:00:5e:00:53:41", "key")
    with topology.Domain(switch_command(name), topology.Plan([node]), logs) as domain:
        session = domain.first_attach(node, "mag1")

        def move():
            nonlocal session
            before = session.prefix
            session = domain.move(node, "mag2" if node.at == "mag1" else "mag1")
            if session.prefix != before:
                raise wire.Failure("the node came to %s as a new one: its prefix was %s and is %s; logs are in %s"
                                   % (node.at, before, session.prefix, logs))

        for way, source, destination, address in (
                ("to the node", domain.correspondent, node.host, node.address),
                ("from the node", node.host, domain.correspondent, topology.CORRESPONDENT)):
            # Also lets neighbour discovery happen before anything is counted.
            traffic.ping(source, address, 3)
            for _ in range(WARM_MOVES):
                traffic.stream(source, destination, address, move, RATE, 0.5)
            lost, gaps, signalling = [], [], []
            for _ in range(moves):
                result = traffic.stream(source, destination, address, move, RATE, SECONDS)
                lost.append(result["lost"])
                gaps.append(result["gap"])
                signalling.append(session.milliseconds["signalling"])
            rows.append((name, way, len(lost), statistics.median(lost), percentile(lost, 0.95),
                         statistics.median(gaps), percentile(gaps, 0.95), statistics.median(signalling)))
    shutil.rmtree(logs)


def main():
    parser = argparse.ArgumentParser(prog="bench/handoff.py", description=__doc__.split("\n\n")[0])
    parser.add_argument("--switch", choices=runner.SWITCHES, action="append")
    parser.add_argument("--moves", type=int, default=20)
    arguments = parser.parse_args()
    names = arguments.switch or runner.SWITCHES
    if runner.told(parser.prog, runner.missing(parser.prog, names)):
        return 2
    runner.enter_own_network()
    rows = []
    for name in names:
        measure(name, arguments.moves, rows)
    table("Moves during a stream of %d packets a second" % RATE,
          ("switch", "stream", "moves", "lost, median", "lost, 95 %", "gap ms, median", "gap ms, 95 %",
           "PBU to PBA ms, median"), rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
