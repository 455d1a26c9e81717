// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Frames that leave by one packet socket in one system call (sendmmsg(2)). For one thread. */
final class SendBatch {
    private static final int FRAMES = 32;
    private static final int SLOT_OCTETS = 2048;
    /** Sizes of structs of 64-bit Linux. */
    private static final int MMSGHDR = 64;
    private static final int IOVEC = 16;

    private final PacketSocket socket;
    private final PortCounters counters;
    private final Memory headers = new Memory(FRAMES * MMSGHDR);
    private final Memory vectors = new Memory(FRAMES * IOVEC);
    private final Memory frames = new Memory(FRAMES * SLOT_OCTETS);
    private final ByteBuffer octets = frames.getByteBuffer(0, FRAMES * SLOT_OCTETS);
    private final ByteBuffer lengthsAt;
    private final long headersAt = Pointer.nativeValue(headers);
    private final int[] lengths = new int[FRAMES];
    private int count;

    /** To that socket; each frame is counted when it is known what became of it. */
    SendBatch(PacketSocket socket, PortCounters counters) {
        this.socket = socket;
        this.counters = counters;
        headers.clear();
        frames.clear();
        for (int i = 0; i < FRAMES; i++) {
            vectors.setPointer(IOVEC * i, frames.share((long) SLOT_OCTETS * i));
            headers.setPointer(MMSGHDR * i + 16L, vectors.share((long) IOVEC * i));
            headers.setLong(MMSGHDR * i + 24L, 1);
        }
        lengthsAt = vectors.getByteBuffer(0, FRAMES * IOVEC).order(ByteOrder.nativeOrder());
    }

    /** Adds a frame; what is longer than a slot leaves at once, behind those that wait. */
    void add(byte[] frame, int offset, int length) {
        if (length > SLOT_OCTETS - PacketSocket.VNET_OCTETS) {
            flush();
            if (socket.send(frame, offset, length)) {
                counters.out(length);
            } else {
                counters.dropOut();
            }
            return;
        }
        octets.put(count * SLOT_OCTETS + PacketSocket.VNET_OCTETS, frame, offset, length);
        lengthsAt.putLong(IOVEC * count + 8, PacketSocket.VNET_OCTETS + length);
        lengths[count++] = length;
        if (count == FRAMES) {
            flush();
        }
    }

    /** Sends what waits. */
    void flush() {
        int from = 0;
        while (from < count) {
            int sent = socket.send(headersAt + (long) MMSGHDR * from, count - from);
            if (sent <= 0) {
                // The first of them is not taken, for example because it is longer than the MTU; the next may be.
                counters.dropOut();
                from++;
            } else {
                for (int i = from; i < from + sent; i++) {
                    counters.out(lengths[i]);
                }
                from += sent;
            }
        }
        count = 0;
    }
}
