// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

/**
 * An indirect meter of the program: two rates, three colours (RFC 2698, colour-blind). A cell without configuration
 * says green. Thread-safe; metering never blocks.
 */
public interface MeterArray {

    /** The name that the P4Info gives it. */
    String name();

    /** Number of cells. */
    int size();

    /** The configuration of one cell, or null if it has none. Throws OUT_OF_RANGE. */
    Config read(int index) throws TableException;

    /** Sets one cell and fills its buckets; null takes the configuration away. Throws OUT_OF_RANGE, INVALID. */
    void write(int index, Config config) throws TableException;

    /**
     * Rates and bursts, all in the unit of the meter (packets or octets), rates by second.
     *
     * @param cir committed information rate, at least 0
     * @param cburst committed burst size, at least 0
     * @param pir peak information rate, at least cir
     * @param pburst peak burst size, at least 0
     */
    record Config(long cir, long cburst, long pir, long pburst) { }
}
