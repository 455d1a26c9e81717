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
SCENARIOS = ("roaming", "operators", "nat")
CLONE_NEWNET = 0x40000000
LIMIT_SECONDS = 300
PROGRAMS = (("mnexec", "mininet"), ("ip", "iproute2"), ("ethtool", "ethtool"), ("ping", "iputils-ping"),
            ("iperf3", "iperf3"), ("java", "openjdk-17-jre-headless"))


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
    programs += (("nft", "nftables"),) if options.scenario == "nat" else ()
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


def parse(arguments):
    parser = argparse.ArgumentParser(prog="mininet/demo.py", description=__doc__.split("\n\n")[0])
    parser.add_argument("--scenario", choices=SCENARIOS, default="roaming",
                        help="nodes that move (default), two operators with the same addresses, or a gateway behind a "
                        "translator")
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
    from stories import STORIES
    from topology import Domain
    from wire import Failure
    setLogLevel("info" if options.cli else "error")
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, interrupted)
    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(LIMIT_SECONDS + options.seconds)
    logs = pathlib.Path(tempfile.mkdtemp(prefix="pmip-mininet-"))
    plan, story = STORIES[options.scenario]
    print("starting three switches (%s) and the controller; the first start builds it" % options.switch, flush=True)
    began = time.monotonic()
    # An ONOS must reach the switches from where it is.
    if options.onos is None:
        enter_own_network()
    try:
        with Domain(switch_command(options.switch), plan(), logs, options.pcap, options.onos) as domain:
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
