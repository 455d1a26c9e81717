#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""One session through two gateways on bmv2: hosts mag1, mag2 and cn around one switch, the controller beside it.

Needs root, Mininet and simple_switch_grpc on the PATH, and says so before it touches anything. Takes away what it has
made, and nothing else. Exit code 0 when everything came out as it should.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
GRPC = "127.0.0.1:50151"
ANCHOR = "2001:db8:0:1::1"
CORRESPONDENT = "2001:db8:ffff::1"
START_SECONDS = 120
# name, port, MAC address of the host, of the switch's port, and the host's IPv6 address
HOSTS = (
    ("mag1", 1, "00:00:5e:00:53:11", "00:00:5e:00:53:01", "2001:db8:0:11::1"),
    ("mag2", 2, "00:00:5e:00:53:12", "00:00:5e:00:53:02", "2001:db8:0:12::1"),
    ("cn", 3, "00:00:5e:00:53:22", "00:00:5e:00:53:03", CORRESPONDENT),
)


def missing():
    problems = []
    if os.geteuid() != 0:
        problems.append("root is needed: sudo mininet/demo.py")
    try:
        import mininet.net  # noqa: F401  (only whether it is there)
    except ImportError:
        problems.append("Mininet is missing (Debian: apt-get install mininet)")
    if not shutil.which("mnexec"):
        problems.append("mnexec is missing (Debian: apt-get install mininet)")
    if not shutil.which("simple_switch_grpc"):
        problems.append("simple_switch_grpc, the bmv2 switch, is not on the PATH")
    for tool, package in (("java", "openjdk-17-jre-headless"), ("ip", "iproute2")):
        if not shutil.which(tool):
            problems.append("%s is missing (Debian: apt-get install %s)" % (tool, package))
    return problems


class Failure(Exception):
    """Something did not come out as it should."""


class Peer:
    """The process on a host, and the pipe to it."""

    def __init__(self, host, role, own_mac, switch_mac, address):
        self.name = host.name
        self.process = host.popen(
            [sys.executable, str(HERE / "peer.py"), role, host.intfNames()[0], own_mac, switch_mac, address, ANCHOR],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=None, text=True)
        self.answer()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise Failure("%s: the process has ended" % self.name)
        answer = json.loads(line)
        if "error" in answer:
            raise Failure("%s: %s" % (self.name, answer["error"]))
        return answer

    def __call__(self, verb, **arguments):
        self.process.stdin.write(json.dumps(dict(arguments, do=verb)) + "\n")
        self.process.stdin.flush()
        return self.answer()

    def close(self):
        self.process.stdin.close()
        stop(self.process)


def stop(process):
    """Ends one process that was started here."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for_line(process, text, log):
    """Reads the process's output until a line has the text."""
    for line in process.stdout:
        log.write(line)
        if text in line:
            return
    log.flush()
    raise Failure("the process ended before it said '%s'; its log is %s" % (text, log.name))


def build_network():
    """Three hosts around one switch; the switch is bmv2 in the root namespace."""
    from mininet.net import Mininet
    from mininet.node import Node

    net = Mininet(controller=None, build=False)
    switch = net.addHost("lma1", cls=Node, inNamespace=False)
    for name, port, own_mac, _, _ in HOSTS:
        host = net.addHost(name, ip=None, mac=own_mac)
        net.addLink(host, switch, intfName1=name + "-eth0", intfName2="lma1-eth%d" % port)
        host.cmd("ip link set dev %s-eth0 address %s up" % (name, own_mac))
        # The peers speak for these hosts; the kernel's own chatter would only be in the way.
        host.cmd("sysctl -qw net.ipv6.conf.all.disable_ipv6=1")
        # Segmentation by the kernel would make frames that no wire carries.
        switch.cmd("sysctl -qw net.ipv6.conf.lma1-eth%d.disable_ipv6=1" % port)
        switch.cmd("ip link set dev lma1-eth%d up" % port)
    return net


def start_switch(logs):
    interfaces = [word for _, port, _, _, _ in HOSTS for word in ("-i", "%d@lma1-eth%d" % (port, port))]
    log = open(logs / "bmv2.log", "w")
    return subprocess.Popen(["simple_switch_grpc", "--no-p4", "--device-id", "1", *interfaces,
                             "--", "--grpc-server-addr", GRPC, "--cpu-port", "255"],
                            stdout=log, stderr=subprocess.STDOUT)


