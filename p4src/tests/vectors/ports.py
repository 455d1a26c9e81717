#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Frames between a test and the network interfaces of a name space, over one stream socket in the file system.

Each frame goes, in both directions, behind two 16-bit numbers: the port and the length.
Usage: ports.py SOCKET PORT=INTERFACE ...
"""
import os
import select
import socket
import struct
import sys

HEAD = struct.Struct("!HH")
SOL_PACKET, PACKET_AUXDATA, VLAN_VALID = 263, 8, 0x10
AUXDATA = struct.Struct("IIIHHHH")


def receive(raw):
    """A frame with the VLAN tag that the kernel has taken out of it, or nothing for frames that the host sent."""
    frame, ancillary, _, address = raw.recvmsg(65536, socket.CMSG_SPACE(AUXDATA.size))
    if address[2] == socket.PACKET_OUTGOING:
        return None
    for level, kind, octets in ancillary:
        if level == SOL_PACKET and kind == PACKET_AUXDATA:
            status, _, _, _, _, tci, tpid = AUXDATA.unpack_from(octets)
            if status & VLAN_VALID:
                return frame[:12] + HEAD.pack(tpid or 0x8100, tci) + frame[12:]
    return frame


def main(path, *ports):
    interfaces = {}
    for port, name in (spec.split("=", 1) for spec in ports):
        raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
        raw.bind((name, 0))
        raw.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
        interfaces[int(port)] = raw
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(path + ".new")
    server.listen(1)
    os.rename(path + ".new", path)
    peer, _ = server.accept()
    pending = b""
    while True:
        for ready in select.select([peer] + list(interfaces.values()), [], [])[0]:
            if ready is peer:
                octets = peer.recv(65536)
                if not octets:
                    return
                pending += octets
                while len(pending) >= HEAD.size:
                    port, length = HEAD.unpack_from(pending)
                    if len(pending) < HEAD.size + length:
                        break
                    interfaces[port].send(pending[HEAD.size:HEAD.size + length])
                    pending = pending[HEAD.size + length:]
            else:
                frame = receive(ready)
                if frame is not None:
                    port = next(number for number, raw in interfaces.items() if raw is ready)
                    peer.sendall(HEAD.pack(port, len(frame)) + frame)


if __name__ == "__main__":
    main(*sys.argv[1:])
