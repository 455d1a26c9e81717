# SPDX-License-Identifier: Apache-2.0
"""A domain whose gateways are the product's own: three of them, and hosts that do what any host does.

    cn --- lma1 --- transport --- mag1 --- cell1 )))  mn1, mn2, ...
                        +-------- mag2 --- cell2 )))
                        +-------- mag3 --- cell3 )))

One controller serves all four switches, or all but mag2's, which another one has that knows nothing of it. A node
changes to another cell as a radio does: the link goes down, and comes up in the other cell. Its kernel then reports its
multicast groups, and goes on with what it was doing; nobody tells it that it has moved. Its access point tells the
gateway, as such do, unless the cells are silent.
"""

import contextlib
import ipaddress
import json
import subprocess
import sys
import time

import p4runtime
from processes import stop
from topology import ANCHOR, ANCHOR4, HERE, Domain, MobileNode, Plan, care_of
from wire import Failure

GATEWAYS = ("mag1", "mag2", "mag3")
# The switches of each controller where there are two: most moves go from one to the other.
CLUSTERS = (("lma1", "mag1", "mag3"), ("mag2",))
ROUTER_MAC = "00:00:5e:00:52:13"
# By --format: transport, GRE wish, UDP asked for.
FORMATS = {"ip": ("ipv6", "none", False), "gre": ("ipv6", "mode-only", False), "key": ("ipv6", "keys", False),
           "ip4": ("ipv4", "none", False), "gre4": ("ipv4", "mode-only", False), "key4": ("ipv4", "keys", False),
           "udp": ("ipv4", "none", True), "tlv": ("ipv4", "mode-only", True), "tlv-key": ("ipv4", "keys", True)}
PATIENCE_SECONDS = 60
SPEAKER = """
import socket
import sys
for line in sys.stdin:
    interface, frame = line.split()
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as radio:
        radio.bind((interface, 0))
        radio.send(bytes.fromhex(frame))
"""
HOME4 = "10.1.0.0/16"


def care_of4(number):
    return "203.0.113.%d" % (number * 16 + 1)


def transport4(number):
    return "203.0.113.%d" % (number * 16 + 14)


def layer2_update(mac):
    """The frame with which an access point announces a station that has associated: LLC XID, as hostapd sends it."""
    return (b"\xff" * 6 + bytes.fromhex(mac.replace(":", "")) + bytes.fromhex("0006" "0001af810100")).ljust(60, b"\0")


