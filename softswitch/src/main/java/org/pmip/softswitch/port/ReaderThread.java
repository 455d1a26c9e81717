// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The thread that brings a port's frames, and the way to end it. */
final class ReaderThread {
    private static final Logger LOG = System.getLogger(ReaderThread.class.getName());
    private static final long CLOSE_MILLIS = 2000;

    private final Thread thread;

    ReaderThread(String name, Runnable work) {
        thread = new Thread(work, "softswitch-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for the end, which the caller has brought about; a port may be closed by its own thread. */
    void join() {
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.log(Level.WARNING, "{0} still runs after {1} ms", thread.getName(), CLOSE_MILLIS);
        }
    }

    /** Gives a frame on; a frame that the pipeline cannot take must not end the port. */
    static void give(Port.Receiver receiver, PortCounters counters, byte[] frame, int offset, int length) {
        counters.in(length);
        try {
            receiver.receive(frame, offset, length);
        } catch (RuntimeException e) {
            counters.dropIn();
            LOG.log(Level.WARNING, "a frame of " + length + " octets was lost", e);
        }
    }
}
