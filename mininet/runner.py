# SPDX-License-Identifier: Apache-2.0
"""How a demonstration or a measurement in Mininet runs: what must be there, options, a network of its own, its end."""

import argparse
import ctypes
import importlib.util
import os
import pathlib
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

from processes import ROOT, switch_command
from wire import Failure

CLONE_NEWNET = 0x40000000
SWITCHES = ("bmv2", "softswitch")
PROGRAMS = (("mnexec", "mininet"), ("ip", "iproute2"), ("ethtool", "ethtool"), ("ping", "iputils-ping"),
            ("iperf3", "iperf3"), ("java", "openjdk-17-jre-headless"))
COUNTED = {3: "three", 4: "four"}


def missing(name, switches, pcap=None, onos=None, programs=()):
    """What is not there of what a run needs, a line each; programs are (program, Debian package) beyond the usual."""
    # Where programs for administrators are, sudo's PATH or not.
    os.environ["PATH"] += os.pathsep + os.pathsep.join(("/usr/sbin", "/sbin"))
    problems = []
    if os.geteuid() != 0:
        problems.append("root is needed: sudo " + name)
    elif shutil.which("unshare") and subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode:
        problems.append("this root may not make network name spaces (a container without CAP_SYS_ADMIN?)")
    for module, package in (("mininet", "mininet"), ("grpc", "python3-grpcio")):
        if importlib.util.find_spec(module) is None:
            problems.append("%s for Python is missing (Debian: apt-get install %s)" % (module, package))
    for program, package in PROGRAMS + ((("tcpdump", "tcpdump"),) if pcap else ()) + tuple(programs):
        if not shutil.which(program):
            problems.append("%s is missing (Debian: apt-get install %s)" % (program, package))
    if onos and pathlib.Path("/sys/class/net/lma1-eth1").exists():
        problems.append("there is an interface lma1-eth1: is another demonstration running?")
    if "bmv2" in switches and not shutil.which("simple_switch_grpc"):
        problems.append("simple_switch_grpc, the bmv2 switch, is not on the PATH; --switch softswitch does without it")
    return problems


def told(name, problems):
    """Says what is missing; whether anything is."""
    for problem in problems:
        print("%s: %s" % (name, problem), file=sys.stderr)
    return bool(problems)


def build():
    """Builds what is not built yet, for the user who has said sudo, lest the next build meet files of root's."""
    if (ROOT / "standalone" / "target" / "dist" / "lib" / ".complete").exists():
        return
    user = {}
    if "SUDO_UID" in os.environ and ROOT.stat().st_uid == int(os.environ["SUDO_UID"]):
        account = pwd.getpwuid(int(os.environ["SUDO_UID"]))
        user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": (),
                "env": dict(os.environ, HOME=account.pw_dir, USER=account.pw_name, LOGNAME=account.pw_name)}
    if subprocess.run([str(ROOT / "pmip"), "run", "--help"], stdout=subprocess.DEVNULL, **user).returncode:
        raise Failure("./pmip cannot be built, see above")


def enter_own_network():
    """Builds what is not built yet, and goes into a network name space of its own.

    Nothing of the machine's own network is touched from there, a second demonstration is not in the way, and whatever
    is left over ends with the last process.
    """
    build()
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "unshare")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


def seconds(text):
    value = int(text)
    if not 1 <= value <= 3600:
        raise argparse.ArgumentTypeError("%d is not from 1 to 3600" % value)
    return value


def add_options(parser, transfer):
    """The options that each demonstration has; transfer says what --seconds is the length of."""
    parser.add_argument("--switch", choices=SWITCHES, default="bmv2", help="default: %(default)s")
    parser.add_argument("--seconds", type=seconds, default=8, help="length of the %s, 1 to 3600 (default: %%(default)s)"
                        % transfer)
    parser.add_argument("--pcap", metavar="DIR", type=pathlib.Path, help="keep a capture of each port of each switch")
    parser.add_argument("--cli", action="store_true", help="stay in Mininet's command line at the end")
    parser.add_argument("--onos", metavar="URL", help="use this ONOS, on which the application is active, for example "
                        "http://onos:rocks@127.0.0.1:8181, and not ./pmip run")


def limit(total):
    """Raises Failure after so many seconds, which says where it stands: what hangs can be understood, and ends."""
    def too_long(_, frame):
        where = ["%s:%d" % (pathlib.Path(one.filename).name, one.lineno) for one in traceback.extract_stack(frame)]
        raise Failure("not done after %d s; at %s" % (total, " < ".join(reversed(where[-8:]))))

    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(total)


def interrupted(*_):
    raise KeyboardInterrupt


def run(name, options, switches, limit_seconds, make, story):
    """Makes a domain, lets the story happen in it and takes it away again; the exit code.

    make(command, logs) gives the domain for a switch's command and a folder for logs, story(domain, options) raises
    Failure when something does not come out as it should. switches is how many the domain has.
    """
    from mininet.log import setLogLevel
    setLogLevel("info" if options.cli else "error")
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupted)
    logs = pathlib.Path(tempfile.mkdtemp(prefix="pmip-%s-" % pathlib.Path(name).stem))
    print("starting %s switches (%s) and the controller; the first start builds it"
          % (COUNTED[switches], options.switch), flush=True)
    began = time.monotonic()
    try:
        # An ONOS must reach the switches from where it is.
        if options.onos is None:
            enter_own_network()
        limit(limit_seconds)
        with make(switch_command(options.switch), logs) as domain:
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
        print("%s: %s\nlogs are in %s" % (name, failure, logs), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("%s: interrupted" % name, file=sys.stderr)
        shutil.rmtree(logs)
        return 130
