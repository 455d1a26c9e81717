// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.AsyncConsistentMap;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.ConsistentMapAdapter;
import org.onosproject.store.service.ConsistentMapBuilder;
import org.onosproject.store.service.ConsistentMapException;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.TestStorageService;
import org.onosproject.store.service.Versioned;
import org.pmip.onos.Surroundings;

class ClusterMapTest {

    private static final int LANES = 8;
    private static final int PATIENCE_SECONDS = 60;
    private static final int SHORT_MILLIS = 20;
    /** Two that do not share a session. */
    private static final String ONE = "a";
    private static final String OTHER = "b";

    private final Store store = new Store();
    private final ExecutorService workers = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    /** A store that shows its sessions; all of them have one map. */
    private static final class Store extends TestStorageService {
        private final Map<String, Versioned<String>> content = new ConcurrentHashMap<>();
        private final List<Session> sessions = new CopyOnWriteArrayList<>();
        private volatile Runnable whenOpened = () -> { };
        private volatile Consumer<Session> whenAsked = session -> { };

        @Override
        public <K, V> ConsistentMapBuilder<K, V> consistentMapBuilder() {
            return new ConsistentMapBuilder<>() {
                @Override
                @SuppressWarnings("unchecked")
                public ConsistentMap<K, V> build() {
                    whenOpened.run();
                    Session session = new Session(Store.this);
                    sessions.add(session);
                    return (ConsistentMap<K, V>) session;
                }

                @Override
                public AsyncConsistentMap<K, V> buildAsyncMap() {
                    throw new UnsupportedOperationException("nobody asks for it");
                }
            };
        }
    }

    private static final class Session extends ConsistentMapAdapter<String, String> {
        private final Store store;
        private final AtomicInteger underWay = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final Set<String> keys = ConcurrentHashMap.newKeySet();

        Session(Store store) {
            this.store = store;
        }

        private <T> T asked(String key, Callable<T> operation) {
            keys.add(key);
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try {
                store.whenAsked.accept(this);
                Thread.yield();
                return operation.call();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            } finally {
                underWay.decrementAndGet();
            }
        }

        @Override
        public Versioned<String> get(String key) {
            return asked(key, () -> store.content.get(key));
        }

        @Override
        public Versioned<String> putIfAbsent(String key, String value) {
            return asked(key, () -> store.content.putIfAbsent(key, new Versioned<>(value, 1)));
        }

        @Override
        public boolean replace(String key, long version, String value) {
            return asked(key, () -> store.content.computeIfPresent(key, (same, before) -> before.version() == version
                    ? new Versioned<>(value, version + 1) : before).value().equals(value));
        }

        @Override
        public boolean remove(String key, String value) {
            return asked(key, () -> store.content.entrySet().removeIf(one -> one.getKey().equals(key)
                    && one.getValue().value().equals(value)));
        }

        @Override
        public boolean remove(String key, long version) {
            return asked(key, () -> store.content.entrySet().removeIf(one -> one.getKey().equals(key)
                    && one.getValue().version() == version));
        }
    }

    private ClusterMap<String> open(long patienceMillis) {
        return new ClusterMap<>(store, new DefaultApplicationId(1, "org.pmip"), "test",
                Serializer.using(KryoNamespaces.BASIC), LANES, patienceMillis);
    }

