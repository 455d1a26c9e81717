# SPDX-License-Identifier: Apache-2.0
"""An access gateway or a correspondent node on one interface of a Mininet host.

Takes one command a line as JSON on its standard input and answers each with one line of JSON. As a correspondent node
it sends every UDP datagram back to where it came from, and tells how many came.
"""

import json
import select
import socket
import struct
import sys
import time

import wire

ECHO_PORT = 7
BINDACK_TIMEOUT = 1.0
ATTEMPTS = 5
WINDOW = 16


class Link:
    """A raw socket on an interface; frames that this host itself sends are not received."""

    def __init__(self, interface, own_mac, switch_mac):
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(wire.ETHERTYPE_IPV6))
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
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
    """Registers mobile nodes and stands in for them at both ends of the tunnel."""

    def __init__(self, link, address, anchor):
        self.link, self.address, self.anchor = link, address, anchor
        self.sequence = 0
        self.sessions = {}

    def register(self, node, key, handoff, lifetime=300):
        """Sends a Proxy Binding Update until its answer comes; key is the downlink key, "mode" or None."""
        self.sequence = (self.sequence + 1) % 65536
        for _ in range(ATTEMPTS):
            update = wire.binding_update(self.address, self.anchor, self.sequence, lifetime, node, handoff, key)
            began = time.monotonic()
            self.link.send(wire.ipv6(self.address, self.anchor, wire.MOBILITY, update))
            answer = self.acknowledgement(began + BINDACK_TIMEOUT)
            if answer is not None:
                return self.accept(node, key, lifetime, answer, time.monotonic() - began)
        raise TimeoutError("no answer to %d requests" % ATTEMPTS)

    def acknowledgement(self, until):
        while True:
            packet = self.link.receive(until)
            if packet is None:
                return None
            if packet.next_header == wire.MOBILITY and packet.source == self.anchor:
                answer = wire.BindingAcknowledgement(packet)
                if answer.sequence == self.sequence:
                    return answer

    def accept(self, node, key, lifetime, answer, seconds):
        if answer.status < 128 and lifetime:
            self.sessions[node] = {"address": str(answer.prefix[1]), "up": answer.key, "down": key}
        return {"status": answer.status, "prefix": str(answer.prefix), "uplink_key": answer.key,
                "lifetime": answer.lifetime, "milliseconds": round(seconds * 1000, 1)}

    def exchange(self, node, correspondent, packets, key=None, wait=10.0):
        """Sends so many datagrams through the tunnel and counts what comes back as it should have.

        A key takes the place of the negotiated one in what is sent. At most WINDOW are under way, as long as they come
        back, so that a slow machine is not asked for more than it can; what is late has the given seconds to come.
        """
        session = self.sessions[node]
        up = session["up"] if key is None else key
        port = 10000 + self.sequence
        missing = {}
        wrong = 0
        for number in range(packets):
            data = struct.pack("!I", number) + bytes(60)
            inner = wire.ipv6(session["address"], correspondent, wire.UDP,
                              wire.udp(session["address"], correspondent, port, ECHO_PORT, data))
            missing[number] = wire.ipv6(correspondent, session["address"], wire.UDP,
                                        wire.udp(correspondent, session["address"], ECHO_PORT, port, data), 63)
            self.link.send(wire.tunnel(self.address, self.anchor, up, inner))
            until = time.monotonic() + 0.05
            while len(missing) >= WINDOW and time.monotonic() < until:
                wrong += self.collect(session, missing, until)
        until = time.monotonic() + wait
        while missing and time.monotonic() < until:
            wrong += self.collect(session, missing, until)
        return {"sent": packets, "back": packets - len(missing), "wrong": wrong}

    def collect(self, session, missing, until):
        """Takes one packet off the wire and the list; 1 if it is a tunnelled one, but not as expected."""
        packet = self.link.receive(until)
        if packet is None or packet.next_header == wire.MOBILITY:
            return 0
        try:
            key, inner = wire.untunnel(packet)
        except ValueError:
            return 1
        number = struct.unpack("!I", inner[48:52])[0] if len(inner) >= 52 else -1
        if key != session["down"] or missing.get(number) != inner:
            return 1
        del missing[number]
        return 0


def correspond(link):
    """Echoes until the input ends; a line of input is answered with the number of datagrams that have come."""
    received = 0
    while True:
        ready = select.select([link.socket, sys.stdin], [], [])[0]
        if sys.stdin in ready:
            if not sys.stdin.readline():
                return
            print(json.dumps({"received": received}), flush=True)
        packet = link.receive(time.monotonic() + 0.01) if link.socket in ready else None
        if packet is None or packet.next_header != wire.UDP:
            continue
        source, destination = struct.unpack("!HH", packet.payload[:4])
        if destination == ECHO_PORT:
            received += 1
            link.send(wire.ipv6(packet.destination, packet.source, wire.UDP, wire.udp(
                packet.destination, packet.source, destination, source, packet.payload[8:])))


def main():
    role, interface, own_mac, switch_mac, address, anchor = sys.argv[1:7]
    link = Link(interface, own_mac, switch_mac)
    print(json.dumps({"ready": True}), flush=True)
    if role == "cn":
        correspond(link)
        return
    gateway = Gateway(link, address, anchor)
    for line in sys.stdin:
        command = json.loads(line)
        verb = {"register": gateway.register, "exchange": gateway.exchange}[command.pop("do")]
        try:
            answer = verb(**command)
        except (OSError, ValueError, KeyError) as problem:
            answer = {"error": "%s: %s" % (type(problem).__name__, problem)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
