#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How long after a node has come to a gateway the first packet passes there, and what a stream of 1,000 a second loses.

    sudo bench/roam.py [--switch bmv2|softswitch]... [--moves N] [--format FORMAT] [--used MOVES]

The domain is the one of mininet/roam.py: the product's own gateways, whose access points announce the node. The time runs
from the announcement in the new cell, which is the attach event; what the emulated radio's own change takes, from the old
cell's link down to the new one's up, is shown beside it. The losses include what was lost meanwhile, and what was under way
to the old gateway. Moves are measured right after the start, when the controller's JVM has seen none yet, and again after
MOVES registrations and handoffs of others, as in a domain that is in use.
Needs what mininet/roam.py needs, and says what is missing.
"""

import argparse
import pathlib
import shutil
import statistics
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "mininet"))

import runner  # noqa: E402
from output import percentile, table  # noqa: E402
from processes import switch_command  # noqa: E402
from roam import FORMATS  # noqa: E402

RATE = 1000
# Long enough for a handoff with one message repeated.
STAY_SECONDS = 2.0
FIRST_MOVES = 15
OTHERS = 300
OTHERS_RATE = 100


def others():
    """Identifier and interface of nodes that are nothing but announced."""
    return [("other%d@example.net" % number, "02:00:00:00:%02x:%02x" % divmod(number, 256)) for number in range(OTHERS)]


def domain_with_others(cells):
    """The class of a domain in which other nodes than those measured may come and go."""

    class Used(cells.Cells):
        def configuration(self):
            config = super().configuration()
            config["apps"]["org.pmip"]["pmip"]["mag"]["mobileNodes"] += [
                {"id": identifier, "interfaces": [mac]} for identifier, mac in others()]
            return config

        def use(self, count):
            """Announces others, one gateway after the other, as if they moved about."""
            began = time.monotonic()
            for number in range(count):
                name = self.gateway_names[number // OTHERS % len(self.gateway_names)]
                frame = cells.layer2_update(others()[number % OTHERS][1])
                self.speaker.stdin.write("air-%s %s\n" % (name, frame.hex()))
                self.speaker.stdin.flush()
                time.sleep(max(0, began + number / OTHERS_RATE - time.monotonic()))
                if number % 500 == 499:
                    print("  %d of %d registrations of others" % (number + 1, count), flush=True)
            time.sleep(STAY_SECONDS)

    return Used


def moves(domain, node, source, destination, address, count):
    """Milliseconds from each announcement to the first packet there, those of each radio's change, and packets lost."""
    came, changes = [], []

    def go():
        names = domain.gateway_names
        for number in range(count):
            began = time.monotonic()
            domain.change(node, names[(names.index(node.at) + 1) % len(names)])
            came.append(time.monotonic())
            changes.append((came[-1] - began) * 1000)
            domain.announce(node)
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
    return firsts, changes, int(RATE * seconds) - len({number for number, _ in arrived})


def measure(switch, arguments, rows):
    import cells
    import traffic
    from topology import CORRESPONDENT
    logs = pathlib.Path(tempfile.mkdtemp(prefix="pmip-roam-"))
    with domain_with_others(cells)(switch_command(switch), cells.plan(1), logs, None, None, "6",
                                   arguments.format) as domain:
        node = domain.nodes[0]
        domain.join_first(node, "mag1")
        ways = (("to the node", domain.correspondent, node.host, node.address),
                ("from the node", node.host, domain.correspondent, CORRESPONDENT))
        for state, count in (("started", FIRST_MOVES), ("in use", arguments.moves)):
            for way, source, destination, address in ways:
                traffic.ping(source, address, 3)
                firsts, changes, lost = moves(domain, node, source, destination, address, count)
                rows.append((switch, state, way, len(firsts), statistics.median(firsts), percentile(firsts, 0.99),
                             statistics.median(changes), lost / len(firsts)))
            if state == "started":
                domain.use(arguments.used)
    shutil.rmtree(logs)


def main():
    parser = argparse.ArgumentParser(prog="bench/roam.py", description=__doc__.split("\n\n")[0])
    parser.add_argument("--switch", choices=runner.SWITCHES, action="append")
    parser.add_argument("--moves", type=int, default=100)
    parser.add_argument("--used", type=int, default=3000, metavar="MOVES",
                        help="registrations and handoffs of other nodes before the second measurement (default: 3000)")
    parser.add_argument("--format", choices=FORMATS, default="key")
    arguments = parser.parse_args()
    names = arguments.switch or runner.SWITCHES
    if runner.told(parser.prog, runner.missing(parser.prog, names)):
        return 2
    runner.enter_own_network()
    rows = []
    for name in names:
        measure(name, arguments, rows)
    table("Moves during a stream of %d packets a second" % RATE,
          ("switch", "domain", "stream", "moves", "first packet ms, median", "99 %", "radio ms, median",
           "lost a move, mean"), rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
