// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

/** An indirect counter of the program. Thread-safe; counting never blocks. */
public interface CounterArray {

    /** The name that the P4Info gives it. */
    String name();

    /** Number of cells. */
    int size();

    /** Reads one cell. Throws OUT_OF_RANGE. */
    Value read(int index) throws TableException;

    /** Sets one cell. Throws OUT_OF_RANGE. */
    void write(int index, Value value) throws TableException;

    /** What a cell holds: packets, and octets of whole frames as they came in. */
    record Value(long packets, long bytes) {
        /** Nothing counted. */
        public static final Value ZERO = new Value(0, 0);
    }
}
