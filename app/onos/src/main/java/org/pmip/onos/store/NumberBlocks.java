// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.OptionalLong;
import java.util.function.LongPredicate;
import org.onosproject.store.service.AtomicCounter;

/**
 * Numbers that are unique in the cluster without a round of consensus for each: a node reserves a block of them at a
 * time from a shared counter. After the last number it begins again with the first, skipping what is in use, so a
 * number rests for as long as possible before it comes back. Thread-safe.
 */
public final class NumberBlocks {

    private static final long GREATEST_BLOCK = 1_024;

    private final AtomicCounter counter;
    private final LongPredicate inUse;
    private final long first;
    private final long count;
    private final long blockSize;
    private long next;
    private long left;

    /**
     * Opens a range of numbers.
     *
     * @param counter shared by all nodes; its value is the number of blocks reserved so far
     * @param first the least number
     * @param last the greatest number
     * @param inUse tells numbers that must not be given out
     */
    public NumberBlocks(AtomicCounter counter, long first, long last, LongPredicate inUse) {
        if (first < 0 || last < first) {
            throw new IllegalArgumentException("the range " + first + " to " + last + " is empty");
        }
        this.counter = counter;
        this.inUse = inUse;
        this.first = first;
        this.count = last - first + 1;
        // A small range is cut finer, so that one node cannot reserve all of it.
        this.blockSize = Math.max(1, Math.min(GREATEST_BLOCK, count / 16));
    }

    /** A number that nobody else has; empty if all are in use. */
    public synchronized OptionalLong next() {
        for (long tried = 0; tried <= count + blockSize; tried++) {
            if (left == 0) {
                long blocks = (count + blockSize - 1) / blockSize;
                long block = Math.floorMod(Unavailable.unless(counter::getAndIncrement), blocks);
                next = first + block * blockSize;
                left = Math.min(blockSize, first + count - next);
            }
            long number = next++;
            left--;
            if (!inUse.test(number)) {
                return OptionalLong.of(number);
            }
        }
        return OptionalLong.empty();
    }
}