class Cells(Domain):
    """The same domain with three gateways, whose switches the controller keeps as well."""

    gateway_names = GATEWAYS

    def __init__(self, switch_command, plan, logs, pcap, onos, families, form, silent=False, clusters=1):
        """With silent cells nobody announces stations: gateways learn of them by what they send."""
        super().__init__(switch_command, plan, logs, pcap, onos)
        self.families, self.form, self.silent, self.clusters = families, form, silent, clusters
        self.clients = {}
        self.speaker = None

    def build(self):
        super().build()
        self.transport.cmd("ip address add 198.51.100.254/24 dev transport-lma1")
        # It lives in the name space of the cells, where a process of its own takes long to start.
        self.speaker = self.air.popen([sys.executable, "-c", SPEAKER], stdin=subprocess.PIPE, text=True)
        self.cleanups.callback(stop, self.speaker)
        for number, name in enumerate(GATEWAYS, 1):
            self.transport.cmd("ip address add %s/28 dev transport-%s" % (transport4(number), name))

    # --- configuration ---

    def configuration(self):
        transport, gre, udp = FORMATS[self.form]
        config = json.loads((HERE / "anchor.json").read_text())
        section = config["apps"]["org.pmip"]["pmip"]
        for name, address in self.addresses.items():
            config["devices"]["device:" + name] = {"basic": {
                "managementAddress": "grpc://%s?device_id=%d" % (address, self.device_ids[name]),
                "driver": "bmv2", "pipeconf": "org.pmip.pipeconf"}}
        self.anchor(section, udp)
        for number, name in enumerate(GATEWAYS, 1):
            section["switches"]["device:" + name] = self.gateway_switch(number)
        section["mag"] = self.gateways_section(transport, gre, udp)
        return config

    def configurations(self):
        whole = self.configuration()
        return [whole] if self.clusters == 1 else [part(whole, names) for names in CLUSTERS]

    def anchor(self, section, udp):
        lma = section["lma"]
        lma["ipv4Address"] = ANCHOR4
        lma["mags"] = [{"name": name, "address": care_of(number), "ipv4Address": care_of4(number)}
                       for number, name in enumerate(GATEWAYS, 1)]
        lma["ipv6Service"], lma["ipv4Service"] = "6" in self.families, "4" in self.families
        lma["ipv4Pools"] = [{"name": "home4", "subnet": HOME4, "defaultRouter": "10.1.0.1"}]
        lma["parameters"].update({"acceptForcedIpv4UdpEncapsulationRequest": udp, "dhcpSupportMode": "server"})
        switch = section["switches"]["device:lma1"]
        switch["interfaces"][0]["addresses"].append(ANCHOR4)
        switch["interfaces"][1]["addresses"].append("192.0.2.254")
        switch["routes"] += [{"prefix": "203.0.113.0/24", "port": 1, "nextHop": "00:00:5e:00:53:31"},
                             {"prefix": "0.0.0.0/0", "operator": 1, "port": 2, "nextHop": "00:00:5e:00:53:22"}]

    def gateway_switch(self, number):
        hop = "00:00:5e:00:53:3%d" % (number + 1)
        return {"interfaces": [{"port": 1, "role": "transport", "mac": "00:00:5e:00:53:1%d" % number,
                                "addresses": [care_of(number), care_of4(number)]},
                               {"port": 2, "role": "access", "mac": ROUTER_MAC}],
                "routes": [{"prefix": ANCHOR + "/128", "port": 1, "nextHop": hop},
                           {"prefix": ANCHOR4 + "/32", "port": 1, "nextHop": hop}]}

    def gateways_section(self, transport, gre, udp):
        anchor = {"name": "lma1", "grePolicy": gre}
        anchor.update({"address": ANCHOR} if transport == "ipv6" else {"ipv4Address": ANCHOR4, "forceUdp": udp})
        return {"gateways": [{"name": name, "device": "device:" + name, "address": care_of(number),
                              "ipv4Address": care_of4(number)} for number, name in enumerate(GATEWAYS, 1)],
                "anchors": [anchor],
                "mobileNodes": [{"id": node.identifier, "interfaces": [node.mac], "ipv6Service": "6" in self.families,
                                 "ipv4Service": "4" in self.families} for node in self.nodes]}

    def start_gateways(self):
        """They are the controller's."""

    # --- what nodes do ---

    def enter(self, node, name):
        """The node's radio comes up in a cell."""
        self.change(node, name)
        if not self.silent:
            self.announce(node)

    def change(self, node, name):
        """The same before the gateway can have heard of it."""
        interface = "air-" + node.name
        self.air.cmd("ip link set %s down; ip link set %s master cell%s; ip link set %s up"
                     % (interface, interface, name[-1], interface))
        node.at = name

    def announce(self, node):
        """The access point of the node's cell says that the node is there."""
        self.speaker.stdin.write("air-%s %s\n" % (node.at, layer2_update(node.mac).hex()))
        self.speaker.stdin.flush()

    def join_first(self, node, name):
        """A node is switched on in a cell: it makes its addresses itself, and asks for one by DHCP."""
        began = time.monotonic()
        self.enter(node, name)
        interface = node.name + "-eth0"
        if "4" in self.families:
            with open(self.logs / (node.name + "-udhcpc.log"), "w") as log:
                # Asks again every second, and for ever.
                client = node.host.popen(["udhcpc", "-f", "-i", interface, "-s", str(HERE / "dhcp-lease.sh"), "-t", "100",
                                          "-T", "1", "-O", "mtu"], stdout=log, stderr=log)
            self.clients[node.name] = client
            self.cleanups.callback(client.wait, 10)
            self.cleanups.callback(client.terminate)
        node.address = self.wait(lambda: self.global_address(node, 6), "an IPv6 address") if "6" in self.families \
            else None
        node.address4 = self.wait(lambda: self.global_address(node, 4), "a lease") if "4" in self.families else None
        return time.monotonic() - began

    @staticmethod
    def wait(look, what):
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            found = look()
            if found:
                return found
            time.sleep(0.02)
        raise Failure("no %s after %d s" % (what, PATIENCE_SECONDS))

    @staticmethod
    def global_address(node, version):
        text = node.host.cmd("ip -%d -json address show dev %s-eth0 scope global" % (version, node.name))
        for link in json.loads(text or "[]"):
            for address in link.get("addr_info", ()):
                if "local" in address:
                    return address["local"]
        return None

    @staticmethod
    def routes(node, version):
        """The default routes of a node, and the link-layer address of the router as it knows it."""
        text = node.host.cmd("ip -%d -json route show default" % version)
        gateways = sorted({route["gateway"] for route in json.loads(text or "[]") if "gateway" in route})
        macs = []
        for address in gateways:
            known = json.loads(node.host.cmd("ip -%d -json neigh show %s" % (version, address)) or "[]")
            macs += [one["lladdr"] for one in known if "lladdr" in one]
        return gateways, sorted(set(macs))

    def identity(self, node):
        """What must not change while the node moves: addresses, default routers, and these routers' MAC addresses."""
        return {version: (self.global_address(node, version), *self.routes(node, version))
                for version in sorted(int(one) for one in self.families)}

    @staticmethod
    def same(before, now):
        """Whether nothing has changed; a node may have forgotten its router's MAC address and not asked again yet."""
        return all(one[:2] == now[version][:2] and set(now[version][2]) <= set(one[2])
                   for version, one in before.items())

    def wait_for_session(self, address, name):
        """Waits until the anchor's switch sends what is for an address to a gateway."""
        self.wait(lambda: any(row[2] == name and within(address, row[1].split()) for row in self.bindings()),
                  "session of %s at %s" % (address, name))

    # --- what the switches have ---

    @contextlib.contextmanager
    def reader(self, name):
        with contextlib.closing(p4runtime.Reader(self.addresses[name], self.device_ids[name], self.program)) as one:
            yield one

    def bindings(self):
        """The sessions as the anchor's switch has them: home networks, gateway, encapsulation, key, packets."""
        with self.reader("lma1") as reader:
            homes = reader.entries("home_networks")
            sessions = {keys["session_id"]: (action, values, packets)
                        for keys, action, values, packets in reader.entries("downlink_sessions")}
            up = {keys["session_id"]: packets for keys, _, _, packets in reader.entries("uplink_sessions")}
            ends = {keys["tunnel_id"]: values["destination"]
                    for keys, _, values, _ in reader.entries("tunnel_endpoints")}
        rows = {}
        for keys, action, values, _ in homes:
            if action != "to_session":
                continue
            number = values["session_id"]
            kind, tunnel, packets = sessions.get(number, ("none", {}, 0))
            row = rows.setdefault(number, [number, [], self.gateway_at(ends.get(tunnel.get("tunnel_id"))), kind,
                                           tunnel.get("key"), up.get(number, 0), packets])
            row[1].append(shown(keys["destination"], keys["ip_version"]))
        return [(number, " ".join(sorted(networks)), *rest) for number, networks, *rest in sorted(rows.values())]

    def gateway_at(self, address):
        for number, name in enumerate(GATEWAYS, 1):
            if address in (int(ipaddress.ip_address(care_of(number))), int(ipaddress.ip_address(care_of4(number)))):
                return name
        return "-"


