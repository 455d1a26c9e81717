# SPDX-License-Identifier: Apache-2.0
"""An access gateway: a P4Runtime switch whose tables hold the nodes' traffic, and the signalling for it.

It speaks to the anchor as draft-ietf-netlmm-proxymip6-10 and RFC 5845 want it, and to its nodes in neighbour discovery.
Everything it sends and receives goes through its switch: signalling as packet-in and packet-out, user packets in the
tables alone. It does what a demonstration needs of a gateway and is not one to deploy.
"""

import ipaddress
import queue
import threading
import time

import p4runtime
import wire

TRANSPORT_PORT, ACCESS_PORT = 1, 2
TRANSPORT, ACCESS = 1, 3
MOBILITY_SIGNALLING, UDP_SIGNALLING, NEIGHBOUR_DISCOVERY, ROUTER_SOLICITATION, ARP = 1, 2, 5, 6, 8
PUNT_PRIORITY = 100
TUNNEL = 1
HOP_LIMIT = 64
TUNNEL_MTU = 1500
# IPv6, GRE and key, or IPv4, UDP, TLV, GRE and key: what a node may send if it is to fit whatever was agreed.
OVERHEAD = 48
BINDACK_TIMEOUT = 1.0
ATTEMPTS = 5
TIMESTAMP_LOWER_THAN_PREV_ACCEPTED = 157
DROP_REASONS = range(1, 33)


class Ip6Transport:
    """IPv6 between gateway and anchor: signalling as a Mobility Header, tunnels of IPv6 or GRE."""

    reason = MOBILITY_SIGNALLING
    punt = {"next_header": wire.MOBILITY, "to_local": 1}
    # By what was agreed: the action that begins the tunnel, and the number of the encapsulation.
    encapsulations = {None: ("encapsulate_ip", 1), "mode": ("encapsulate_gre", 2), "key": ("encapsulate_gre_key", 3)}
    names = {None: "IPv6 in IPv6", "mode": "GRE", "key": "GRE with keys"}
    tunnel_port = 0

    def __init__(self, care_of, anchor):
        self.care_of, self.anchor = care_of, anchor

    def packet(self, message):
        return wire.ipv6(self.care_of, self.anchor, wire.MOBILITY, message)

    def path(self):
        return ("ip6_path", p4runtime.mapped(self.care_of), p4runtime.mapped(self.anchor), HOP_LIMIT, TUNNEL_MTU)

    def keepalive(self):
        return None


class UdpTransport(Ip6Transport):
    """IPv4 between the two, with a translator on the path: all in UDP (RFC 5844; RFC 5845, section 7)."""

    reason = UDP_SIGNALLING
    punt = {"next_header": wire.UDP, "to_local": 1, "destination_port": wire.SIGNALLING_PORT}
    encapsulations = {None: ("encapsulate_udp", 4), "mode": ("encapsulate_udp_tlv_gre", 5),
                      "key": ("encapsulate_udp_tlv_gre_key", 6)}
    names = {None: "UDP over IPv4", "mode": "UDP, TLV, GRE", "key": "UDP, TLV, GRE with keys"}
    tunnel_port = wire.TUNNEL_PORT

    def packet(self, message):
        return wire.udp4(self.care_of, self.anchor, wire.SIGNALLING_PORT, wire.SIGNALLING_PORT, message)

    def path(self):
        return ("ip4_path", self.care_of, self.anchor, HOP_LIMIT, TUNNEL_MTU, wire.TUNNEL_PORT, wire.TUNNEL_PORT)

    def keepalive(self):
        """Opens the translator's way back before a node has sent anything; one octet, which the anchor drops."""
        return wire.udp4(self.care_of, self.anchor, wire.TUNNEL_PORT, wire.TUNNEL_PORT, b"\xff")


class Refused(wire.Failure):
    """The anchor has answered with a status of 128 or more, or not at all."""


class Session:
    """What was agreed for a node: addresses, keys in both directions, and the entries that the switch has for it."""

    def __init__(self, number, node, answer, down, tunnel):
        self.number, self.node, self.prefix, self.home4, self.up = number, node, answer.prefix, answer.home4, answer.key
        # Without an answer to the wish for GRE there is none.
        self.down = down if answer.key is not None else None
        self.tunnel = tunnel
        self.entries = []
        self.milliseconds = {}


