// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;

/** One Ethernet frame a datagram on loopback. */
final class UdpFrameLink implements FrameLink {

    private static final int SOCKET_BUFFER = 4 << 20;

    private final DatagramSocket socket;
    private final InetSocketAddress remote;
    private final byte[] buffer = new byte[GREATEST_FRAME];

    UdpFrameLink(String spec) throws IOException {
        String[] ends = spec.split("/");
        if (ends.length != 2) {
            throw new IllegalArgumentException(spec + ": write HOST:PORT/HOST:PORT");
        }
        remote = address(ends[1]);
        socket = new DatagramSocket(address(ends[0]));
        socket.setReceiveBufferSize(SOCKET_BUFFER);
    }

    private static InetSocketAddress address(String text) throws IOException {
        int colon = text.lastIndexOf(':');
        InetAddress host = InetAddress.getByName(text.substring(0, Math.max(0, colon)));
        if (!host.isLoopbackAddress()) {
            throw new IllegalArgumentException(text + " is not on loopback");
        }
        return new InetSocketAddress(host, Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public void send(byte[] frame) throws IOException {
        socket.send(new DatagramPacket(frame, frame.length, remote));
    }

    @Override
    public byte[] receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        try {
            do {
                socket.receive(packet);
            } while (!packet.getSocketAddress().equals(remote));
        } catch (SocketException e) {
            if (socket.isClosed()) {
                return null;
            }
            throw e;
        }
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    @Override
    public void close() {
        socket.close();
    }
}
