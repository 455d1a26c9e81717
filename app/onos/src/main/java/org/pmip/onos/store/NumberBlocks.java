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
    /** Read without waiting for who asks the store for a block. */
    private volatile Range range;
    /** The range of which a block is reserved. */
    private Range reserved;
    private long next;
    private long left;

    private static final class Range {
        private final long first;
        private final long count;
        private final long blockSize;

        Range(long first, long count) {
            this.first = first;
            this.count = count;
            // A small range is cut finer, so that one node cannot reserve all of it.
            blockSize = Math.max(1, Math.min(GREATEST_BLOCK, count / 16));
        }
    }

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
    public void range(long least, long greatest) {
        if (least < 0 || greatest < least) {
            throw new IllegalArgumentException("the range " + least + " to " + greatest + " is empty");
        }
        Range former = range;
        if (former == null || least != former.first || former.count != greatest - least + 1) {
            range = new Range(least, greatest - least + 1);
        }
    }

    /** Whether a number that others have chosen is nobody's here and never will be: it is no number of this range. */
    public boolean leaves(long number) {
        Range now = range;
        return (number < now.first || number - now.first >= now.count) && !inUse.test(number);
    }

    /** A number that nobody else has; empty if all are in use. */
    public synchronized OptionalLong next() {
        Range now = range;
        for (long tried = 0; tried <= now.count + now.blockSize; tried++) {
            if (left == 0 || reserved != now) {
                long blocks = (now.count + now.blockSize - 1) / now.blockSize;
                long block = Math.floorMod(Unavailable.unless(counter::getAndIncrement), blocks);
                next = now.first + block * now.blockSize;
                left = Math.min(now.blockSize, now.first + now.count - next);
                reserved = now;
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