class Gateway:
    """One gateway; attach and detach may be called from any thread."""

    def __init__(self, name, grpc, device_id, program, transport, own_mac, next_hop_mac):
        self.name, self.transport, self.own_mac, self.next_hop_mac = name, transport, own_mac, next_hop_mac
        self.sequence, self.numbers = 0, 0
        self.lock = threading.Lock()
        self.waiting = {}
        self.sessions = {}
        self.switch = p4runtime.Switch(grpc, device_id, program, self.packet_in)
        self.switch.install()
        self.configure()

    def configure(self):
        insert, mapped, transport = self.switch.insert, p4runtime.mapped, self.transport
        own, anchor = mapped(transport.care_of), mapped(transport.anchor)
        for reason in DROP_REASONS:
            insert("drops", {"reason": reason}, "discard")
        for port, mac in ((TRANSPORT_PORT, self.own_mac), (ACCESS_PORT, wire.ROUTER_MAC)):
            insert("stations", {"ingress_port": port, "mac": mac}, "accept_frame")
        insert("local_addresses", {"domain": 0, "address": own}, "deliver_locally")
        icmp = {"ether_type": wire.ETHERTYPE_IPV6, "next_header": wire.ICMPV6}
        for keys, reason in ((transport.punt, transport.reason), ({"ether_type": wire.ETHERTYPE_ARP}, ARP),
                             (dict(icmp, icmp_type=wire.NEIGHBOUR_SOLICITATION), NEIGHBOUR_DISCOVERY),
                             (dict(icmp, icmp_type=wire.ROUTER_SOLICITATION), ROUTER_SOLICITATION)):
            insert("punt", keys, "to_controller", reason, priority=PUNT_PRIORITY)
        insert("next_hops", {"next_hop_id": 1}, "transmit", TRANSPORT_PORT, 0, self.own_mac, self.next_hop_mac)
        version = ipaddress.ip_address(transport.anchor).version
        insert("routes", {"domain": 0, "ip_version": version, "destination": (anchor, 128)}, "forward", 1)
        insert("tunnels", {"outer_source": anchor, "outer_destination": own, "source_port": transport.tunnel_port},
               "decapsulate_to_access", TUNNEL, 1)
        insert("tunnel_endpoints", {"tunnel_id": TUNNEL}, *transport.path())
        # Ports come last: until then nothing enters a half-built pipeline.
        insert("interfaces", {"ingress_port": TRANSPORT_PORT, "vlan_id": 0}, "connect", TRANSPORT, 0)
        insert("interfaces", {"ingress_port": ACCESS_PORT, "vlan_id": 0}, "connect", ACCESS, 1)

    # --- towards the anchor ---

    def next_sequence(self):
        with self.lock:
            self.sequence = (self.sequence + 1) % 65536
            return self.sequence

    def request(self, sequence, node, lifetime, handoff, key):
        message = wire.binding_update(self.transport.care_of, self.transport.anchor, sequence, lifetime,
                                      node.identifier, handoff, key, node.mac, home4=node.ipv4)
        self.send_to_transport(self.transport.packet(message))

    def send_to_transport(self, packet):
        self.switch.send(TRANSPORT_PORT, wire.ethernet(self.own_mac, self.next_hop_mac, packet))

    def update(self, node, lifetime, handoff, key):
        """Sends a Proxy Binding Update until its answer comes; returns it, and how long it took in seconds."""
        sequence = self.next_sequence()
        answers = self.waiting[sequence] = queue.Queue()
        try:
            for _ in range(ATTEMPTS):
                began = time.monotonic()
                self.request(sequence, node, lifetime, handoff, key)
                try:
                    answer = answers.get(timeout=BINDACK_TIMEOUT)
                except queue.Empty:
                    continue
                if answer.status == TIMESTAMP_LOWER_THAN_PREV_ACCEPTED:
                    # The old gateway's de-registration overtook this request: try again (RFC 5213, section 6.9.1.2).
                    continue
                if answer.status >= 128:
                    raise Refused("%s: %s is refused with status %d" % (self.name, node.identifier, answer.status))
                return answer, time.monotonic() - began
            raise Refused("%s: no answer to %d requests for %s" % (self.name, ATTEMPTS, node.identifier))
        finally:
            del self.waiting[sequence]

    def attach(self, node, handoff, lifetime=3600):
        """Registers a node that has come and serves it; node.key is "key", "mode" or None, as the session is to be."""
        began = time.monotonic()
        with self.lock:
            self.numbers += 1
            number = self.numbers
        down = (self.switch.device_id << 24) + number if node.key == "key" else node.key
        answer, took = self.update(node, lifetime, handoff, down)
        kind = node.key if answer.key is not None else None
        session = Session(number, node, answer, down, self.transport.names[kind])
        session.entries = self.entries(session, *self.transport.encapsulations[kind])
        self.switch.write(*((p4runtime.INSERT, entry) for entry in session.entries))
        session.milliseconds = {"signalling": took * 1000, "attached": (time.monotonic() - began) * 1000}
        self.sessions[node.mac] = session
        keepalive = self.transport.keepalive()
        if keepalive is not None:
            self.send_to_transport(keepalive)
        self.advertise(session)
        return session

    def entries(self, session, begin, encapsulation):
        entry, down = self.switch.entry, session.down
        keyed = isinstance(down, int)
        number, domain = session.number, session.node.operator
        prefixes = [(6, (p4runtime.mapped(session.prefix.network_address), session.prefix.prefixlen))]
        if session.home4 is not None:
            prefixes.append((4, (p4runtime.mapped(session.home4[0].ip), 128)))
        entries = []
        if keyed:
            own = p4runtime.mapped(self.transport.care_of)
            entries.append(entry("access_keys", {"local_address": own, "key": down}, "select_domain", (domain,)))
        entries.append(entry("access_deliveries", {"session_id": number}, "deliver",
                             (ACCESS_PORT, 0, wire.ROUTER_MAC, session.node.mac)))
        entries.append(entry("access_uplinks", {"session_id": number}, begin,
                             (TUNNEL, session.up) if keyed else (TUNNEL,)))
        for version, prefix in prefixes:
            entries.append(entry("access_sources", {"session_id": number, "ip_version": version, "source": prefix},
                                 "permit"))
            entries.append(entry("access_destinations", {"domain": domain, "ip_version": version,
                                                         "destination": prefix},
                                 "expect", (number, TUNNEL, encapsulation, down if keyed else 0)))
        entries.append(entry("access_nodes", {"ingress_port": ACCESS_PORT, "vlan_id": 0, "mac": session.node.mac},
                             "attach", (number, domain, 0)))
        return entries

    def use_key(self, session, up):
        """Writes another uplink key into the switch, as a gateway that is not to be trusted might."""
        self.switch.write((p4runtime.MODIFY, self.switch.entry("access_uplinks", {"session_id": session.number},
                                                               self.transport.encapsulations["key"][0],
                                                               (TUNNEL, up))))

    def detach(self, node, wait=True):
        """Ends the service for a node that has gone, and tells the anchor.

        It is no use to wait for the answer when the node has already come elsewhere: an anchor is silent towards a
        gateway that no longer has the session (RFC 5213, section 5.3.5).
        """
        session = self.sessions.pop(node.mac)
        self.switch.write(*((p4runtime.DELETE, entry) for entry in reversed(session.entries)))
        if wait:
            self.update(node, 0, wire.UNKNOWN_HANDOFF, session.down)
        else:
            self.request(self.next_sequence(), node, 0, wire.UNKNOWN_HANDOFF, session.down)

    # --- towards the nodes ---

    def advertise(self, session):
        packet = wire.router_advertisement(session.prefix, 3600, TUNNEL_MTU - OVERHEAD)
        self.switch.send(ACCESS_PORT, wire.ethernet(wire.ROUTER_MAC, session.node.mac, packet))

    def packet_in(self, frame, metadata):
        if metadata["reason"] == ARP:
            self.arp(frame, metadata["ingress_port"])
            return
        try:
            packet = wire.Packet(frame[14:])
        except ValueError:
            return
        source_mac = ":".join("%02x" % octet for octet in frame[6:12])
        if metadata["reason"] == self.transport.reason and packet.source == self.transport.anchor:
            answer = wire.BindingAcknowledgement(packet)
            waiting = self.waiting.get(answer.sequence)
            if waiting is not None:
                waiting.put(answer)
        elif metadata["reason"] == ROUTER_SOLICITATION and source_mac in self.sessions:
            self.advertise(self.sessions[source_mac])
        elif metadata["reason"] == NEIGHBOUR_DISCOVERY:
            self.neighbour(packet, source_mac, metadata["ingress_port"])

    def arp(self, frame, port):
        """To nodes this is the default router that the anchor has named; to the transport it has its own address."""
        target = wire.arp_target(frame)
        if port == TRANSPORT_PORT:
            if target == self.transport.care_of:
                self.switch.send(port, wire.arp_reply(frame, self.own_mac))
            return
        session = self.sessions.get(":".join("%02x" % octet for octet in frame[6:12]))
        if session is not None and session.home4 is not None and target == str(session.home4[1]):
            self.switch.send(port, wire.arp_reply(frame, wire.ROUTER_MAC))

    def neighbour(self, packet, source_mac, port):
        own, mac = ((self.transport.care_of, self.own_mac) if port == TRANSPORT_PORT
                    else (wire.ROUTER_LINK_LOCAL, wire.ROUTER_MAC))
        if len(packet.payload) < 24 or str(ipaddress.IPv6Address(packet.payload[8:24])) != own:
            return
        unspecified = packet.source == "::"
        answer = wire.neighbour_advertisement(own, wire.ALL_NODES if unspecified else packet.source, mac,
                                              not unspecified, True)
        self.switch.send(port, wire.ethernet(mac, source_mac, answer))

    def close(self):
        self.switch.close()
