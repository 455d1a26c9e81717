#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Unmodified Linux hosts that roam between three gateway switches of the product, in Mininet.

    sudo mininet/roam.py [--ipv6|--ipv4|--dual] [--format FORMAT] [--clusters 2] [--switch bmv2|softswitch] [--pcap DIR]
                         [--onos URL]

The hosts use their kernel's own address configuration and a DHCP client (udhcpc). While they communicate they change
from cell to cell; shown for each handoff: how long nothing came, what was lost, and that addresses and default route
stayed. One controller serves the anchor and the gateways, or another one the second gateway. Exit code 0 when
everything came out as it should.
"""

import argparse
import pathlib
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import runner  # noqa: E402

NAME = "mininet/roam.py"
FORMATS = ("ip", "gre", "key", "ip4", "gre4", "key4", "udp", "tlv", "tlv-key")
LIMIT_SECONDS = 600
RATE = 1000
STREAM_SECONDS = 4.0


def parse(arguments):
    parser = argparse.ArgumentParser(prog=NAME, description=__doc__.split("\n\n")[0])
    families = parser.add_mutually_exclusive_group()
    for option, value, text in (("--ipv6", "6", "IPv6 nodes (default)"), ("--ipv4", "4", "IPv4 nodes, by DHCP"),
                                ("--dual", "46", "nodes with both")):
        families.add_argument(option, dest="families", action="store_const", const=value, help=text)
    parser.add_argument("--format", choices=FORMATS, default="key",
                        help="tunnels: IPv6 or GRE, without or with keys, in IPv6, the same in IPv4 (...4), UDP, or UDP, "
                        "TLV header and GRE (default: key)")
    parser.add_argument("--nodes", type=int, default=2, choices=range(1, 10), metavar="1..9")
    parser.add_argument("--silent", action="store_true", help="access points do not announce stations; gateways learn of "
                        "nodes by what they send")
    parser.add_argument("--clusters", type=int, choices=(1, 2), default=1, help="2: the second gateway has a controller of "
                        "its own, which knows nothing of the others' nodes")
    runner.add_options(parser, "TCP download")
    parser.set_defaults(families="6")
    options = parser.parse_args(arguments)
    if options.clusters > 1 and options.onos:
        parser.error("--clusters 2 starts controllers of its own: leave out --onos")
    return options


def roam(domain, options):
    import traffic
    from output import check, key, table
    from topology import CORRESPONDENT, CORRESPONDENT4
    nodes = domain.nodes
    rows = []
    for node in nodes:
        took = domain.join_first(node, "mag1")
        gateways = [router for version in sorted(options.families) for router in domain.routes(node, int(version))[0]]
        rows.append((node.name, node.at, node.address or "-", node.address4 or "-", " ".join(gateways), took * 1000))
    table("Switched on", ("node", "at", "IPv6 address", "IPv4 address", "default router", "ms"), rows)
    table("The anchor's sessions, as its switch has them",
          ("session", "home networks", "at", "encapsulation", "key", "up", "down"),
          [row[:4] + (key(row[4]),) + row[5:] for row in domain.bindings()])

    peers = {"6": CORRESPONDENT, "4": CORRESPONDENT4}
    rows = []
    for node in nodes:
        for version in options.families:
            own = node.address if version == "6" else node.address4
            for source, destination, address in ((node.host, "cn", peers[version]),
                                                 (domain.correspondent, node.name, own)):
                result = traffic.ping(source, address)
                rows.append((source.name, destination, address, result["sent"], result["lost"], result["median"]))
    table("Pings through the tunnels", ("from", "to", "address", "sent", "lost", "median ms"), rows)
    check("every ping was answered", all(row[4] == 0 for row in rows))

    node = nodes[0]
    for version in options.families:
        handoffs(domain, node, version, peers[version], options)
    from stories import dropped
    dropped(domain)


def handoffs(domain, node, version, peer, options):
    import traffic
    from output import check, key, table
    rows, results, kept = [], [], []
    own = node.address if version == "6" else node.address4
    before = domain.identity(node)

    def away():
        names = domain.gateway_names
        domain.enter(node, names[(names.index(node.at) + 1) % len(names)])

    def row(what, result, remark=""):
        results.append((what, result))
        domain.wait_for_session(own, node.at)
        now = domain.identity(node)
        kept.append(now)
        rows.append((what, node.at, result.get("sent"), result.get("lost"), result["gap"] or None,
                     "unchanged" if domain.same(before, now) else "CHANGED", remark))
        print("  %s: moved to %s" % (what, node.at), flush=True)

    print("\n%s roams over IPv%s" % (node.name, version), flush=True)
    row("ping, 50 a second", traffic.ping(node.host, peer, count=200, interval=0.02, during=away))
    for what, source, destination, to in (("to the node", domain.correspondent, node.host, own),
                                          ("from the node", node.host, domain.correspondent, peer)):
        row("UDP %s, %d a second" % (what, RATE), traffic.stream(source, destination, to, away, RATE, STREAM_SECONDS))
    result = traffic.tcp(node.host, domain.correspondent, peer, options.seconds, away)
    row("TCP download, %d s" % options.seconds, result,
        "%.1f Mbit/s, %s segments sent again" % (result["mbits"], result["retransmits"]))
    table("%s moves while it communicates over IPv%s" % (node.name, version),
          ("traffic", "to", "sent", "lost", "gap ms", "addresses, route", ""), rows)
    check("addresses and default route stayed the same", all(domain.same(before, now) for now in kept), (before, kept))
    check("all of it went on after the move", all(one["resumed"] for _, one in results), results)
    table("The anchor's sessions afterwards", ("session", "home networks", "at", "encapsulation", "key", "up", "down"),
          [one[:4] + (key(one[4]),) + one[5:] for one in domain.bindings()])


def main():
    options = parse(sys.argv[1:])
    if runner.told(NAME, runner.missing(NAME, [options.switch], options.pcap, options.onos,
                                        [("udhcpc", "udhcpc")] if "4" in options.families else [])):
        return 2
    # What is imported from here on needs what may have been missing.
    import cells
    return runner.run(NAME, options, 4, LIMIT_SECONDS + 2 * options.seconds,
                      lambda command, logs: cells.Cells(command, cells.plan(options.nodes), logs, options.pcap,
                                                        options.onos, options.families, options.format, options.silent,
                                                        options.clusters),
                      roam)


if __name__ == "__main__":
    sys.exit(main())
