// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.roam;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The far end of a switch's port: a UDP socket that carries one Ethernet frame a datagram. What arrives is given to
 * all who listen, on a thread of the wire's own.
 */
public final class Wire implements AutoCloseable {
    private final DatagramSocket socket;
    private final Thread reader;
    private final List<Consumer<byte[]>> consumers = new CopyOnWriteArrayList<>();

    /** Opens this end. */
    public Wire(String name) throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        reader = new Thread(this::read, "wire-" + name);
        reader.setDaemon(true);
    }

    /** The UDP port of this end. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Tells where the switch's end is, and begins to listen. */
    public void connect(int switchPort) {
        // A socket that somebody reads cannot be connected any more.
        socket.connect(InetAddress.getLoopbackAddress(), switchPort);
        reader.start();
    }

    /** Has somebody listen. */
    public void add(Consumer<byte[]> consumer) {
        consumers.add(consumer);
    }

    /** Has somebody no longer listen. */
    public void remove(Consumer<byte[]> consumer) {
        consumers.remove(consumer);
    }

    /** Sends a frame into the switch. */
    public void send(byte[] frame) {
        try {
            socket.send(new DatagramPacket(frame, frame.length));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        while (!socket.isClosed()) {
            try {
                packet.setLength(4096);
                socket.receive(packet);
            } catch (IOException e) {
                if (socket.isClosed()) {
                    return;
                }
                // An ICMP error for a datagram that the switch was not there to take yet.
                continue;
            }
            byte[] frame = Arrays.copyOf(packet.getData(), packet.getLength());
            consumers.forEach(consumer -> consumer.accept(frame));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
