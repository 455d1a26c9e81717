// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

/** How far the comparison of a switch with the sessions is: the last pass, or the one going on. Thread-safe. */
public final class Progress {

    private boolean going;
    private long nodes;
    private long compared;
    private long written;
    private long removed;

    /** The same at one moment, not to change any more. Immutable. */
    public static final class Snapshot {
        private final boolean going;
        private final long nodes;
        private final long compared;
        private final long written;
        private final long removed;

        private Snapshot(Progress from) {
            going = from.going;
            nodes = from.nodes;
            compared = from.compared;
            written = from.written;
            removed = from.removed;
        }

        /** Whether a pass is going on. */
        public boolean going() {
            return going;
        }

        /** Mobile nodes to be compared. */
        public long nodes() {
            return nodes;
        }

        /** Mobile nodes whose entries have been compared, and mended where they were wrong. */
        public long compared() {
            return compared;
        }

        /** Rules that were missing or wrong and are written. */
        public long written() {
            return written;
        }

        /** Rules that nothing wants and that are removed. */
        public long removed() {
            return removed;
        }
    }

    synchronized void begin(long all) {
        going = true;
        nodes = all;
        compared = 0;
        written = 0;
        removed = 0;
    }

    synchronized void advance(long more, long rulesWritten, long rulesRemoved) {
        compared += more;
        written += rulesWritten;
        removed += rulesRemoved;
    }

    synchronized void end() {
        going = false;
    }

    /** How far it is now. */
    public synchronized Snapshot snapshot() {
        return new Snapshot(this);
    }
}
