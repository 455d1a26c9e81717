# SPDX-License-Identifier: Apache-2.0
"""A domain in Mininet: correspondent node - anchor switch - transport - two gateway switches - radio cells - nodes.

    cn --- lma1 --- transport --- mag1 --- cell1 )))  mn1, mn2, mn3
                        |                        ...
                        +-------- mag2 --- cell2 )))

The transport is a router of Linux, the cells are bridges in a name space of their own ("air"), and a node moves when
the far end of its link is put into the other bridge. The switches' ends are in the root name space, with names that
begin with the switch's.
"""

import base64
import contextlib
import ipaddress
import json
import pathlib
import subprocess
import sys
import time
import urllib.parse
import urllib.request

import gateway
import p4runtime
import traffic
from processes import ROOT, START_SECONDS, free_port, start_switch, stop, wait_for_switch
from wire import Failure

HERE = pathlib.Path(__file__).resolve().parent
ANCHOR, ANCHOR4 = "2001:db8:0:1::1", "198.51.100.1"
CORRESPONDENT, CORRESPONDENT4 = "2001:db8:ffff::1", "192.0.2.1"
HOME_ROUTER, HOME_ROUTER4 = "2001:db8:ffff::ff", "192.0.2.254"
HOME_NETWORKS, HOME_NETWORKS4 = "2001:db8:100::/40", "10.0.0.0/8"
# The public side of the translator, and the network behind it.
TRANSLATED, PRIVATE_GATEWAY, PRIVATE_ROUTER = "198.51.100.254", "192.168.11.1", "192.168.11.254"
GATEWAYS = ("mag1", "mag2")


def care_of(number):
    return "2001:db8:0:1%d::1" % number


def empty_network():
    """Mininet without anything in it, and without its raising of the machine's limits, which would stay."""
    from mininet.net import Mininet
    Mininet.inited = True
    return Mininet(controller=None, build=False)


class MobileNode:
    """A host that moves. Its key says what its session is to be: "key", "mode" (GRE alone) or None (IPv6 in IPv6)."""

    def __init__(self, name, identifier, mac, key, operator=1, ipv4=False):
        self.name, self.identifier, self.mac, self.key, self.operator = name, identifier, mac, key, operator
        self.ipv4 = ipv4
        self.host = self.at = self.address = self.address4 = None


class Plan:
    """What a scenario wants of the domain: nodes, how many operators there are, gateways behind a translator."""

    def __init__(self, nodes, operators=1, translated=(), configure=lambda lma: None):
        """configure may change the anchor's part of the configuration."""
        self.nodes, self.operators, self.translated, self.configure = nodes, operators, translated, configure