def start_controller(logs):
    controller = subprocess.Popen([str(ROOT / "pmip"), "run", "--config", str(HERE / "anchor.json")],
                                  stdout=subprocess.PIPE, stderr=open(logs / "pmip.err", "w"), text=True)
    with open(logs / "pmip.log", "w") as log:
        wait_for_line(controller, "all devices ready", log)
    return controller


def check(what, condition, seen):
    print("  %-58s %s" % (what, "as it should" if condition else "NOT as it should"))
    if not condition:
        raise Failure("%s: %s" % (what, json.dumps(seen)))


# anchor.json widens the window for timestamps: the first request meets a cold controller on a machine that also runs
# the switch and the hosts.
def register_until_ready(gateway, **arguments):
    """The first request may come while the application still writes the switch's configuration."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            return gateway("register", **arguments)
        except Failure:
            if time.monotonic() > until:
                raise


def all_come_back(gateway, node):
    flow = gateway("exchange", node=node, correspondent=CORRESPONDENT, packets=200)
    print("200 packets of %s through %s: %s" % (node, gateway.name, flow))
    check("every packet came back, octet by octet", flow == {"sent": 200, "back": 200, "wrong": 0}, flow)


def none_get_through(gateway, node, correspondent, why, key=None):
    before = correspondent("count")["received"]
    flow = gateway("exchange", node=node, correspondent=CORRESPONDENT, packets=20, key=key, wait=1.0)
    after = correspondent("count")["received"]
    print("20 packets of %s through %s, %s: %d arrived" % (node, gateway.name, why, after - before))
    check("none got through, none came back", after == before and flow["back"] == 0 and flow["wrong"] == 0, flow)


def story(mag1, mag2, correspondent):
    node = "mn1@example.net"
    first = register_until_ready(mag1, node=node, key=0x0A000001, handoff=1)
    print("mag1 registers %s: %s" % (node, first))
    check("accepted, with prefix and uplink key", first["status"] == 0 and isinstance(first["uplink_key"], int), first)
    all_come_back(mag1, node)
    none_get_through(mag1, node, correspondent, "with a wrong key", key=first["uplink_key"] ^ 1)

    second = mag2("register", node=node, key=0x0B000001, handoff=3)
    print("mag2 takes %s over: %s" % (node, second))
    check("same prefix, same uplink key", all(second[field] == first[field] for field in
                                              ("status", "prefix", "uplink_key")), second)
    all_come_back(mag2, node)
    none_get_through(mag1, node, correspondent, "where it no longer is")

    for name, key in (("mn2@example.net", "mode"), ("mn3@example.net", None)):
        other = mag1("register", node=name, key=key, handoff=1)
        print("mag1 registers %s: %s" % (name, other))
        check("accepted as asked", other["status"] == 0 and other["uplink_key"] == key, other)
        all_come_back(mag1, name)

    end = mag2("register", node=node, key=0x0B000001, handoff=4, lifetime=0)
    print("mag2 de-registers %s: %s" % (node, end))
    check("accepted", end["status"] == 0, end)
    none_get_through(mag2, node, correspondent, "after its end")


def main():
    problems = missing()
    for problem in problems:
        print("mininet/demo.py: " + problem, file=sys.stderr)
    if problems:
        return 2
    from mininet.log import setLogLevel
    setLogLevel("error")
    logs = pathlib.Path(tempfile.mkdtemp(prefix="pmip-mininet-"))
    cleanups = []
    try:
        net = build_network()
        cleanups.append(net.stop)
        switch = start_switch(logs)
        cleanups.append(lambda: stop(switch))
        print("starting the controller; the first start builds it")
        controller = start_controller(logs)
        cleanups.append(lambda: stop(controller))
        peers = {}
        for name, _, own_mac, switch_mac, address in HOSTS:
            peers[name] = Peer(net.get(name), "cn" if name == "cn" else "mag", own_mac, switch_mac, address)
            cleanups.append(peers[name].close)
        story(peers["mag1"], peers["mag2"], peers["cn"])
        print("everything came out as it should")
        shutil.rmtree(logs)
        return 0
    except Failure as failure:
        print("mininet/demo.py: %s\nlogs are in %s" % (failure, logs), file=sys.stderr)
        return 1
    finally:
        for cleanup in reversed(cleanups):
            cleanup()


if __name__ == "__main__":
    sys.exit(main())
