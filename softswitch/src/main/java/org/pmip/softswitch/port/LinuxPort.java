// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port on a Linux interface; needs root or CAP_NET_RAW. Frames that the switch itself sends are not taken for
 * incoming ones. Segments that the sender's kernel left whole for segmentation by hardware come in as one long frame;
 * where they have to leave by an interface of smaller MTU they are dropped and counted (switch the offload off at the
 * sender: {@code ethtool -K veth0 tso off gso off}).
 *
 * <p>With more than one thread the kernel deals the frames out by flow (packet(7), PACKET_FANOUT): the frames of one
 * flow stay with one thread and so in their order, those of different flows may overtake each other.
 */
public final class LinuxPort implements Port {
    /** Most threads that take the frames of one port. */
    public static final int MOST_THREADS = 16;
    /** Frames taken before it is asked again whether the port is being closed. */
    private static final int BURST = 64;

    private final int number;
    private final String device;
    private final PortCounters counters = new PortCounters();
    private final int threads;
    /** All receive, the first one sends. */
    private volatile List<PacketSocket> sockets = List.of();
    private volatile List<ReaderThread> readers = List.of();

    /** A port on the interface of that name, with one thread. */
    public LinuxPort(int number, String device) {
        this(number, device, 1);
    }

    /**
     * A port on the interface of that name.
     *
     * @param threads how many take its frames, 1 to {@value #MOST_THREADS}
     */
    public LinuxPort(int number, String device, int threads) {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("threads is " + threads + ": use 1 to " + MOST_THREADS);
        }
        this.number = number;
        this.device = device;
        this.threads = threads;
    }

    @Override
    public void start(Receiver receiver) throws IOException {
        List<PacketSocket> open;
        try {
            open = threads == 1 ? List.of(new PacketSocket(device)) : PacketSocket.group(device, threads);
        } catch (IOException e) {
            throw new IOException("port " + number + ": " + e.getMessage(), e);
        }
        sockets = open;
        List<ReaderThread> started = new ArrayList<>();
        for (PacketSocket one : open) {
            started.add(new ReaderThread("port-" + number + (threads == 1 ? "" : "-" + (started.size() + 1)), () -> {
                try {
                    read(one, receiver);
                } finally {
                    one.unshare();
                }
            }));
        }
        readers = started;
    }

    private void read(PacketSocket open, Receiver receiver) {
        while (open.await()) {
            int length = 0;
            // What the frames of one burst beget leaves together.
            Burst burst = Burst.begin();
            for (int taken = 0; length >= 0 && taken < BURST; taken++) {
                length = open.receive();
                if (length > 0) {
                    ReaderThread.give(receiver, counters, open.frame(), open.start(), length);
                }
            }
            burst.end();
        }
    }

    @Override
    public void send(byte[] frame, int offset, int length) {
        List<PacketSocket> open = sockets;
        Burst burst = Burst.now();
        if (!open.isEmpty() && burst != null) {
            burst.batch(open.get(0), counters).add(frame, offset, length);
        } else if (!open.isEmpty() && open.get(0).send(frame, offset, length)) {
            counters.out(length);
        } else {
            counters.dropOut();
        }
    }

    /** Whether the interface is there, enabled, and has a carrier. */
    @Override
    public boolean up() {
        return Link.up(device);
    }

    @Override
    public PortCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        List<PacketSocket> open = sockets;
        open.forEach(PacketSocket::wake);
        readers.forEach(ReaderThread::join);
        open.forEach(PacketSocket::close);
    }

    @Override
    public String toString() {
        return number + "@" + device;
    }
}
