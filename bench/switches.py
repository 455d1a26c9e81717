#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Packets a second through one anchor switch as a process on veth interfaces: softswitch, and bmv2 beside it.

Needs root; bmv2 is measured when simple_switch_grpc is on the PATH. Sender, switch and controller share the machine,
so the figures tell how the two compare there and then, not what either can do alone.
"""

import json
import os
import pathlib
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "mininet"))

import peer  # noqa: E402
import wire  # noqa: E402
from processes import start_switch, stop, switch_command  # noqa: E402

GRPC = "127.0.0.1:50251"
ANCHOR, GATEWAY, CORRESPONDENT = "2001:db8:0:1::1", "2001:db8:0:11::1", "2001:db8:ffff::1"
SWITCH_MACS = {1: "00:00:5e:00:53:01", 2: "00:00:5e:00:53:02"}
HOST_MACS = {1: "00:00:5e:00:53:11", 2: "00:00:5e:00:53:22"}
START_SECONDS = 30
WARM_SECONDS, SECONDS = 3.0, 3.0
PAYLOADS = (64, 1200)


def host(port):
    return "pmipb%dh" % port


def switch_side(port):
    return "pmipb%ds" % port


def run(*command):
    subprocess.run(command, check=True)


def make_links():
    for port in SWITCH_MACS:
        run("ip", "link", "add", host(port), "type", "veth", "peer", "name", switch_side(port))
        for interface in (host(port), switch_side(port)):
            # The kernel's own neighbour discovery would be counted as traffic.
            run("sysctl", "-qw", "net.ipv6.conf.%s.disable_ipv6=1" % interface)
            run("ip", "link", "set", "dev", interface, "up")


def remove_links():
    for port in SWITCH_MACS:
        if pathlib.Path("/sys/class/net", host(port)).exists():
            run("ip", "link", "del", host(port))


def configuration():
    with open(ROOT / "docs" / "examples" / "external.json") as file:
        config = json.load(file)
    config["devices"]["device:lma1"]["basic"]["managementAddress"] = "grpc://%s?device_id=1" % GRPC
    # The first request meets a cold controller; on a busy machine the default would refuse it as too old.
    config["apps"]["org.pmip"]["pmip"]["lma"]["parameters"] = {"timestampValidityWindow": 3000}
    return config


def arrived(port):
    return int(pathlib.Path("/sys/class/net", host(port), "statistics", "rx_packets").read_text())


def rate(link, frame, port):
    """Sends as fast as one process can, and tells what was offered and what came out a second."""
    def blast(seconds):
        sent, until = 0, time.monotonic() + seconds
        while time.monotonic() < until:
            for _ in range(64):
                try:
                    link.socket.send(frame)
                    sent += 1
                except OSError:
                    # The queue of the interface is full: the switch is slower than we are.
                    time.sleep(0)
        return sent

    blast(WARM_SECONDS)
    before, began = arrived(port), time.monotonic()
    sent = blast(SECONDS)
    took = time.monotonic() - began
    return sent / took, (arrived(port) - before) / took


def settle(ports):
    """Waits until nothing arrives any more."""
    seen = None
    while seen != (now := [arrived(port) for port in ports]):
        seen = now
        time.sleep(0.5)


def wait_until_ready(processes, controller, work):
    """Reads the controller's output until it has the switch; fails when one of the two ends or time is over."""
    said, until = "", time.monotonic() + START_SECONDS
    while "all devices ready" not in said and not re.search(r"device:lma1 at \S+: ready", said):
        if time.monotonic() > until or any(process.poll() is not None for process in processes):
            raise RuntimeError("switch and controller did not start together; logs are in %s" % work)
        if select.select([controller.stdout], [], [], 0.5)[0]:
            said += os.read(controller.stdout.fileno(), 65536).decode()


def measure(name, work):
    remove_links()
    make_links()
    processes = []
    try:
        processes.append(start_switch(switch_command(name), 1, GRPC, {port: switch_side(port) for port in SWITCH_MACS},
                                      work / (name + ".log")))
        config = work / "network.json"
        config.write_text(json.dumps(configuration()))
        with open(work / (name + "-controller.log"), "w") as log:
            controller = subprocess.Popen([str(ROOT / "pmip"), "run", "--config", str(config)],
                                          stdout=subprocess.PIPE, stderr=log)
        processes.append(controller)
        wait_until_ready(processes, controller, work)
        transport = peer.Link(host(1), HOST_MACS[1], SWITCH_MACS[1])
        home = peer.Link(host(2), HOST_MACS[2], SWITCH_MACS[2])
        gateway = peer.Gateway(transport, GATEWAY, ANCHOR)
        gateway.register("mn1@example.net", 0x0A000001, wire.NEW_INTERFACE, 3600)
        session = gateway.sessions["mn1@example.net"]
        for payload in PAYLOADS:
            up = wire.ipv6(session["address"], CORRESPONDENT, 59, bytes(payload))
            up = wire.ethernet(HOST_MACS[1], SWITCH_MACS[1], wire.tunnel(GATEWAY, ANCHOR, session["up"], up))
            down = wire.ipv6(CORRESPONDENT, session["address"], 59, bytes(payload))
            down = wire.ethernet(HOST_MACS[2], SWITCH_MACS[2], down)
            for way, link, frame, port in (("decapsulate", transport, up, 2), ("encapsulate", home, down, 1)):
                offered, through = rate(link, frame, port)
                print("%-12s %-12s payload=%-5d %12s %12s" % (name, way, payload, "{:,.0f}".format(offered),
                                                             "{:,.0f}".format(through)), flush=True)
                settle(SWITCH_MACS)
    finally:
        for process in reversed(processes):
            stop(process)
        remove_links()


def main():
    problems = []
    if os.geteuid() != 0:
        problems.append("root is needed for veth interfaces and raw sockets")
    if not shutil.which("ip"):
        problems.append("ip is missing (Debian: apt-get install iproute2)")
    for problem in problems:
        print("bench/switches.py: " + problem, file=sys.stderr)
    if problems:
        return 2
    switches = ["softswitch"]
    if shutil.which("simple_switch_grpc"):
        switches.append("bmv2")
    else:
        print("simple_switch_grpc is not on the PATH: bmv2 is not measured")
    work = pathlib.Path(tempfile.mkdtemp(prefix="pmip-bench-"))
    print("%-40s %12s %12s" % ("GRE with key, one session", "offered/s", "through/s"))
    for name in switches:
        measure(name, work)
    shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
