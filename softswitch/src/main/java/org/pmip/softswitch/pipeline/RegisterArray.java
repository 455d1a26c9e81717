// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

/** A register of the program. Thread-safe; a cell is read and written atomically. */
public interface RegisterArray {

    /** The name that the P4Info gives it. */
    String name();

    /** Number of cells. */
    int size();

    /** Width of a cell in bits. */
    int width();

    /** Reads one cell. Throws OUT_OF_RANGE. */
    Bits read(int index) throws TableException;

    /** Sets one cell. Throws OUT_OF_RANGE, or INVALID when the value is wider than the cell. */
    void write(int index, Bits value) throws TableException;
}
