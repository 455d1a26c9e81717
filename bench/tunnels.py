#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""What tunnels cost on a switch: packets a second and TCP throughput, beside plain IPv6 routing on the same switch.

    sudo bench/tunnels.py [--switch bmv2|softswitch] [--rounds N]

All paths are measured in turn in each round, and medians are told; the ratio is to plain routing. Packets are sent in
a window, never more than the switch has room for, so that none is lost and the figure is what the switch can do.
TCP goes through two switches, where the tunnel begins and where it ends, or plainly through the same two. Needs root,
Mininet, gRPC for Python and iperf3, and says what is missing.
"""

import argparse
import contextlib
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "mininet"))

import runner  # noqa: E402
import wire  # noqa: E402
from output import table  # noqa: E402
from processes import (free_port, processor_seconds, start_switch, stop, switch_command,  # noqa: E402
                       wait_for_switch)

GATEWAY, ANCHOR = "2001:db8:0:11::1", "2001:db8:0:1::1"
GATEWAY4, ANCHOR4 = "198.51.100.11", "198.51.100.1"
TRANSPORT, HOME, ACCESS = 1, 2, 3
GRE_KEY, UDP_TLV_GRE_KEY = 3, 6
# Path: name, number of session and tunnel (None: plain), what begins the tunnel, how it is expected to come.
PLAIN, GRE, TLV = "plain IPv6", "GRE with key", "UDP, TLV, GRE with key"
TUNNELS = {GRE: (1, "encapsulate_gre_key", GRE_KEY), TLV: (2, "encapsulate_udp_tlv_gre_key", UDP_TLV_GRE_KEY)}
PATHS = {PLAIN: 0, GRE: 1, TLV: 2}
NODE_PORTS = {PLAIN: 3, GRE: 2, TLV: 4}
UP_KEY, DOWN_KEY = 0x0A000000, 0x0B000000
HOP_LIMIT, MTU, HOST_MTU = 64, 1500, 1400
WINDOW, BATCH = 256, 32
WARM_SECONDS, SECONDS, TCP_SECONDS = 0.2, 0.6, 5
# Packet rates swing with what else the machine does: many short rounds, where TCP has a few long ones.
SLICES = 4
SIZES = (64, 1200)


def node_prefix(path):
    return "2001:db8:10%d::" % PATHS[path]


def correspondent_prefix(path):
    return "2001:db8:20%d::" % PATHS[path]


def mac(switch, port, host=False):
    return "00:00:5e:00:53:%d%d" % (switch + (5 if host else 0), port)


class Tables:
    """Writes what a switch is to do; the switches are number 1, where nodes are, and 2, where their anchor is."""

    def __init__(self, address, number, program):
        import p4runtime
        self.number, self.mapped = number, p4runtime.mapped
        self.switch = p4runtime.Switch(address, number, program)
        self.switch.install()
        self.insert = self.switch.insert

    def port(self, port, role, domain, next_hop_mac):
        self.insert("stations", {"ingress_port": port, "mac": mac(self.number, port)}, "accept_frame")
        self.insert("next_hops", {"next_hop_id": port}, "transmit", port, 0, mac(self.number, port), next_hop_mac)
        self.insert("interfaces", {"ingress_port": port, "vlan_id": 0}, "connect", role, domain)

    def route(self, domain, destination, port, length=None):
        version = 4 if "." in destination else 6
        self.insert("routes", {"domain": domain, "ip_version": version,
                               "destination": (self.mapped(destination), length or 128)}, "forward", port)

    def ends(self, own, own4, peer, peer4, action):
        for address in (own, own4):
            self.insert("local_addresses", {"domain": 0, "address": self.mapped(address)}, "deliver_locally")
        for (number, _, _), local, remote, port in zip(TUNNELS.values(), (own, own4), (peer, peer4),
                                                       (0, wire.TUNNEL_PORT)):
            self.insert("tunnels", {"outer_source": self.mapped(remote), "outer_destination": self.mapped(local),
                                    "source_port": port}, action, number, 1)
            self.route(0, remote, 1)
        self.insert("tunnel_endpoints", {"tunnel_id": 1}, "ip6_path", self.mapped(own), self.mapped(peer), HOP_LIMIT,
                    MTU)
        self.insert("tunnel_endpoints", {"tunnel_id": 2}, "ip4_path", own4, peer4, HOP_LIMIT, MTU, wire.TUNNEL_PORT,
                    wire.TUNNEL_PORT)

    def anchor(self, peer_mac, host_macs):
        self.ends(ANCHOR, ANCHOR4, GATEWAY, GATEWAY4, "decapsulate")
        for path, (number, begin, expected) in TUNNELS.items():
            local, prefix = (ANCHOR4 if path == TLV else ANCHOR), (self.mapped(node_prefix(path)), 64)
            self.insert("uplink_keys", {"local_address": self.mapped(local), "key": UP_KEY + number},
                        "select_domain", 1)
            self.insert("uplink_sources", {"domain": 1, "ip_version": 6, "source": prefix}, "expect", number, number,
                        expected, UP_KEY + number)
            self.insert("uplink_sessions", {"session_id": number}, "accept_packet")
            self.insert("home_networks", {"domain": 1, "ip_version": 6, "destination": prefix}, "to_session", number)
            self.insert("downlink_sessions", {"session_id": number}, begin, number, DOWN_KEY + number)
            self.route(1, correspondent_prefix(path), 2, 64)
        self.route(0, node_prefix(PLAIN), 1, 64)
        self.route(0, correspondent_prefix(PLAIN), 3, 64)
        self.port(1, TRANSPORT, 0, peer_mac)
        self.port(2, HOME, 1, host_macs[2])
        self.port(3, TRANSPORT, 0, host_macs[3])

    def gateway(self, peer_mac, host_macs):
        self.ends(GATEWAY, GATEWAY4, ANCHOR, ANCHOR4, "decapsulate_to_access")
        for path, (number, begin, expected) in TUNNELS.items():
            local, prefix = (GATEWAY4 if path == TLV else GATEWAY), (self.mapped(node_prefix(path)), 64)
            port = NODE_PORTS[path]
            self.insert("access_keys", {"local_address": self.mapped(local), "key": DOWN_KEY + number},
                        "select_domain", 1)
            self.insert("access_destinations", {"domain": 1, "ip_version": 6, "destination": prefix}, "expect", number,
                        number, expected, DOWN_KEY + number)
            self.insert("access_deliveries", {"session_id": number}, "deliver", port, 0, mac(1, port),
                        host_macs[port])
            self.insert("access_uplinks", {"session_id": number}, begin, number, UP_KEY + number)
            self.insert("access_sources", {"session_id": number, "ip_version": 6, "source": prefix}, "permit")
            self.insert("access_nodes", {"ingress_port": port, "vlan_id": 0, "mac": host_macs[port]}, "attach", number,
                        1, 0)
            self.port(port, ACCESS, 1, host_macs[port])
        self.route(0, node_prefix(PLAIN), NODE_PORTS[PLAIN], 64)
        self.route(0, correspondent_prefix(PLAIN), 1, 64)
        self.port(1, TRANSPORT, 0, peer_mac)
        self.port(3, TRANSPORT, 0, host_macs[3])


# --- packets ----------------------------------------------------------------------------------------------------------

def transmitted(interface):
    for line in pathlib.Path("/proc/self/net/dev").read_text().splitlines():
        name, _, numbers = line.partition(":")
        if name.strip() == interface:
            return int(numbers.split()[9])
    raise wire.Failure("there is no interface " + interface)


def rate(sender, frame, interface, seconds):
    """Frames a second that the switch sends out of the interface, with at most WINDOW of them on the way to it."""
    base, sent = transmitted(interface), 0
    began = time.monotonic()
    moved, seen = began, 0
    while (now := time.monotonic()) < began + seconds:
        through = transmitted(interface) - base
        if through != seen:
            moved, seen = now, through
        if sent - through > WINDOW - BATCH:
            if now > moved + 2:
                raise wire.Failure("%d of %d frames did not come out of %s" % (sent - through, sent, interface))
            time.sleep(0.0001)
            continue
        for _ in range(BATCH):
            sender.send(frame)
        sent += BATCH
    return (transmitted(interface) - base) / (time.monotonic() - began)


def frames(size):
    """What is sent into the anchor's switch, by what it is called: port in, frame, port out."""
    made = {}
    for path in PATHS:
        up = wire.ipv6(node_prefix(path) + "1", correspondent_prefix(path) + "1", 59, bytes(size))
        down = wire.ipv6(correspondent_prefix(path) + "1", node_prefix(path) + "1", 59, bytes(size))
        if path == PLAIN:
            made[path, "routed"] = (3, down, 1)
            continue
        number = TUNNELS[path][0]
        whole = (wire.tunnel_udp(GATEWAY4, ANCHOR4, UP_KEY + number, up) if path == TLV
                 else wire.tunnel(GATEWAY, ANCHOR, UP_KEY + number, up))
        made[path, "into it"] = (2, down, 1)
        made[path, "out of it"] = (1, whole, 2)
    return {name: (into, wire.ethernet(mac(2, into, True), mac(2, into), packet), out)
            for name, (into, packet, out) in made.items()}