class Domain:
    """Everything that the demonstration starts; use with "with", which takes it all away again, whatever happens.

    Each operator has a correspondent node, all of them with the same addresses: cn, cn2, and so on.
    """

    gateway_names = GATEWAYS

    def __init__(self, switch_command, plan, logs, pcap=None, onos=None):
        self.switch_command, self.plan, self.logs, self.pcap, self.onos = switch_command, plan, logs, pcap, onos
        self.nodes = plan.nodes
        self.cleanups = contextlib.ExitStack()
        self.gateways = {}
        self.net = self.air = self.transport = None
        self.correspondents = []
        self.switch_interfaces = []
        self.addresses = {}
        self.device_ids = {}
        build = ROOT / "p4src" / "build"
        self.program = p4runtime.Program((build / "pmip.p4info.txtpb").read_text(), (build / "pmip.json").read_bytes())

    def __enter__(self):
        try:
            self.build()
            self.capture()
            self.start_switches()
            self.start_controller()
            self.start_gateways()
        except BaseException:
            self.cleanups.close()
            raise
        return self

    def __exit__(self, *_):
        self.cleanups.close()

    # --- hosts and links ---

    def build(self):
        from mininet.node import Node

        self.net = empty_network()
        self.cleanups.callback(self.net.stop)
        switches = {name: self.net.addHost(name, cls=Node, inNamespace=False) for name in ("lma1",) + self.gateway_names}
        self.air = self.host("air")
        self.air.cmd("sysctl -qw net.ipv6.conf.default.disable_ipv6=1")
        transport = self.transport = self.host("transport")
        transport.cmd("sysctl -qw net.ipv6.conf.all.forwarding=1 net.ipv4.ip_forward=1")

        self.join(transport, "transport-lma1", switches["lma1"], 1, "00:00:5e:00:53:31")
        transport.cmd("ip -6 address add 2001:db8:0:1::fe/64 dev transport-lma1")
        for operator in range(1, self.plan.operators + 1):
            self.add_correspondent("cn" if operator == 1 else "cn%d" % operator, switches["lma1"], operator + 1)
        for number, name in enumerate(self.gateway_names, 1):
            self.join(transport, "transport-" + name, switches[name], gateway.TRANSPORT_PORT,
                      "00:00:5e:00:53:3%d" % (number + 1))
            transport.cmd("ip -6 address add 2001:db8:0:1%d::fe/64 dev transport-%s" % (number, name))
            self.join(self.air, "air-" + name, switches[name], gateway.ACCESS_PORT, None)
            self.air.cmd("ip link add cell%d type bridge mcast_snooping 0 && ip link set cell%d up" % (number, number))
            self.air.cmd("ip link set air-%s master cell%d" % (name, number))
        for name in self.plan.translated:
            transport.cmd("ip address add %s/24 dev transport-lma1" % TRANSLATED)
            transport.cmd("ip address add %s/24 dev transport-%s" % (PRIVATE_ROUTER, name))
            said = transport.cmd("nft 'add table ip translator; "
                                 "add chain ip translator out { type nat hook postrouting priority srcnat; }; "
                                 "add rule ip translator out oifname transport-lma1 counter masquerade'")
            if said.strip():
                raise Failure("the translator does not start: " + said)
        for node in self.nodes:
            self.add_node(node)

    def add_correspondent(self, name, switch, port):
        host = self.host(name)
        self.correspondents.append(host)
        self.join(host, name + "-eth0", switch, port, "00:00:5e:00:53:2%d" % port)
        host.cmd("ip -6 address add %s/64 dev %s-eth0" % (CORRESPONDENT, name))
        host.cmd("ip -6 route add %s via %s" % (HOME_NETWORKS, HOME_ROUTER))
        host.cmd("ip address add %s/24 dev %s-eth0" % (CORRESPONDENT4, name))
        host.cmd("ip route add %s via %s" % (HOME_NETWORKS4, HOME_ROUTER4))

    @property
    def correspondent(self):
        return self.correspondents[0]

    def host(self, name):
        host = self.net.addHost(name, ip=None)
        # Nobody has the same address; waiting to see would only delay.
        host.cmd("sysctl -qw net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.default.dad_transmits=0 "
                 "net.ipv6.conf.default.use_tempaddr=0")
        return host

    def join(self, host, interface, switch, port, mac):
        """A link between a host and a port of a switch."""
        far = "%s-eth%d" % (switch.name, port)
        self.net.addLink(host, switch, intfName1=interface, intfName2=far)
        self.plain(host, interface)
        if mac:
            host.cmd("ip link set dev %s address %s" % (interface, mac))
        host.cmd("ip link set dev %s up" % interface)
        switch.cmd("sysctl -qw net.ipv6.conf.%s.disable_ipv6=1" % far)
        switch.cmd("ip link set dev %s up" % far)
        self.switch_interfaces.append(far)

    @staticmethod
    def plain(host, interface):
        # Checksums left to hardware and segments larger than a frame are nothing that a wire, or a switch, would see.
        host.cmd("ethtool -K %s tx off tso off gso off gro off" % interface)

    def add_node(self, node):
        node.host = self.host(node.name)
        interface, far = node.name + "-eth0", "air-" + node.name
        self.net.addLink(node.host, self.air, intfName1=interface, intfName2=far)
        self.plain(node.host, interface)
        node.host.cmd("ip link set dev %s address %s up" % (interface, node.mac))
        self.air.cmd("ip link set dev %s up" % far)

    def capture(self):
        if self.pcap is None:
            return
        self.pcap.mkdir(parents=True, exist_ok=True)
        for interface in self.switch_interfaces:
            # Enough for every header of every tunnel, and for the signalling whole.
            process = subprocess.Popen(["tcpdump", "-i", interface, "-U", "-s", "256",
                                        "-w", str(self.pcap / (interface + ".pcap"))],
                                       stderr=subprocess.PIPE, text=True, start_new_session=True)
            self.cleanups.callback(stop, process)
            if "listening" not in process.stderr.readline():
                raise Failure("tcpdump does not start on " + interface)

    # --- switches and controllers ---

    def start_switches(self):
        started = []
        for number, name in enumerate(("lma1",) + self.gateway_names, 1):
            address = self.addresses[name] = "127.0.0.1:%d" % free_port()
            self.device_ids[name] = number
            count = 2 if name in self.gateway_names else 1 + self.plan.operators
            ports = {port: "%s-eth%d" % (name, port) for port in range(1, count + 1)}
            process = start_switch(self.switch_command, number, address, ports, self.logs / (name + ".log"))
            self.cleanups.callback(stop, process)
            started.append((process, address, self.logs / (name + ".log")))
        for process, address, log in started:
            wait_for_switch(process, address, log)

    def configuration(self):
        config = json.loads((HERE / "anchor.json").read_text())
        config["devices"]["device:lma1"]["basic"]["managementAddress"] = \
            "grpc://%s?device_id=1" % self.addresses["lma1"]
        section = config["apps"]["org.pmip"]["pmip"]
        switch = section["switches"]["device:lma1"]
        for operator in range(2, self.plan.operators + 1):
            port = operator + 1
            switch["interfaces"].append(dict(switch["interfaces"][1], port=port, operator=operator,
                                             mac="00:00:5e:00:53:0%d" % port))
            switch["routes"].append({"prefix": "::/0", "operator": operator, "port": port,
                                     "nextHop": "00:00:5e:00:53:2%d" % port})
        for mag in section["lma"]["mags"]:
            if mag["name"] in self.plan.translated:
                del mag["address"]
                mag.update({"ipv4Address": PRIVATE_GATEWAY, "translators": [TRANSLATED + "/32"]})
        self.plan.configure(section["lma"])
        if "ipv4Pools" in section["lma"]:
            for interface in switch["interfaces"][1:]:
                operator = interface.get("operator", 1)
                interface["addresses"] = interface["addresses"] + [HOME_ROUTER4]
                switch["routes"].append({"prefix": "0.0.0.0/0", "operator": operator, "port": operator + 1,
                                         "nextHop": "00:00:5e:00:53:2%d" % (operator + 1)})
        if self.plan.translated:
            section["lma"]["ipv4Address"] = ANCHOR4
            switch["interfaces"][0]["addresses"].append(ANCHOR4)
            switch["routes"].append({"prefix": TRANSLATED + "/32", "port": 1, "nextHop": "00:00:5e:00:53:31"})
        return config

    def start_controller(self):
        if self.onos is not None:
            self.configure_onos()
            return
        for number, configuration in enumerate(self.configurations(), 1):
            self.start_pmip("pmip" if number == 1 else "pmip%d" % number, configuration)

    def configurations(self):
        """One for each controller."""
        return [self.configuration()]

    def start_pmip(self, name, configuration):
        file = self.logs / (name + ".json")
        file.write_text(json.dumps(configuration, indent=2))
        with open(self.logs / (name + ".err"), "w") as errors:
            controller = subprocess.Popen([str(ROOT / "pmip"), "run", "--config", str(file)],
                                          stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True)
        self.cleanups.callback(stop, controller)
        with open(self.logs / (name + ".log"), "w") as log:
            for line in controller.stdout:
                log.write(line)
                # Whether the switch is ready by now or a little later, on a busy machine: first_attach tries again.
                if "all devices ready" in line or "running;" in line:
                    return
        raise Failure("the controller has ended; its log is in %s" % self.logs)

    def configure_onos(self):
        """Gives the configuration to an ONOS, in place of what it has for the devices and the application."""
        configuration = self.configuration()
        # The last of these is done first: the application clears the switches, then nothing is left to know of them.
        for device in configuration["devices"]:
            self.cleanups.callback(self.clear_onos, "network/configuration/devices/" + device)
            self.cleanups.callback(self.clear_onos, "devices/" + device)
        self.cleanups.callback(self.clear_onos, "network/configuration/apps/org.pmip/pmip")
        self.ask_onos("POST", "network/configuration", configuration)

    def clear_onos(self, path):
        try:
            self.ask_onos("DELETE", path)
        except Failure as failure:
            # It must not hide why the demonstration has ended, if it did so early.
            print("left behind: %s" % failure, file=sys.stderr)

    def ask_onos(self, method, path, body=None):
        parts = urllib.parse.urlsplit(self.onos)
        # What ONOS has out of the box, unless the URL says otherwise.
        user = "%s:%s" % (parts.username or "onos", parts.password or "rocks")
        request = urllib.request.Request(
            "%s://%s:%d/onos/v1/%s" % (parts.scheme, parts.hostname, parts.port or 8181, path), method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers=dict({"Content-Type": "application/json"} if body else {},
                         Authorization="Basic " + base64.b64encode(user.encode()).decode()))
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                response.read()
        except OSError as problem:
            raise Failure("%s does not do %s %s: %s" % (parts.hostname, method, path, problem)) from problem

    def start_gateways(self):
        program = self.program
        for number, name in enumerate(self.gateway_names, 1):
            transport = (gateway.UdpTransport(PRIVATE_GATEWAY, ANCHOR4) if name in self.plan.translated
                         else gateway.Ip6Transport(care_of(number), ANCHOR))
            one = gateway.Gateway(name, self.addresses[name], number + 1, program, transport,
                                  "00:00:5e:00:53:1%d" % number, "00:00:5e:00:53:3%d" % (number + 1))
            self.cleanups.callback(one.close)
            self.gateways[name] = one

    # --- what nodes do ---

    def attach(self, node, name, handoff=1):
        """The node enters a gateway's cell, and the gateway sees it."""
        self.air.cmd("ip link set air-%s master cell%s" % (node.name, name[-1]))
        session = self.gateways[name].attach(node, handoff)
        node.at = name
        self.addresses_of(node, session)
        return session

    def first_attach(self, node, name):
        """The same when the application may still be writing the switch's configuration."""
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                return self.attach(node, name)
            except gateway.Refused:
                if time.monotonic() > until:
                    raise

    def move(self, node, name):
        """A handoff as the documents draw it: the old gateway sees the node go while the new one sees it come."""
        old = self.gateways[node.at]
        began = time.monotonic()
        self.air.cmd("ip link set air-%s master cell%s" % (node.name, name[-1]))
        gone = traffic.Later(0, lambda: old.detach(node, False))
        session = self.gateways[name].attach(node, 3)
        session.milliseconds["moved"] = (time.monotonic() - began) * 1000
        node.at = name
        gone.result()
        return session

    def addresses_of(self, node, session):
        """The node gets its IPv4 address as if by DHCP; its IPv6 address it makes itself."""
        if session.home4 is not None:
            address, router = session.home4
            node.host.cmd("ip address replace %s dev %s-eth0" % (address, node.name))
            node.host.cmd("ip route replace default via %s dev %s-eth0 onlink" % (router, node.name))
            node.address4 = str(address.ip)
        self.wait_for_address(node, session.prefix)

    def wait_for_address(self, node, prefix):
        """The node's kernel makes its address from the gateway's Router Advertisement."""
        until = time.monotonic() + 10
        while time.monotonic() < until:
            output = node.host.cmd("ip -6 -json address show dev %s-eth0 scope global" % node.name)
            for link in json.loads(output or "[]"):
                for address in link.get("addr_info", ()):
                    if "local" in address and ipaddress.ip_address(address["local"]) in prefix:
                        node.address = address["local"]
                        return node.address
            time.sleep(0.05)
        raise Failure("%s has made no address in %s" % (node.name, prefix))

    def drops(self, name):
        """How many packets the switch has dropped, by the number of the reason."""
        with contextlib.closing(p4runtime.Reader(self.addresses[name], self.device_ids[name], self.program)) as reader:
            return reader.counters("drops")
