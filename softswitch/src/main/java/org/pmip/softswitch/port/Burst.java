// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What leaves while a thread takes in a burst of frames: it is sent when the burst is over, in the order it came. */
final class Burst {
    private static final ThreadLocal<Burst> OF_THREAD = new ThreadLocal<>();

    private final Map<PacketSocket, SendBatch> bySocket = new IdentityHashMap<>();
    private final List<SendBatch> batches = new ArrayList<>();
    private boolean going;

    private Burst() {
    }

    /** The burst that this thread is taking in, or null. */
    static Burst now() {
        Burst burst = OF_THREAD.get();
        return burst == null || !burst.going ? null : burst;
    }

    /** Begins a burst on this thread. */
    static Burst begin() {
        Burst burst = OF_THREAD.get();
        if (burst == null) {
            burst = new Burst();
            OF_THREAD.set(burst);
        }
        burst.going = true;
        return burst;
    }

    /** What leaves by that socket. */
    SendBatch batch(PacketSocket socket, PortCounters counters) {
        SendBatch batch = bySocket.get(socket);
        if (batch == null) {
            batch = new SendBatch(socket, counters);
            bySocket.put(socket, batch);
            batches.add(batch);
        }
        return batch;
    }

    /** Sends all that waits. */
    void end() {
        going = false;
        for (int i = 0; i < batches.size(); i++) {
            batches.get(i).flush();
        }
    }
}
