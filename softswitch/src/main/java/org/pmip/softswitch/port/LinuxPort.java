// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;

/**
 * A port on a Linux interface; needs root or CAP_NET_RAW. Frames that the switch itself sends are not taken for
 * incoming ones. Segments that the sender's kernel left whole for segmentation by hardware come in as one long frame;
 * where they have to leave by an interface of smaller MTU they are dropped and counted (switch the offload off at the
 * sender: {@code ethtool -K veth0 tso off gso off}).
 */
public final class LinuxPort implements Port {
    /** Frames taken before it is asked again whether the port is being closed. */
    private static final int BURST = 64;

    private final int number;
    private final String device;
    private final PortCounters counters = new PortCounters();
    private volatile PacketSocket socket;
    private volatile ReaderThread reader;

    /** A port on the interface of that name. */
    public LinuxPort(int number, String device) {
        this.number = number;
        this.device = device;
    }

    @Override
    public void start(Receiver receiver) throws IOException {
        PacketSocket open;
        try {
            open = new PacketSocket(device);
        } catch (IOException e) {
            throw new IOException("port " + number + ": " + e.getMessage(), e);
        }
        socket = open;
        reader = new ReaderThread("port-" + number, () -> {
            try {
                read(open, receiver);
            } finally {
                open.unshare();
            }
        });
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
        PacketSocket open = socket;
        Burst burst = Burst.now();
        if (open != null && burst != null) {
            burst.batch(open, counters).add(frame, offset, length);
        } else if (open != null && open.send(frame, offset, length)) {
            counters.out(length);
        } else {
            counters.dropOut();
        }
    }

    /** Whether the interface is there, enabled, and has a carrier. */
    @Override
    public boolean up() {
        try {
            NetworkInterface at = NetworkInterface.getByName(device);
            return at != null && at.isUp();
        } catch (SocketException e) {
            // Taken away between the look and the question.
            return false;
        }
    }

    @Override
    public PortCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        PacketSocket open = socket;
        if (open != null) {
            open.wake();
            reader.join();
            open.close();
        }
    }

    @Override
    public String toString() {
        return number + "@" + device;
    }
}
