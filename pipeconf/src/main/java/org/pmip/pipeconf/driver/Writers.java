// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.driver;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.onosproject.net.pi.runtime.PiTableEntryHandle;

/**
 * Knows which entries of a switch are written while its tables are read, because what is read of them means nothing.
 * Writers do not wait for a reader but for the moments in which it draws its conclusions. Thread-safe.
 */
final class Writers {

    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantReadWriteLock concluding = new ReentrantReadWriteLock(true);
    private volatile Set<PiTableEntryHandle> written;

    /** Writes entries; the writing blocks until the switch has answered. */
    <T> T write(Collection<PiTableEntryHandle> handles, Supplier<T> writing) {
        concluding.readLock().lock();
        try {
            return writing.get();
        } finally {
            Set<PiTableEntryHandle> watched = written;
            if (watched != null) {
                watched.addAll(handles);
            }
            concluding.readLock().unlock();
        }
    }

    /** What a reader does while nothing is written. */
    interface Conclusions {
        /**
         * Draws some conclusions, and lets those write who wait for that. To be kept short.
         *
         * @param some gets the entries that were written since the reading began
         */
        void draw(Consumer<Set<PiTableEntryHandle>> some);
    }

    /**
     * Reads a switch and draws conclusions.
     *
     * @param reading is done while others write, but for what it hands over
     */
    <T> T read(Function<Conclusions, T> reading) {
        this.reading.lock();
        try {
            Set<PiTableEntryHandle> watched = ConcurrentHashMap.newKeySet();
            written = watched;
            return reading.apply(some -> {
                concluding.writeLock().lock();
                try {
                    some.accept(watched);
                } finally {
                    concluding.writeLock().unlock();
                }
            });
        } finally {
            written = null;
            this.reading.unlock();
        }
    }
}
