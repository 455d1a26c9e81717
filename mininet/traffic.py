# SPDX-License-Identifier: Apache-2.0
"""A stream of numbered UDP datagrams from one host to another, and what the hosts' own tools measure.

On a host: traffic.py receive ADDRESS PORT, and traffic.py send ADDRESS PORT RATE COUNT. The receiver tells when each
datagram came once its standard input has ended and nothing comes any more.
"""

import contextlib
import ipaddress
import json
import re
import select
import socket
import statistics
import struct
import subprocess
import sys
import threading
import time

from wire import Failure

PORT = 5001
QUIET_SECONDS = 1.0
PAYLOAD = bytes(60)
TCP_INTERVAL = 0.1


# --- on the hosts -----------------------------------------------------------------------------------------------------

def open_socket(address):
    version = ipaddress.ip_address(address).version
    return socket.socket(socket.AF_INET6 if version == 6 else socket.AF_INET, socket.SOCK_DGRAM)


def send(address, port, rate, count):
    """Datagrams at an even pace; one that is late is sent at once, so that the rate holds."""
    endpoint = open_socket(address)
    endpoint.connect((address, port))
    began = time.monotonic()
    for number in range(count):
        left = began + number / rate - time.monotonic()
        if left > 0:
            time.sleep(left)
        with contextlib.suppress(OSError):
            # An ICMP error for an earlier datagram is reported here; the receiver counts what is missing.
            endpoint.send(struct.pack("!I", number) + PAYLOAD)


def receive(address, port):
    endpoint = open_socket(address)
    endpoint.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    endpoint.bind((address, port))
    print("ready", flush=True)
    arrivals = []
    told = False
    until = None
    while True:
        left = None if until is None else until - time.monotonic()
        if left is not None and left <= 0:
            break
        ready = select.select([endpoint] if told else [endpoint, sys.stdin], [], [], left)[0]
        if endpoint in ready:
            number = struct.unpack("!I", endpoint.recv(2048)[:4])[0]
            arrivals.append((number, time.monotonic()))
        elif not told and sys.stdin in ready:
            told = not sys.stdin.readline()
        if told and (endpoint in ready or until is None):
            # A busy machine may be late; when nothing comes any more, nothing is late any more.
            until = time.monotonic() + QUIET_SECONDS
    print(json.dumps(arrivals), flush=True)


# --- in the demonstration ---------------------------------------------------------------------------------------------

class Later:
    """Something that is done after so many seconds on a thread of its own, and whose failure is not lost."""

    def __init__(self, seconds, action):
        self.action, self.failure = action, None
        self.timer = threading.Timer(seconds, self.run)
        self.timer.start()

    def run(self):
        try:
            self.action()
        except Exception as failure:
            self.failure = failure

    def while_waiting(self, wait):
        """What wait() returns. If the action has failed, that is said, and not what came of it."""
        try:
            waited = wait()
        except subprocess.TimeoutExpired as late:
            self.result()
            raise Failure("%s has not ended after %.0f s" % (" ".join(late.cmd), late.timeout)) from late
        self.result()
        return waited

    def result(self):
        self.timer.join()
        if self.failure is not None:
            raise self.failure


def longest_gap(times, interval):
    """Milliseconds between two arrivals, beyond the interval at which they are sent."""
    return max((later - earlier for earlier, later in zip(times, times[1:])), default=0) * 1000 - interval * 1000


def stream(source, destination, address, during, rate=1000, seconds=2.0):
    """Sends a stream, calls during() in its middle, and tells what was lost and how long nothing came.

    What is late may come until nothing has come for a second. The gap is the longest time between two datagrams that
    arrived.
    """
    count = int(rate * seconds)
    return evaluate(arrivals(source, destination, address, during, rate, seconds, seconds / 2), count, rate)