def part(whole, names):
    """What the controller of these switches is told; its gateways are not all, and have downlink keys of their own."""
    config = json.loads(json.dumps(whole))
    devices = ["device:" + name for name in names]
    section = config["apps"]["org.pmip"]["pmip"]
    for some in (config["devices"], section["switches"]):
        for device in set(some) - set(devices):
            del some[device]
    if section["lma"]["device"] not in devices:
        del section["lma"]
    mag = section["mag"]
    mag["gateways"] = [one for one in mag["gateways"] if one["device"] in devices]
    mag["parameters"] = {"gatewaysAreAll": False}
    first = 1 + CLUSTERS.index(names) * 1000000
    mag["downlinkKeys"] = {"first": first, "last": first + 999999}
    return config


def within(address, networks):
    one = ipaddress.ip_address(address)
    return any(one in network for network in map(ipaddress.ip_network, networks) if network.version == one.version)


def shown(prefix, version):
    value, length = prefix
    if version == 6:
        return str(ipaddress.ip_network((value, length)))
    return str(ipaddress.ip_network((value & 0xFFFFFFFF, length - 96)))


def plan(count):
    return Plan([MobileNode("mn%d" % number, "mn%d@example.net" % number, "00:00:5e:00:53:4%d" % number, None)
                 for number in range(1, count + 1)])
