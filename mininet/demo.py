#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Mobile nodes that move between two gateway switches, in Mininet, with real pings and TCP through the tunnels.

    sudo mininet/demo.py [--switch bmv2|softswitch] [--pcap DIR] [--cli] [--onos URL]

The hosts are Linux: they make their addresses from Router Advertisements and know nothing of mobility. Needs root,
Mininet, gRPC for Python, iperf3 and a switch, and says what is missing before it touches anything. Takes away what it
has made, and nothing else. Exit code 0 when everything came out as it should.
"""

import argparse
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import runner  # noqa: E402

NAME = "mininet/demo.py"
SCENARIOS = ("roaming", "operators", "nat")
LIMIT_SECONDS = 300


def parse(arguments):
    parser = argparse.ArgumentParser(prog=NAME, description=__doc__.split("\n\n")[0])
    parser.add_argument("--scenario", choices=SCENARIOS, default="roaming",
                        help="nodes that move (default), two operators with the same addresses, or a gateway behind a "
                        "translator")
    runner.add_options(parser, "TCP transfer")
    return parser.parse_args(arguments)


def main():
    options = parse(sys.argv[1:])
    if runner.told(NAME, runner.missing(NAME, [options.switch], options.pcap, options.onos,
                                        [("nft", "nftables")] if options.scenario == "nat" else [])):
        return 2
    # What is imported from here on needs what may have been missing.
    from stories import STORIES
    from topology import Domain
    plan, story = STORIES[options.scenario]
    return runner.run(NAME, options, 3, LIMIT_SECONDS + options.seconds,
                      lambda command, logs: Domain(command, plan(), logs, options.pcap, options.onos), story)


if __name__ == "__main__":
    sys.exit(main())