    private ClusterMap<String> open() {
        return open(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Session of(String key) {
        return store.sessions.stream().filter(session -> session.keys.contains(key))
                .reduce((one, later) -> later).orElseThrow();
    }

    @Test
    void isAMapOfTheCluster() {
        ClusterMap<String> map = open();
        assertThat(map.get("mn")).isNull();
        assertThat(map.putIfAbsent("mn", "first")).isNull();
        assertThat(map.putIfAbsent("mn", "second").value()).isEqualTo("first");
        assertThat(map.replace("mn", 7, "third")).isFalse();
        assertThat(map.replace("mn", 1, "third")).isTrue();
        assertThat(map.remove("mn", "first")).isFalse();
        assertThat(map.removeVersion("mn", 1)).isFalse();
        assertThat(map.removeVersion("mn", 2)).isTrue();
        assertThat(map.putIfAbsent("mn", "fourth")).isNull();
        assertThat(map.remove("mn", "fourth")).isTrue();
        assertThat(store.content).isEmpty();
        assertThat(store.sessions.stream().filter(session -> !session.keys.isEmpty())).as("a key's session").hasSize(1);
        assertThat(of("mn")).isNotSameAs(map.followed());
    }

    @Test
    void aSessionHasOneOperationUnderWay() throws Exception {
        ClusterMap<String> map = open();
        List<Future<?>> all = new ArrayList<>();
        for (int thread = 0; thread < 2 * LANES; thread++) {
            String own = "thread " + thread + " ";
            all.add(workers.submit(() -> {
                for (int i = 0; i < 300; i++) {
                    assertThat(map.putIfAbsent(own + i, "mn")).isNull();
                    assertThat(map.remove(own + i, "mn")).isTrue();
                }
            }));
        }
        for (Future<?> one : all) {
            get(one);
        }
        assertThat(store.sessions).hasSize(LANES + 1).allMatch(session -> session.most.get() <= 1);
        assertThat(store.sessions.stream().filter(session -> session.most.get() == 1)).as("who is asked")
                .hasSize(LANES).doesNotContain((Session) map.followed());
    }

    @Test
    void severalSessionsAreAskedAtTheSameTime() throws Exception {
        ClusterMap<String> map = open();
        CyclicBarrier both = new CyclicBarrier(2);
        store.whenAsked = session -> {
            try {
                both.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException("asked alone", e);
            }
        };
        Future<?> one = workers.submit(() -> map.get(ONE));
        Future<?> other = workers.submit(() -> map.get(OTHER));
        get(one);
        get(other);
    }

    @Test
    void aSessionThatGivesNoAnswerIsGivenUp() {
        ClusterMap<String> map = open();
        map.putIfAbsent(ONE, "1");
        map.putIfAbsent(OTHER, "2");
        Session dead = of(ONE);
        store.whenAsked = session -> {
            if (session == dead) {
                throw new ConsistentMapException.Timeout("test");
            }
        };
        assertThatThrownBy(() -> map.get(ONE)).isInstanceOf(ConsistentMapException.Timeout.class);
        assertThat(map.get(ONE).value()).as("by another session").isEqualTo("1");
        assertThat(of(ONE)).isNotSameAs(dead);
        assertThat(map.get(OTHER).value()).isEqualTo("2");
        assertThat(store.sessions).hasSize(LANES + 2);
    }

    @Test
    void whileTheStoreIsAwayNobodyWaitsForEver() throws Exception {
        ClusterMap<String> map = open(SHORT_MILLIS);
        map.putIfAbsent(ONE, "1");
        CountDownLatch back = new CountDownLatch(1);
        store.whenOpened = () -> pass(back);
        store.whenAsked = session -> {
            if (back.getCount() > 0) {
                throw new StorageException.Timeout();
            }
        };
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> get(workers.submit(() -> map.get(ONE)))).hasCauseInstanceOf(
                    StorageException.class);
        }
        back.countDown();
        Surroundings.until("a session is there again", () -> {
            try {
                return map.get(ONE).value().equals("1");
            } catch (StorageException e) {
                return false;
            }
        });
        assertThat(store.sessions).as("one for the one that was given up").hasSize(LANES + 2);
    }

    @Test
    void aSessionThatCannotBeOpenedIsTriedAgain() {
        ClusterMap<String> map = open();
        map.putIfAbsent(ONE, "1");
        Session dead = of(ONE);
        AtomicInteger refused = new AtomicInteger();
        store.whenOpened = () -> {
            if (refused.incrementAndGet() <= 2) {
                throw new IllegalStateException("an exception of the store's own");
            }
        };
        store.whenAsked = session -> {
            if (session == dead) {
                throw new StorageException.Timeout();
            }
        };
        assertThatThrownBy(() -> map.get(ONE)).isInstanceOf(StorageException.Timeout.class);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> map.get(ONE)).isInstanceOf(StorageException.class)
                    .hasRootCauseMessage("an exception of the store's own");
        }
        assertThat(map.get(ONE).value()).isEqualTo("1");
    }

    @Test
    void whoseTurnDoesNotComeIsToldSo() throws Exception {
        ClusterMap<String> map = open(SHORT_MILLIS);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        store.whenAsked = session -> {
            asked.countDown();
            pass(end);
        };
        Future<?> slow = workers.submit(() -> map.get(ONE));
        pass(asked);
        assertThatThrownBy(() -> map.get(ONE)).isInstanceOf(ConsistentMapException.Timeout.class);
        end.countDown();
        get(slow);
        assertThat(store.sessions).as("the session is well").hasSize(LANES + 1);
    }

    @Test
    void whoIsInterruptedWaitsNoLonger() throws Exception {
        ClusterMap<String> map = open();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        store.whenAsked = session -> {
            asked.countDown();
            pass(end);
        };
        Future<?> slow = workers.submit(() -> map.get(ONE));
        pass(asked);
        Future<Boolean> interrupted = workers.submit(() -> {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> map.get(ONE)).isInstanceOf(StorageException.Interrupted.class);
            return Thread.interrupted();
        });
        assertThat(get(interrupted)).isTrue();
        end.countDown();
        get(slow);
    }
}