def arrivals(source, destination, address, during, rate, seconds, after):
    """Sends a stream, calls during() after so many seconds, and tells the (number, time) of each that arrived."""
    count = int(rate * seconds)
    receiver = destination.popen([sys.executable, __file__, "receive", address, str(PORT)],
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    sender = None
    try:
        receiver.stdout.readline()
        sender = source.popen([sys.executable, __file__, "send", address, str(PORT), str(rate), str(count)])
        time.sleep(after)
        during()
        sender.wait(seconds + 30)
        receiver.stdin.close()
        arrived = json.loads(receiver.stdout.readline())
        receiver.wait(10)
    finally:
        for process in (sender, receiver):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
    return arrived


def heard(source, address, hosts, count=20):
    """Sends datagrams to an address that several hosts have; how many arrived, by the host's name."""
    receivers = {}
    try:
        for host in hosts:
            receivers[host.name] = host.popen([sys.executable, __file__, "receive", address, str(PORT)],
                                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            receivers[host.name].stdout.readline()
        source.popen([sys.executable, __file__, "send", address, str(PORT), "100", str(count)]).wait(30)
        arrived = {}
        for name, receiver in receivers.items():
            receiver.stdin.close()
            arrived[name] = len(json.loads(receiver.stdout.readline()))
            receiver.wait(10)
        return arrived
    finally:
        for receiver in receivers.values():
            if receiver.poll() is None:
                receiver.kill()
                receiver.wait()


def evaluate(arrivals, count, rate):
    """What became of a stream, from the (number, time) of each arrival; "resumed" if something of its end arrived."""
    numbers = {number for number, _ in arrivals}
    return {"sent": count, "lost": count - len(numbers), "resumed": any(number >= count * 3 // 4 for number in numbers),
            "gap": longest_gap([at for _, at in arrivals], 1 / rate)}


def parse_ping(output, interval):
    """What ping -D has printed: what was sent and lost, the median round trip, the longest time without a reply."""
    replies = [(float(at), float(took)) for at, took in
               re.findall(r"^\[([\d.]+)\] \d+ bytes from .* time=([\d.]+) ms", output, re.MULTILINE)]
    summary = re.search(r"(\d+) packets transmitted, (\d+) received", output)
    if not summary:
        raise Failure("ping did not run: " + output)
    sent, last = int(summary.group(1)), re.findall(r"icmp_seq=(\d+) ", output)[-1:]
    return {"sent": sent, "lost": sent - int(summary.group(2)),
            "resumed": bool(last) and int(last[0]) > sent * 3 // 4,
            "median": statistics.median(took for _, took in replies) if replies else None,
            "gap": longest_gap([at for at, _ in replies], interval)}


def ping(source, address, count=5, interval=0.2, during=None, source_address=None):
    """The kernel's own ping; tells what was sent and lost, the median round trip and the longest time without reply."""
    process = source.popen(["ping", "-n", "-D", "-c", str(count), "-i", str(interval), "-W", "5",
                            *(("-I", source_address) if source_address else ()), address],
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        later = Later(count * interval / 2, during or (lambda: None))
        output = later.while_waiting(lambda: process.communicate(timeout=count * interval + 60)[0])
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    return parse_ping(output, interval)


def tcp(source, destination, address, seconds=8, during=None):
    """A TCP transfer by iperf3 from the destination; tells Mbit/s, and the longest time in ms in which nothing arrived.

    The time is in steps of TCP_INTERVAL, 0 if something arrived in each.
    """
    server = destination.popen(["iperf3", "-s", "-1", "-B", address, "--forceflush"],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    client = None
    try:
        server.stdout.readline()
        while "listening" not in server.stdout.readline():
            if server.poll() is not None:
                raise Failure("iperf3 -s has ended")
        # The client receives, so that the transfer is measured where it arrives.
        client = source.popen(["iperf3", "-c", address, "-R", "-J", "-t", str(seconds), "-i", str(TCP_INTERVAL)],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        later = Later(seconds / 2, during or (lambda: None))
        report = json.loads(later.while_waiting(lambda: client.communicate(timeout=seconds + 30)[0]))
    finally:
        for process in (client, server):
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
    if "error" in report:
        raise Failure("iperf3: " + report["error"])
    intervals = [interval["sum"]["bytes"] for interval in report["intervals"]]
    longest = still = 0.0
    for interval in report["intervals"]:
        total = interval["sum"]
        still = 0.0 if total["bytes"] else still + total["seconds"]
        longest = max(longest, still)
    return {"mbits": report["end"]["sum_received"]["bits_per_second"] / 1e6, "gap": longest * 1000,
            "resumed": any(intervals[len(intervals) * 3 // 4:]),
            "retransmits": report["end"]["sum_sent"].get("retransmits")}


def main():
    if sys.argv[1] == "send":
        send(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5]))
    else:
        receive(sys.argv[2], int(sys.argv[3]))


if __name__ == "__main__":
    main()
