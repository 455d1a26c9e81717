// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.ConsistentMapException;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A map of the cluster that many threads change at once, through several sessions with the store. Thread-safe.
 *
 * <p>A session has one operation under way and no more: Atomix 3.1 counts a session's commands in two threads without a
 * lock, and where the one notes an answer while the other takes the next command, the count can go back. That next
 * command and all behind it then wait until the messages' time limit has it sent again, up to 5 s. What is done with
 * one key goes through one session, so that who reads sees what this node has written. Who follows the map has one
 * more session, whose events no answer waits for.
 *
 * <p>An operation that gets no answer in ONOS's time, 15 s, fails with a Timeout; its session is given up and another
 * one is opened, for which operations wait as long. They fail, as all of them do, with a StorageException.
 * The session that follows the map is not replaced.
 */
final class ClusterMap<V> {

    /** As many as there are threads that handle signalling. */
    private static final int LANES = 8;
    private static final Logger LOG = LoggerFactory.getLogger(ClusterMap.class);

    private final StorageService storage;
    private final ApplicationId application;
    private final String name;
    private final Serializer serializer;
    private final long patienceMillis;
    private final ConsistentMap<String, V> followed;
    private final List<Lane> lanes;
    private final AtomicInteger silent = new AtomicInteger();

    /** Opens it for many threads. Blocks until the store is there, or fails. */
    ClusterMap(StorageService storage, ApplicationId application, String name, Serializer serializer) {
        this(storage, application, name, serializer, LANES);
    }

    /** Opens it for as many operations at a time. */
    ClusterMap(StorageService storage, ApplicationId application, String name, Serializer serializer, int lanes) {
        this(storage, application, name, serializer, lanes, ConsistentMap.DEFAULT_OPERATION_TIMEOUT_MILLIS);
    }

    /** The same with another time to wait for one's turn and for a session. */
    ClusterMap(StorageService storage, ApplicationId application, String name, Serializer serializer, int lanes,
               long patienceMillis) {
        this.storage = storage;
        this.application = application;
        this.name = name;
        this.serializer = serializer;
        this.patienceMillis = patienceMillis;
        this.followed = open();
        this.lanes = IntStream.range(0, lanes).mapToObj(lane -> new Lane(open())).collect(Collectors.toList());
    }

    private ConsistentMap<String, V> open() {
        return Unavailable.unless(() -> storage.<String, V>consistentMapBuilder().withName(name)
                .withApplicationId(application).withSerializer(serializer).build());
    }

    /** The map to follow and to read as a whole, and for nothing that is done often. */
    ConsistentMap<String, V> followed() {
        return followed;
    }

    Versioned<V> get(String key) {
        return at(key, map -> map.get(key));
    }

    Versioned<V> putIfAbsent(String key, V value) {
        return at(key, map -> map.putIfAbsent(key, value));
    }

    boolean replace(String key, long version, V value) {
        return at(key, map -> map.replace(key, version, value));
    }

    boolean remove(String key, V value) {
        return at(key, map -> map.remove(key, value));
    }

    boolean removeVersion(String key, long version) {
        return at(key, map -> map.remove(key, version));
    }

    private <T> T at(String key, Function<ConsistentMap<String, V>, T> operation) {
        int hash = key.hashCode();
        Lane lane = lanes.get(Math.floorMod(hash ^ hash >>> 16, lanes.size()));
        return Unavailable.unless(() -> lane.ask(operation));
    }

    /** A session, and whose turn it is. */
    private final class Lane {
        private final ReentrantLock turn = new ReentrantLock();
        /** Changed by whose turn it is. */
        private CompletableFuture<ConsistentMap<String, V>> map;

        Lane(ConsistentMap<String, V> map) {
            this.map = CompletableFuture.completedFuture(map);
        }

        <T> T ask(Function<ConsistentMap<String, V>, T> operation) {
            try {
                if (!turn.tryLock(patienceMillis, TimeUnit.MILLISECONDS)) {
                    throw new ConsistentMapException.Timeout(name);
                }
                try {
                    return answered(operation);
                } finally {
                    turn.unlock();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StorageException.Interrupted();
            }
        }

        private <T> T answered(Function<ConsistentMap<String, V>, T> operation) throws InterruptedException {
            ConsistentMap<String, V> now;
            try {
                now = map.get(patienceMillis, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw new ConsistentMapException.Timeout(name);
            } catch (ExecutionException e) {
                reopen();
                throw new StorageException(e.getCause());
            }
            try {
                return operation.apply(now);
            } catch (ConsistentMapException.Timeout | StorageException.Timeout e) {
                if (silent.getAndIncrement() == 0) {
                    LOG.warn("{}: a session with the store gives no answer; another one is opened", name);
                }
                reopen();
                throw e;
            }
        }

        /** Not here: it takes until the store is there. */
        private void reopen() {
            map = CompletableFuture.supplyAsync(ClusterMap.this::open, task -> {
                Thread thread = new Thread(task, name + "-opening");
                thread.setDaemon(true);
                thread.start();
            });
            map.thenRun(() -> {
                if (silent.decrementAndGet() == 0) {
                    LOG.info("{}: all sessions with the store are open again", name);
                }
            });
        }
    }
}
