# SPDX-License-Identifier: Apache-2.0
"""An access gateway on one interface, with as much of its protocol as a measurement needs: it registers a node."""

import select
import socket
import sys
import time

import wire

BINDACK_TIMEOUT = 1.0
ATTEMPTS = 5
NODE_MAC = "00:00:5e:00:53:41"


class Link:
    """A raw socket on an interface; frames that this host itself sends are not received."""

    def __init__(self, interface, own_mac, switch_mac):
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(wire.ETHERTYPE_IPV6))
        self.socket.bind((interface, wire.ETHERTYPE_IPV6))
        self.own_mac, self.switch_mac = own_mac, switch_mac

    def send(self, packet):
        self.socket.send(wire.ethernet(self.own_mac, self.switch_mac, packet))

    def receive(self, until):
        """The next packet for this host's MAC address, or None when the time is over."""
        while True:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.socket], [], [], left)[0]:
                return None
            frame, address = self.socket.recvfrom(65535)
            if address[2] == socket.PACKET_OUTGOING or frame[:6] != wire.mac(self.own_mac):
                continue
            try:
                return wire.Packet(frame[14:])
            except ValueError as problem:
                print("peer: %s" % problem, file=sys.stderr)


class Gateway:
    """Registers mobile nodes; its sessions have the address, the uplink key and the downlink key of each."""

    def __init__(self, link, address, anchor):
        self.link, self.address, self.anchor = link, address, anchor
        self.sequence = 0
        self.sessions = {}

    def register(self, node, key, handoff, lifetime):
        """Sends a Proxy Binding Update until it is accepted; key is the downlink key."""
        self.sequence = (self.sequence + 1) % 65536
        for _ in range(ATTEMPTS):
            update = wire.binding_update(self.address, self.anchor, self.sequence, lifetime, node, handoff, key,
                                         NODE_MAC)
            self.link.send(wire.ipv6(self.address, self.anchor, wire.MOBILITY, update))
            answer = self.acknowledgement(time.monotonic() + BINDACK_TIMEOUT)
            if answer is not None:
                if answer.status >= 128:
                    raise wire.Failure("%s is refused with status %d" % (node, answer.status))
                self.sessions[node] = {"address": str(answer.prefix[1]), "up": answer.key, "down": key}
                return
        raise wire.Failure("no answer to %d requests" % ATTEMPTS)

    def acknowledgement(self, until):
        while True:
            packet = self.link.receive(until)
            if packet is None:
                return None
            if packet.next_header == wire.MOBILITY and packet.source == self.anchor:
                answer = wire.BindingAcknowledgement(packet)
                if answer.sequence == self.sequence:
                    return answer
