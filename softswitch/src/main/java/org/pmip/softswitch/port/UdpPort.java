// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.Objects;

/** A port on two UDP sockets: each datagram carries one Ethernet frame. Loopback only, because nothing guards it. */
public final class UdpPort implements Port {
    /** More than any datagram over IPv4 or IPv6 carries. */
    private static final int LONGEST = 65536;
    private static final int SOCKET_OCTETS = 4 << 20;

    private final int number;
    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private final PortCounters counters = new PortCounters();
    private volatile DatagramChannel channel;
    private volatile ReaderThread reader;

    /**
     * A port between two loopback addresses.
     *
     * @param number of the port
     * @param local where frames come in; UDP port 0 is any free one
     * @param remote where frames go, and from where alone they are taken
     * @throws IllegalArgumentException when an address is not a loopback address
     */
    public UdpPort(int number, InetSocketAddress local, InetSocketAddress remote) {
        this.number = number;
        this.local = loopback(number, local);
        this.remote = loopback(number, remote);
    }

    private static InetSocketAddress loopback(int number, InetSocketAddress address) {
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("port " + number + ": " + address
                    + " is not a loopback address: use 127.0.0.1 or [::1]");
        }
        return address;
    }

    /** Where frames come in; tells the UDP port that was chosen once the port is started. */
    public InetSocketAddress local() {
        DatagramChannel open = channel;
        try {
            return open == null ? local : (InetSocketAddress) Objects.requireNonNullElse(open.getLocalAddress(), local);
        } catch (IOException e) {
            // Closed in the meantime.
            return local;
        }
    }

    @Override
    public void start(Receiver receiver) throws IOException {
        DatagramChannel open = DatagramChannel.open();
        try {
            open.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_OCTETS);
            open.setOption(StandardSocketOptions.SO_SNDBUF, SOCKET_OCTETS);
            open.bind(local);
        } catch (IOException e) {
            open.close();
            throw new IOException("port " + number + ": cannot listen on " + text(local) + ": " + e.getMessage(), e);
        }
        channel = open;
        reader = new ReaderThread("port-" + number, () -> read(open, receiver));
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private void read(DatagramChannel open, Receiver receiver) {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
        while (open.isOpen()) {
            buffer.clear();
            try {
                SocketAddress from = open.receive(buffer);
                if (remote.equals(from)) {
                    ReaderThread.give(receiver, counters, buffer.array(), 0, buffer.position());
                } else {
                    counters.dropIn();
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                counters.dropIn();
            }
        }
    }

    @Override
    public void send(byte[] frame, int offset, int length) {
        DatagramChannel open = channel;
        if (open == null) {
            counters.dropOut();
            return;
        }
        try {
            open.send(ByteBuffer.wrap(frame, offset, length), remote);
            counters.out(length);
        } catch (IOException e) {
            counters.dropOut();
        }
    }

    @Override
    public PortCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        DatagramChannel open = channel;
        if (open == null) {
            return;
        }
        try {
            open.close();
        } catch (IOException e) {
            System.getLogger(UdpPort.class.getName()).log(System.Logger.Level.WARNING, "port " + number, e);
        }
        reader.join();
    }

    @Override
    public String toString() {
        return number + "@udp:" + text(local()) + "/" + text(remote);
    }
}