def packets(setting, rounds):
    setting.single()
    tables = setting.tables(2)
    tables.anchor(mac(2, 1, True), {port: mac(2, port, True) for port in (2, 3)})
    senders = {}
    for port in (1, 2, 3):
        sender = setting.stack.enter_context(socket.socket(socket.AF_PACKET, socket.SOCK_RAW))
        sender.bind(("pmipt%dh" % port, 0))
        senders[port] = sender
    rows = []
    for size in SIZES:
        results, busy = {}, {}
        for _ in range(rounds * SLICES):
            for name, (into, frame, out) in frames(size).items():
                rate(senders[into], frame, "pmipt%ds" % out, WARM_SECONDS)
                before = processor_seconds(setting.process)
                result = rate(senders[into], frame, "pmipt%ds" % out, SECONDS)
                results.setdefault(name, []).append(result)
                busy.setdefault(name, []).append((processor_seconds(setting.process) - before) / SECONDS / result)
        plain = results[PLAIN, "routed"]
        for (path, way), values in results.items():
            ratios = [value / base for value, base in zip(values, plain)]
            rows.append((path, way, size, "{:,.0f}".format(statistics.median(values)),
                         "%.2f" % statistics.median(ratios), "%.1f" % (1e6 * statistics.median(busy[path, way]))))
    table("Packets a second through one switch, %s, medians of %d rounds" % (setting.name, rounds * SLICES),
               ("path", "way", "payload", "packets/s", "ratio to plain", "processor us a packet"), rows)


