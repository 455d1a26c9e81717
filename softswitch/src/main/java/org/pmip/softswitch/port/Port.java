// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import java.io.IOException;

/** One port of the switch: frames come in on a thread of its own, and leave on whatever thread calls. Thread-safe. */
public interface Port extends AutoCloseable {

    /**
     * Opens the port and begins to give frames.
     *
     * @throws IOException when it cannot be opened, with the port and the reason
     */
    void start(Receiver receiver) throws IOException;

    /**
     * Sends one frame; what cannot be sent is counted as dropped.
     *
     * @param frame from the destination MAC address on; not kept, not changed
     */
    void send(byte[] frame, int offset, int length);

    /** Whether what is behind the port can be reached, as far as the machine knows. */
    default boolean up() {
        return true;
    }

    /** What went through, and what was dropped. */
    PortCounters counters();

    /** Stops: returns when no more frames are given, at the latest after a few seconds. */
    @Override
    void close();

    /** Takes what comes in. */
    @FunctionalInterface
    interface Receiver {
        /** One frame; the array is only valid during the call. */
        void receive(byte[] frame, int offset, int length);
    }
}
