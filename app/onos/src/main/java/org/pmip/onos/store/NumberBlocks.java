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
    private long first;
    private long count;
    private long blockSize;
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
        this.counter = counter;
        this.inUse = inUse;
        range(first, last);
    }

    /**
     * Gives out other numbers from now on. What has been given out stays in use.
     *
     * @param least the least number
     * @param greatest the greatest number
     * @throws IllegalArgumentException if there is none in between
     */
    public synchronized void range(long least, long greatest) {
        if (least < 0 || greatest < least) {
            throw new IllegalArgumentException("the range " + least + " to " + greatest + " is empty");
        }
        if (least == first && count == greatest - least + 1) {
            return;
        }
        first = least;
        count = greatest - least + 1;
        // A small range is cut finer, so that one node cannot reserve all of it.
        blockSize = Math.max(1, Math.min(GREATEST_BLOCK, count / 16));
        left = 0;
    }

    /** Whether a number that others have chosen is nobody's here and never will be: it is no number of this range. */
    public synchronized boolean leaves(long number) {
        return (number < first || number - first >= count) && !inUse.test(number);
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
