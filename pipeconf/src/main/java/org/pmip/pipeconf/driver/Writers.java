// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.driver;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.onosproject.net.pi.runtime.PiTableEntryHandle;

/**
 * Knows which entries of a switch are written while its tables are read, because what is read of them means nothing.
 * Writers do not wait for a reader but for the moment in which it draws its conclusions. Thread-safe.
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

    /**
     * Reads a switch and draws conclusions.
     *
     * @param conclusion gets what was read, and the entries that were written meanwhile; nothing is written during it
     */
    <R, T> T read(Supplier<R> read, BiFunction<R, Set<PiTableEntryHandle>, T> conclusion) {
        reading.lock();
        try {
            Set<PiTableEntryHandle> watched = ConcurrentHashMap.newKeySet();
            written = watched;
            R found = read.get();
            concluding.writeLock().lock();
            try {
                return conclusion.apply(found, watched);
            } finally {
                concluding.writeLock().unlock();
            }
        } finally {
            written = null;
            reading.unlock();
        }
    }
}
