// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.storage;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.onlab.util.Tools;
import org.onosproject.store.service.AsyncAtomicCounter;
import org.onosproject.store.service.AsyncConsistentMap;
import org.onosproject.store.service.AsyncConsistentMultimap;
import org.onosproject.store.service.AsyncConsistentTreeMap;
import org.onosproject.store.service.AsyncDocumentTree;
import org.onosproject.store.service.AtomicCounterBuilder;
import org.onosproject.store.service.AtomicCounterMapBuilder;
import org.onosproject.store.service.AtomicIdGeneratorBuilder;
import org.onosproject.store.service.AtomicValueBuilder;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.ConsistentMapBuilder;
import org.onosproject.store.service.ConsistentMultimapBuilder;
import org.onosproject.store.service.ConsistentTreeMapBuilder;
import org.onosproject.store.service.DistributedLockBuilder;
import org.onosproject.store.service.DistributedSetBuilder;
import org.onosproject.store.service.DocumentTreeBuilder;
import org.onosproject.store.service.EventuallyConsistentMapBuilder;
import org.onosproject.store.service.LeaderElectorBuilder;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Topic;
import org.onosproject.store.service.TopicBuilder;
import org.onosproject.store.service.TransactionContextBuilder;
import org.onosproject.store.service.WorkQueue;
import org.onosproject.store.service.WorkQueueBuilder;

/**
 * The store of a process that shares it with nobody and forgets it at its end: maps and counters in memory. A log, of
 * which neither a restart nor another member would ever read, took a fifth of the processor time of a request. Safe for
 * use by many threads.
 *
 * <p>Of the primitives of ONOS's store it has those that the application is made of, consistent maps and atomic
 * counters; the others are there when the store is kept in a directory.
 */
public final class MemoryStorage implements StorageService, AutoCloseable {
    private final Map<String, MemoryMap<?, ?>> maps = new ConcurrentHashMap<>();
    private final Map<String, MemoryCounter> counters = new ConcurrentHashMap<>();
    /** As in a cluster, a later change of any map has a greater version. */
    private final AtomicLong versions = new AtomicLong();
    private final ExecutorService events =
        Executors.newSingleThreadExecutor(Tools.groupedThreads("pmip/store", "events"));

    @Override
    public <K, V> ConsistentMapBuilder<K, V> consistentMapBuilder() {
        return new ConsistentMapBuilder<>() {
            @Override
            @SuppressWarnings("unchecked") // Who opens a map by its name knows its types, as in ONOS.
            public ConsistentMap<K, V> build() {
                return (ConsistentMap<K, V>) maps.computeIfAbsent(name(),
                    name -> new MemoryMap<K, V>(name, versions, events));
            }

            @Override
            public AsyncConsistentMap<K, V> buildAsyncMap() {
                throw missing("asynchronous maps");
            }
        };
    }

    @Override
    public AtomicCounterBuilder atomicCounterBuilder() {
        return new AtomicCounterBuilder() {
            @Override
            public AsyncAtomicCounter build() {
                return counters.computeIfAbsent(name(), MemoryCounter::new);
            }
        };
    }

    private static UnsupportedOperationException missing(String what) {
        return new UnsupportedOperationException("A store in memory has no " + what
            + "; give the host a data directory, whose store has all primitives of ONOS");
    }

    @Override
    public <K, V> EventuallyConsistentMapBuilder<K, V> eventuallyConsistentMapBuilder() {
        throw missing("eventually consistent maps");
    }

    @Override
    public <V> DocumentTreeBuilder<V> documentTreeBuilder() {
        throw missing("document trees");
    }

    @Override
    public <V> ConsistentTreeMapBuilder<V> consistentTreeMapBuilder() {
        throw missing("tree maps");
    }

    @Override
    public <K, V> ConsistentMultimapBuilder<K, V> consistentMultimapBuilder() {
        throw missing("multimaps");
    }

    @Override
    public <K> AtomicCounterMapBuilder<K> atomicCounterMapBuilder() {
        throw missing("maps of counters");
    }

    @Override
    public <E> DistributedSetBuilder<E> setBuilder() {
        throw missing("sets");
    }

    @Override
    public AtomicIdGeneratorBuilder atomicIdGeneratorBuilder() {
        throw missing("identifier generators");
    }

    @Override
    public <V> AtomicValueBuilder<V> atomicValueBuilder() {
        throw missing("single values");
    }

    @Override
    public DistributedLockBuilder lockBuilder() {
        throw missing("locks");
    }

    @Override
    public LeaderElectorBuilder leaderElectorBuilder() {
        throw missing("leader electors");
    }

    @Override
    public <T> TopicBuilder<T> topicBuilder() {
        throw missing("topics");
    }

    @Override
    public <E> WorkQueueBuilder<E> workQueueBuilder() {
        throw missing("work queues");
    }

    @Override
    public TransactionContextBuilder transactionContextBuilder() {
        throw missing("transactions");
    }

    @Override
    public <E> WorkQueue<E> getWorkQueue(String name, Serializer serializer) {
        throw missing("work queues");
    }

    @Override
    public <V> AsyncDocumentTree<V> getDocumentTree(String name, Serializer serializer) {
        throw missing("document trees");
    }

    @Override
    public <K, V> AsyncConsistentMultimap<K, V> getAsyncSetMultimap(String name, Serializer serializer) {
        throw missing("multimaps");
    }

    @Override
    public <V> AsyncConsistentTreeMap<V> getAsyncTreeMap(String name, Serializer serializer) {
        throw missing("tree maps");
    }

    @Override
    public <T> Topic<T> getTopic(String name, Serializer serializer) {
        throw missing("topics");
    }

    /** Ends the telling of changes; the maps can still be used. */
    @Override
    public void close() {
        events.shutdownNow();
    }
}
