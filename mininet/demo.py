#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Mobile nodes that move between two gateway switches, in Mininet, with real pings and TCP through the tunnels.

    sudo mininet/demo.py [--switch bmv2|softswitch] [--pcap DIR] [--cli] [--onos URL]

The hosts are Linux: they make their addresses from Router Advertisements and know nothing of mobility. Needs root,
Mininet, gRPC for Python, iperf3 and a switch, and says what is missing before it touches anything. Takes away what it
has made, and nothing else. Exit code 0 when everything came out as it should.
"""

import argparse
import ctypes
import importlib.util
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
CLONE_NEWNET = 0x40000000
RATE = 1000
LIMIT_SECONDS = 300
PROGRAMS = (("mnexec", "mininet"), ("ip", "iproute2"), ("ethtool", "ethtool"), ("ping", "iputils-ping"),
            ("iperf3", "iperf3"), ("java", "openjdk-17-jre-headless"))
# As in the P4 program; the rest of its reasons stays silent here.
DROP_REASONS = {1: "unknown interface", 2: "frame for another station", 3: "not IP", 4: "malformed",
                5: "not forwardable", 6: "unserved", 7: "too many for the controller", 8: "fragment", 9: "GRE flags",
                10: "GRE protocol", 11: "unknown tunnel", 12: "unknown key", 13: "key missing", 14: "key unexpected",
                15: "wrong key", 16: "wrong encapsulation", 17: "wrong outer source", 18: "wrong inner source",
                19: "unknown session", 20: "session ending", 21: "no binding", 22: "no tunnel", 23: "hop limit",
                24: "too big", 25: "no route", 26: "no next hop", 27: "TLV length", 28: "TLV protocol",
                29: "unknown node", 30: "no such node here", 31: "unknown station"}


def missing(options):
    problems = []
    if os.geteuid() != 0:
        problems.append("root is needed: sudo mininet/demo.py")
    elif shutil.which("unshare") and subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode:
        problems.append("this root may not make network name spaces (a container without CAP_SYS_ADMIN?)")
    for module, package in (("mininet", "mininet"), ("grpc", "python3-grpcio")):
        if importlib.util.find_spec(module) is None:
            problems.append("%s for Python is missing (Debian: apt-get install %s)" % (module, package))
    programs = PROGRAMS + ((("tcpdump", "tcpdump"),) if options.pcap else ())
    for program, package in programs:
        if not shutil.which(program):
            problems.append("%s is missing (Debian: apt-get install %s)" % (program, package))
    if options.onos and pathlib.Path("/sys/class/net/lma1-eth1").exists():
        problems.append("there is an interface lma1-eth1: is another demonstration running?")
    if options.switch == "bmv2" and not shutil.which("simple_switch_grpc"):
        problems.append("simple_switch_grpc, the bmv2 switch, is not on the PATH; --switch softswitch does without it")
    return problems


def switch_command(name):
    return ["simple_switch_grpc"] if name == "bmv2" else [str(ROOT / "pmip"), "softswitch"]


def enter_own_network():
    """Builds what is not built yet, and goes into a network name space of its own.

    Nothing of the machine's own network is touched from there, a second demonstration is not in the way, and whatever
    is left over ends with the last process.
    """
    if not (ROOT / "standalone" / "target" / "dist" / "lib" / ".complete").exists():
        subprocess.run([str(ROOT / "pmip"), "run", "--help"], check=True, stdout=subprocess.DEVNULL)
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "unshare")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


# --- output -----------------------------------------------------------------------------------------------------------

def table(title, head, rows):
    """A table in the terminal; numbers to the right."""
    cells = [[("%.1f" % cell if isinstance(cell, float) else "-" if cell is None else str(cell)) for cell in row]
             for row in rows]
    widths = [max(len(row[column]) for row in [list(head)] + cells) for column in range(len(head))]
    right = [all(isinstance(row[column], (int, float)) or row[column] is None for row in rows)
             for column in range(len(head))]

    def line(row):
        return "  " + "  ".join(cell.rjust(width) if numeric else cell.ljust(width)
                                for cell, width, numeric in zip(row, widths, right)).rstrip()

    print("\n%s\n%s\n%s" % (title, line(head), line(["-" * width for width in widths])))
    for row in cells:
        print(line(row))
    sys.stdout.flush()


def check(what, condition, seen=None):
    from wire import Failure
    if not condition:
        raise Failure("NOT as it should be: %s%s" % (what, "" if seen is None else " (%s)" % (seen,)))
    print("  as it should be: " + what, flush=True)


def key(value):
    return "%08x" % value if isinstance(value, int) else "-"


# --- the story --------------------------------------------------------------------------------------------------------

def attach_all(domain, nodes):
    rows = []
    for number, node in enumerate(nodes):
        session = (domain.attach if number else domain.first_attach)(node, "mag1")
        domain.wait_for_address(node, session.prefix)
        rows.append((node.name, node.at, session.prefix, session.tunnel, key(session.down), key(session.up),
                     session.milliseconds["signalling"], session.milliseconds["attached"]))
    table("Attached", ("node", "at", "home network prefix", "tunnel", "key down", "key up", "PBU to PBA ms",
                       "attached ms"), rows)


def pings(domain, nodes):
    import traffic
    correspondent = domain.correspondent, domain.correspondent_address
    ways = [(node.name, node.host, *correspondent) for node in nodes]
    ways += [("cn", correspondent[0], node.host, node.address) for node in nodes]
    if len(nodes) > 1:
        ways.append((nodes[0].name, nodes[0].host, nodes[1].host, nodes[1].address))
    rows = []
    for name, source, destination, address in ways:
        # The first packet of each way waits for neighbour discovery; it belongs to the way all the same.
        result = traffic.ping(source, address)
        rows.append((name, destination.name, result["sent"], result["lost"], result["median"]))
    table("Pings through the tunnels", ("from", "to", "sent", "lost", "median ms"), rows)
    check("every ping was answered", all(row[3] == 0 for row in rows))


def moves(domain, node, options):
    """A node goes to and fro while a ping, a stream of datagrams and a TCP transfer run."""
    import traffic
    rows, results, sessions = [], [], []

    def away():
        sessions.append(domain.move(node, "mag2" if node.at == "mag1" else "mag1"))

    def row(what, result, remark=""):
        results.append(result)
        rows.append((what, node.at, result.get("sent"), result.get("lost"), result["gap"] or None,
                     sessions[-1].milliseconds["signalling"], sessions[-1].milliseconds["moved"], remark))

    before = domain.gateways[node.at].sessions[node.mac]
    address = node.address
    result = traffic.ping(node.host, domain.correspondent_address, count=100, interval=0.02, during=away)
    row("ping, 50 a second", result)
    for what, source, destination, to in (("to the node", domain.correspondent, node.host, node.address),
                                          ("from the node", node.host, domain.correspondent,
                                           domain.correspondent_address)):
        result = traffic.stream(source, destination, to, away, RATE)
        row("UDP %s, %d a second" % (what, RATE), result)
    result = traffic.tcp(node.host, domain.correspondent, domain.correspondent_address, options.seconds, away)
    row("TCP to the node, %d s" % options.seconds, result,
        "%.1f Mbit/s, %s segments sent again%s" % (result["mbits"], result["retransmits"], "" if result["gap"] else
                                                   ", something in each 100 ms"))
    table("%s moves while it communicates" % node.name,
          ("traffic", "to", "sent", "lost", "gap ms", "PBU to PBA ms", "move ms", ""), rows)
    check("prefix and uplink key stayed the same",
          all((one.prefix, one.up) == (before.prefix, before.up) for one in sessions))
    check("the node's address stayed the same", domain.wait_for_address(node, before.prefix) == address)
    check("all of it went on after the move", all(one["resumed"] for one in results), results)


def refusals(domain, node):
    """What must not get through."""
    import traffic
    own = domain.gateways[node.at]
    session = own.sessions[node.mac]
    stolen = str(session.prefix.network_address + (1 << 64) + 1)
    node.host.cmd("ip -6 address add %s/128 dev %s-eth0 nodad" % (stolen, node.name))
    result = traffic.ping(node.host, domain.correspondent_address, 5, 0.1, source_address=stolen)
    node.host.cmd("ip -6 address del %s/128 dev %s-eth0" % (stolen, node.name))
    check("packets from another node's prefix stop at the gateway", result["lost"] == result["sent"], result)

    own.use_key(session, session.up ^ 1)
    result = traffic.ping(node.host, domain.correspondent_address, 5, 0.1)
    own.use_key(session, session.up)
    check("packets with a wrong key stop at the anchor", result["lost"] == result["sent"], result)
    result = traffic.ping(node.host, domain.correspondent_address, 5, 0.1)
    check("with the right key they pass again", result["lost"] == 0, result)

    own.detach(node)
    result = traffic.ping(domain.correspondent, node.address, 5, 0.1)
    check("nothing reaches a node that has gone", result["lost"] == result["sent"], result)


def dropped(domain):
    rows = []
    for name in domain.addresses:
        for reason, count in sorted(domain.drops(name).items()):
            if count:
                rows.append((name, DROP_REASONS.get(reason, str(reason)), count))
    table("Dropped, as the switches count it", ("switch", "reason", "packets"), rows)


def roaming(domain, options):
    attach_all(domain, domain.nodes)
    pings(domain, domain.nodes)
    moves(domain, domain.nodes[0], options)
    refusals(domain, domain.nodes[0])
    dropped(domain)


def roaming_nodes():
    from topology import MobileNode
    return [MobileNode("mn%d" % number, "mn%d@example.net" % number, "00:00:5e:00:53:4%d" % number, kind)
            for number, kind in ((1, "key"), (2, "mode"), (3, None))]


SCENARIOS = {"roaming": (roaming_nodes, roaming)}


# --- start and end ----------------------------------------------------------------------------------------------------

def parse(arguments):
    parser = argparse.ArgumentParser(prog="mininet/demo.py", description=__doc__.split("\n\n")[0])
    parser.add_argument("--scenario", choices=sorted(SCENARIOS), default="roaming")
    parser.add_argument("--switch", choices=("bmv2", "softswitch"), default="bmv2")
    parser.add_argument("--pcap", metavar="DIR", type=pathlib.Path, help="keep a capture of each port of each switch")
    parser.add_argument("--cli", action="store_true", help="stay in Mininet's command line at the end")
    parser.add_argument("--onos", metavar="URL", help="use this ONOS, on which the application is active, for example "
                        "http://onos:rocks@127.0.0.1:8181, and not ./pmip run")
    parser.add_argument("--seconds", type=int, default=8, help="length of the TCP transfer")
    return parser.parse_args(arguments)


def interrupted(*_):
    raise KeyboardInterrupt


def too_long(_, frame):
    """Says where it stands, so that a demonstration that hangs can be understood, and ends it."""
    from wire import Failure
    where = ["%s:%d" % (pathlib.Path(one.filename).name, one.lineno) for one in traceback.extract_stack(frame)]
    raise Failure("not done after %d s; at %s" % (LIMIT_SECONDS, " < ".join(reversed(where[-8:]))))


def main():
    options = parse(sys.argv[1:])
    os.environ["PATH"] += os.pathsep + os.pathsep.join(("/usr/sbin", "/sbin"))
    problems = missing(options)
    for problem in problems:
        print("mininet/demo.py: " + problem, file=sys.stderr)
    if problems:
        return 2
    sys.path.insert(0, str(HERE))
    from mininet.log import setLogLevel
    from topology import Domain
    from wire import Failure
    setLogLevel("info" if options.cli else "error")
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, interrupted)
    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LIMIT_SECONDS + options.seconds)
    logs = pathlib.Path(tempfile.mkdtemp(prefix="pmip-mininet-"))
    nodes, story = SCENARIOS[options.scenario]
    print("starting three switches (%s) and the controller; the first start builds it" % options.switch, flush=True)
    began = time.monotonic()
    # An ONOS must reach the switches from where it is.
    if options.onos is None:
        enter_own_network()
    try:
        with Domain(switch_command(options.switch), nodes(), logs, options.pcap, options.onos) as domain:
            print("started after %.1f s" % (time.monotonic() - began), flush=True)
            try:
                story(domain, options)
                print("\neverything came out as it should")
            finally:
                signal.alarm(0)
                if options.cli:
                    from mininet.cli import CLI
                    CLI(domain.net)
                # What is being taken away must go whole, whoever is impatient.
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
        shutil.rmtree(logs)
        return 0
    except Failure as failure:
        print("mininet/demo.py: %s\nlogs are in %s" % (failure, logs), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("mininet/demo.py: interrupted", file=sys.stderr)
        shutil.rmtree(logs)
        return 130


if __name__ == "__main__":
    sys.exit(main())
