// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.pmip.checks.junit.FreePorts;
import org.pmip.softswitch.port.PortSpec;

/** The other end of a UDP port: what a test sends into a switch, and what it gets from it. */
public final class Wire implements AutoCloseable {
    private static final int MILLIS = 20_000;

    private final DatagramSocket socket;
    private final int switchPort;

    /** On free ports of the loopback interface. */
    public Wire() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(MILLIS);
        switchPort = FreePorts.udp();
    }

    /** A port whose other end this is. */
    public PortSpec spec() {
        return PortSpec.of("udp:127.0.0.1:" + switchPort + "/127.0.0.1:" + socket.getLocalPort());
    }

    /** Sends a frame to the port. */
    public void send(byte[] frame) throws IOException {
        socket.send(new DatagramPacket(frame, frame.length,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), switchPort)));
    }

    /** The next frame that leaves the port. */
    public byte[] receive() throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65536], 65536);
        socket.receive(packet);
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    @Override
    public void close() {
        socket.close();
    }
}
