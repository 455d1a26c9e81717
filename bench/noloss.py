#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Packets a second without loss through one anchor switch on veth interfaces, and what is left of it when overloaded.

    sudo bench/noloss.py [--switch bmv2|softswitch]... [--sessions N] [--payload OCTETS] [--rounds N]

Each switch runs the product's program with the same entries, and gets the same frames, the sessions in turn. A rate
counts as without loss when all but one in 10,000 packets come out; the greatest such rate is found by halving, again in
each round, and the median is told. Then twice that rate is offered, and after that the latency is taken at 1,000 packets a
second: from before the sender's system call to when the kernel takes the packet from the switch. Switches take turns in
each round. Sender and switch share the machine. Frames have 54 octets more than the payload, in the tunnel 102 more.
Needs root and gRPC for Python; bmv2 needs simple_switch_grpc on the PATH.
"""

import argparse
import ctypes
import os
import pathlib
import shutil
import socket
import statistics
import struct
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "mininet"))

import wire  # noqa: E402
from processes import (processor_seconds, resident, start_switch, stop, switch_command,  # noqa: E402
                       wait_for_switch)

GATEWAY, ANCHOR, CORRESPONDENT = "2001:db8:0:11::1", "2001:db8:0:1::1", "2001:db8:ffff::1"
TRANSPORT, HOME, GRE_KEY = 1, 2, 3
UP_KEY, DOWN_KEY = 0x0A000000, 0x0B000000
PORTS = (1, 2)
WRITE_BATCH, SEND_BATCH, FRAMES = 100, 32, 4096
# Where simple_switch_CLI looks; the switch is alone in its network name space.
GRPC, THRIFT_PORT = "127.0.0.1:50351", 9090
WARM_SECONDS, STEP_SECONDS, STEPS = 6.0, 0.7, 7
PROBES, PROBE_SECONDS, ANSWER_SECONDS = 2000, 1e-3, 1.0
TOLERATED = 1e-4
QUEUE_DEPTH = 8192
MSG_DONTWAIT, CLONE_NEWNET = 0x40, 0x40000000
ALL_PROTOCOLS, TIMESTAMPS, TIMESPEC = 3, 35, struct.Struct("qq")  # ETH_P_ALL, SO_TIMESTAMPNS, struct timespec


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


class Message(ctypes.Structure):
    """struct mmsghdr."""
    _fields_ = [("name", ctypes.c_void_p), ("name_length", ctypes.c_uint32), ("vectors", ctypes.POINTER(Vector)),
                ("vector_count", ctypes.c_size_t), ("control", ctypes.c_void_p), ("control_length", ctypes.c_size_t),
                ("flags", ctypes.c_int), ("sent", ctypes.c_uint)]


class Sender:
    """Sends frames in turn, many in one system call."""

    def __init__(self, interface, frames):
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
        self.socket.bind((interface, 0))
        self.call = ctypes.CDLL(None, use_errno=True).sendmmsg
        self.buffers = [ctypes.create_string_buffer(frame, len(frame)) for frame in frames]
        self.vectors = [Vector(ctypes.addressof(buffer), len(buffer)) for buffer in self.buffers]
        self.messages = (Message * len(frames))()
        for message, vector in zip(self.messages, self.vectors):
            message.vectors, message.vector_count = ctypes.pointer(vector), 1
        self.size, self.next = ctypes.sizeof(Message), 0

    def burst(self, count):
        count = min(count, len(self.messages) - self.next)
        at = ctypes.addressof(self.messages) + self.next * self.size
        sent = max(0, self.call(self.socket.fileno(), ctypes.c_void_p(at), count, MSG_DONTWAIT))
        self.next = (self.next + sent) % len(self.messages)
        return sent

    def blast(self, rate, seconds):
        """Sends at that rate or, if that is more than it can, as fast as it can; returns how many in what time."""
        began, sent = time.monotonic(), 0
        while (now := time.monotonic()) < began + seconds:
            due = int((now - began) * rate) - sent
            if due < SEND_BATCH:
                time.sleep((SEND_BATCH - due) / rate)
                continue
            # What cannot be sent in time is not made up for at once, which would be a burst that nobody asked for.
            for _ in range(min(4, due // SEND_BATCH)):
                sent += self.burst(SEND_BATCH)
        return sent, time.monotonic() - began


def host(port):
    return "pmipn%dh" % port


def switch_side(port):
    return "pmipn%ds" % port


def mac(port, of_host=False):
    return "00:00:5e:00:53:%d%d" % (2 if of_host else 1, port)


def run(*command):
    subprocess.run(command, check=True)


def make_links():
    for port in PORTS:
        run("ip", "link", "add", host(port), "type", "veth", "peer", "name", switch_side(port))
        for interface in (host(port), switch_side(port)):
            run("sysctl", "-qw", "net.ipv6.conf.%s.disable_ipv6=1" % interface)
            run("ip", "link", "set", "dev", interface, "up")


def node(session):
    return "2001:db8:%x:%x::" % (0x100 + (session >> 16), session & 0xffff)


def fill(address, sessions):
    """Makes the switch an anchor with so many sessions in GRE with key."""
    import p4runtime
    build = ROOT / "p4src" / "build"
    program = p4runtime.Program((build / "pmip.p4info.txtpb").read_text(), (build / "pmip.json").read_bytes())
    switch = p4runtime.Switch(address, 1, program)
    switch.install()
    mapped = p4runtime.mapped
    for port, role, domain in ((1, TRANSPORT, 0), (2, HOME, 1)):
        switch.insert("stations", {"ingress_port": port, "mac": mac(port)}, "accept_frame")
        switch.insert("next_hops", {"next_hop_id": port}, "transmit", port, 0, mac(port), mac(port, True))
        switch.insert("interfaces", {"ingress_port": port, "vlan_id": 0}, "connect", role, domain)
    switch.insert("local_addresses", {"domain": 0, "address": mapped(ANCHOR)}, "deliver_locally")
    switch.insert("tunnels", {"outer_source": mapped(GATEWAY), "outer_destination": mapped(ANCHOR), "source_port": 0},
                  "decapsulate", 1, 1)
    switch.insert("tunnel_endpoints", {"tunnel_id": 1}, "ip6_path", mapped(ANCHOR), mapped(GATEWAY), 64, 1500)
    for domain, destination, length, hop in ((0, GATEWAY, 128, 1), (1, "2001:db8:f000::", 36, 2)):
        switch.insert("routes", {"domain": domain, "ip_version": 6, "destination": (mapped(destination), length)},
                      "forward", hop)
    updates = []
    for session in range(1, sessions + 1):
        prefix = (mapped(node(session)), 64)
        for table, keys, action, parameters in (
                ("uplink_keys", {"local_address": mapped(ANCHOR), "key": UP_KEY + session}, "select_domain", (1,)),
                ("uplink_sources", {"domain": 1, "ip_version": 6, "source": prefix}, "expect",
                 (session, 1, GRE_KEY, UP_KEY + session)),
                ("uplink_sessions", {"session_id": session}, "accept_packet", ()),
                ("home_networks", {"domain": 1, "ip_version": 6, "destination": prefix}, "to_session", (session,)),
                ("downlink_sessions", {"session_id": session}, "encapsulate_gre_key", (1, DOWN_KEY + session))):
            updates.append((p4runtime.INSERT, switch.entry(table, keys, action, parameters)))
        if len(updates) >= WRITE_BATCH or session == sessions:
            switch.write(*updates)
            updates = []
    return switch


def frames(sessions, payload):
    """Frames up from the gateway and down from the home network, spread over the sessions."""
    up, down = [], []
    for i in range(FRAMES):
        session = 1 + (i * 2654435761 & FRAMES - 1) * sessions // FRAMES
        address = node(session) + "1"
        packet = wire.ipv6(address, CORRESPONDENT, 59, bytes(payload))
        up.append(wire.ethernet(mac(1, True), mac(1), wire.tunnel(GATEWAY, ANCHOR, UP_KEY + session, packet)))
        down.append(wire.ethernet(mac(2, True), mac(2), wire.ipv6(CORRESPONDENT, address, 59, bytes(payload))))
    return up, down


def arrived(port):
    for line in pathlib.Path("/proc/self/net/dev").read_text().splitlines():
        name, _, numbers = line.partition(":")
        if name.strip() == host(port):
            return int(numbers.split()[1])
    raise wire.Failure("there is no interface " + host(port))


def settled(port):
    seen = -1
    while seen != (now := arrived(port)):
        seen = now
        time.sleep(0.1)
    return now


def trial(sender, port, rate):
    """What was offered and what came through a second, and the share that was lost."""
    before = settled(port)
    sent, took = sender.blast(rate, STEP_SECONDS)
    through = settled(port) - before
    return sent / took, through / took, 1 - through / sent


def latencies(frames, into, out):
    """Microseconds that single packets take through the switch, 1,000 of them a second; one that is lost fails."""
    found = []
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as source, \
            socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ALL_PROTOCOLS)) as sink:
        source.bind((host(into), 0))
        sink.setsockopt(socket.SOL_SOCKET, TIMESTAMPS, 1)
        sink.bind((host(out), ALL_PROTOCOLS))
        sink.settimeout(ANSWER_SECONDS)
        for i in range(PROBES):
            due = time.monotonic() + PROBE_SECONDS
            sent = time.clock_gettime_ns(time.CLOCK_REALTIME)
            source.send(frames[i % len(frames)])
            _, extra, _, _ = sink.recvmsg(2048, 64)
            seconds, nanos = next(TIMESPEC.unpack(data[:TIMESPEC.size]) for level, kind, data in extra
                                  if level == socket.SOL_SOCKET and kind == TIMESTAMPS)
            found.append((seconds * 1_000_000_000 + nanos - sent) / 1000)
            time.sleep(max(0.0, due - time.monotonic()))
    return found


def no_loss(sender, port):
    """The greatest rate without loss, by halving; a rate that the sender cannot make is not tried."""
    low, high = 0.0, trial(sender, port, 1e7)[0]
    for _ in range(STEPS):
        rate = (low + high) / 2 if low else high / 2
        offered, _, lost = trial(sender, port, rate)
        if lost > TOLERATED:
            # Once more: one hiccup of a shared machine says nothing about the switch.
            offered, _, lost = trial(sender, port, rate)
        if lost > TOLERATED:
            high = rate
        else:
            low = max(low, min(rate, offered))
    return low


def measure(name, command, options, work, results):
    make_links()
    log = work / (name + ".log")
    process = start_switch(command, 1, GRPC, {port: switch_side(port) for port in PORTS}, log, thrift_port=THRIFT_PORT)
    try:
        wait_for_switch(process, GRPC, log)
        if name == "bmv2" and shutil.which("simple_switch_CLI"):
            # As shipped, its queue of 64 packets is what loses first.
            subprocess.run(["simple_switch_CLI"], input="set_queue_depth %d\n" % QUEUE_DEPTH, text=True, check=True,
                           stdout=subprocess.DEVNULL)
        switch = fill(GRPC, options.sessions)
        up, down = frames(options.sessions, options.payload)
        for way, into, given, port in (("encapsulate", 2, down, 1), ("decapsulate", 1, up, 2)):
            print("%s, %s ..." % (name, way), file=sys.stderr, flush=True)
            sender = Sender(host(into), given)
            trial(sender, port, 20000)
            sender.blast(1e7 if name != "bmv2" else 50000, WARM_SECONDS)
            before = settled(port)
            rate = no_loss(sender, port)
            used, count = processor_seconds(process), arrived(port)
            trial(sender, port, max(rate, 1000))
            count = settled(port) - count
            microseconds = (processor_seconds(process) - used) * 1e6 / max(1, count)
            offered, through, _ = trial(sender, port, 2 * max(rate, 1000))
            settled(port)
            delays = sorted(latencies(given, into, port))
            results.setdefault((way, name), []).append(
                (rate, offered, through, microseconds, statistics.median(delays), delays[len(delays) * 99 // 100],
                 resident(process)))
            if arrived(port) == before:
                raise RuntimeError("nothing came through %s; its log is in %s" % (name, work))
        switch.close()
    finally:
        stop(process)
        for port in PORTS:
            run("ip", "link", "del", host(port))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--switch", action="append", help="bmv2, softswitch, or NAME=COMMAND")
    parser.add_argument("--sessions", type=int, default=10000)
    parser.add_argument("--payload", type=int, default=74)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    if os.geteuid() != 0:
        print("bench/noloss.py: root is needed for veth interfaces and raw sockets", file=sys.stderr)
        return 2
    if ctypes.CDLL(None).unshare(CLONE_NEWNET) < 0:
        print("bench/noloss.py: no network name space can be made", file=sys.stderr)
        return 2
    run("ip", "link", "set", "lo", "up")
    work = pathlib.Path(tempfile.mkdtemp(prefix="pmip-noloss-"))
    results = {}
    for _ in range(options.rounds):
        for switch in options.switch or ["bmv2", "softswitch"]:
            name, _, command = switch.partition("=")
            measure(name, command.split() or switch_command(name), options, work, results)
    print("%d sessions, %d octets of payload" % (options.sessions, options.payload))
    print("%-12s %-12s %11s %11s %11s %9s %9s %9s %7s" % (
        "", "", "no loss/s", "offered/s", "through/s", "us CPU", "us median", "us 99 %", "MB"))
    for (way, name), rows in sorted(results.items()):
        medians = [statistics.median(column) for column in zip(*rows)]
        print("%-12s %-12s %11s %11s %11s %9.1f %9.0f %9.0f %7.0f" % (
            way, name, *("{:,.0f}".format(m) for m in medians[:3]), *medians[3:]), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