# --- TCP --------------------------------------------------------------------------------------------------------------

def throughput(setting, rounds):
    import traffic
    node, correspondent = setting.pair()
    results = {}
    for _ in range(rounds):
        for path in PATHS:
            result = traffic.tcp(node, correspondent, correspondent_prefix(path) + "1", TCP_SECONDS)
            results.setdefault(path, []).append(result["mbits"])
    rows = []
    for path, values in results.items():
        ratios = [value / base for value, base in zip(values, results[PLAIN])]
        rows.append((path, "%.1f" % statistics.median(values), "%.2f" % statistics.median(ratios),
                     "%.2f to %.2f" % (min(ratios), max(ratios))))
    table("TCP through two switches, %s, medians of %d rounds of %d s" % (setting.name, rounds, TCP_SECONDS),
               ("path", "Mbit/s", "ratio to plain", "ratios"), rows)


# --- what it runs on --------------------------------------------------------------------------------------------------

class Setting:
    """Switches, links and hosts of one measurement; use with "with"."""

    def __init__(self, name, command, work):
        self.name, self.command, self.work = name, command, work
        self.stack = contextlib.ExitStack()
        self.addresses = {}
        self.process = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stack.close()

    def start(self, number, interfaces):
        address = self.addresses[number] = "127.0.0.1:%d" % free_port()
        log = self.work / ("switch%d.log" % number)
        self.process = start_switch(self.command, number, address, interfaces, log)
        self.stack.callback(stop, self.process)
        wait_for_switch(self.process, address, log)

    def tables(self, number):
        import p4runtime
        build = ROOT / "p4src" / "build"
        program = p4runtime.Program((build / "pmip.p4info.txtpb").read_text(), (build / "pmip.json").read_bytes())
        tables = Tables(self.addresses[number], number, program)
        self.stack.callback(tables.switch.close)
        return tables

    def single(self):
        """The anchor's switch alone, on interfaces whose far ends are ours."""
        for port in (1, 2, 3):
            far, near = "pmipt%dh" % port, "pmipt%ds" % port
            subprocess.run(["ip", "link", "add", far, "type", "veth", "peer", "name", near], check=True)
            self.stack.callback(subprocess.run, ["ip", "link", "del", far], check=True)
            for interface in (far, near):
                # The kernel's own neighbour discovery would be counted as traffic.
                subprocess.run(["sysctl", "-qw", "net.ipv6.conf.%s.disable_ipv6=1" % interface], check=True)
                subprocess.run(["ip", "link", "set", "dev", interface, "up"], check=True)
        self.start(2, {port: "pmipt%ds" % port for port in (1, 2, 3)})

    def pair(self):
        """A host with a link for each path, two switches, and a host beyond them."""
        import topology
        from mininet.node import Node
        net = topology.empty_network()
        self.stack.callback(net.stop)
        switches = {number: net.addHost("pmipt%d" % number, cls=Node, inNamespace=False) for number in (1, 2)}
        hosts = {1: net.addHost("node", ip=None), 2: net.addHost("cn", ip=None)}
        net.addLink(switches[1], switches[2], intfName1="pmipt1-eth1", intfName2="pmipt2-eth1")
        for host in hosts.values():
            host.cmd("sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.default.accept_ra=0")
        for number, ports in ((1, (2, 3, 4)), (2, (2, 3))):
            for port in ports:
                near, far = "h%d-eth%d" % (number, port), "pmipt%d-eth%d" % (number, port)
                net.addLink(hosts[number], switches[number], intfName1=near, intfName2=far)
                topology.Domain.plain(hosts[number], near)
                hosts[number].cmd("ip link set dev %s address %s mtu %d up" % (near, mac(number, port, True), HOST_MTU))
        for number in (1, 2):
            for port in (1, 2, 3, 4)[:4 if number == 1 else 3]:
                far = "pmipt%d-eth%d" % (number, port)
                switches[number].cmd("sysctl -qw net.ipv6.conf.%s.disable_ipv6=1; ip link set dev %s up" % (far, far))
        for path, port in NODE_PORTS.items():
            self.give_address(hosts[1], "h1-eth%d" % port, node_prefix(path), correspondent_prefix(path), mac(1, port))
            port = 3 if path == PLAIN else 2
            self.give_address(hosts[2], "h2-eth%d" % port, correspondent_prefix(path), node_prefix(path), mac(2, port))
        for number, ports in ((1, (1, 2, 3, 4)), (2, (1, 2, 3))):
            self.start(number, {port: "pmipt%d-eth%d" % (number, port) for port in ports})
        self.tables(1).gateway(mac(2, 1), {port: mac(1, port, True) for port in (2, 3, 4)})
        self.tables(2).anchor(mac(1, 1), {port: mac(2, port, True) for port in (2, 3)})
        return hosts[1], hosts[2]

    @staticmethod
    def give_address(host, interface, own, other, router_mac):
        router = "fe80::" + own[-4:].strip(":") + "ff"
        host.cmd("ip -6 address add %s1/64 dev %s nodad" % (own, interface))
        host.cmd("ip -6 neigh replace %s lladdr %s dev %s nud permanent" % (router, router_mac, interface))
        host.cmd("ip -6 route add %s/64 via %s dev %s" % (other, router, interface))


def main():
    parser = argparse.ArgumentParser(prog="bench/tunnels.py", description=__doc__.split("\n\n")[0])
    parser.add_argument("--switch", choices=runner.SWITCHES, default="bmv2")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if runner.told(parser.prog, runner.missing(parser.prog, [options.switch])):
        return 2
    runner.enter_own_network()
    work = pathlib.Path(tempfile.mkdtemp(prefix="pmip-tunnels-"))
    for measure in (packets, throughput):
        with Setting(options.switch, switch_command(options.switch), work) as setting:
            measure(setting, options.rounds)
    shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
