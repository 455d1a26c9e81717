// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.onosproject.store.service.AtomicCounter;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.MapEvent;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.Versioned;

class MemoryStorageTest {
    private final MemoryStorage storage = new MemoryStorage();
    private final ConsistentMap<String, String> map = open("sessions");

    private ConsistentMap<String, String> open(String name) {
        return storage.<String, String>consistentMapBuilder().withName(name).build();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    @Test
    void isTheSameForAllWhoOpenItByItsName() {
        map.put("mn", "bound");
        assertThat(open("sessions").get("mn").value()).isEqualTo("bound");
        assertThat(open("others").get("mn")).isNull();
        assertThat(map.name()).isEqualTo("sessions");
    }

    @Test
    void replacesByVersion() {
        assertThat(map.putIfAbsent("mn", "first")).isNull();
        assertThat(map.putIfAbsent("mn", "second").value()).isEqualTo("first");
        long version = map.get("mn").version();
        assertThat(map.replace("mn", version + 1, "second")).isFalse();
        assertThat(map.replace("mn", version, "second")).isTrue();
        assertThat(map.get("mn").version()).isGreaterThan(version);
        assertThat(map.replace("mn", version, "third")).isFalse();
        assertThat(map.remove("mn", version)).isFalse();
        assertThat(map.remove("mn", map.get("mn").version())).isTrue();
        assertThat(map.replace("mn", version, "fourth")).isFalse();
        assertThat(map.isEmpty()).isTrue();
    }

    @Test
    void replacesByValue() {
        assertThat(map.replace("mn", "first")).isNull();
        assertThat(map.containsKey("mn")).isFalse();
        assertThat(map.put("mn", "first")).isNull();
        assertThat(map.replace("mn", "other", "second")).isFalse();
        assertThat(map.replace("mn", "first", "second")).isTrue();
        assertThat(map.replace("mn", "third").value()).isEqualTo("second");
        assertThat(map.remove("mn", "second")).isFalse();
        assertThat(map.remove("mn", "third")).isTrue();
        assertThat(map.remove("mn")).isNull();
        assertThat(map.putAndGet("mn", "fourth").value()).isEqualTo("fourth");
        assertThat(map.put("mn", "fifth").value()).isEqualTo("fourth");
        assertThat(map.remove("mn").value()).isEqualTo("fifth");
    }

    @Test
    void computes() {
        assertThat(map.computeIfPresent("mn", (key, value) -> "no")).isNull();
        assertThat(map.computeIfAbsent("mn", key -> key + " 1").value()).isEqualTo("mn 1");
        assertThat(map.computeIfAbsent("mn", key -> "no").value()).isEqualTo("mn 1");
        assertThat(map.compute("mn", (key, value) -> value + "+").value()).isEqualTo("mn 1+");
        assertThat(map.computeIf("mn", value -> value.isEmpty(), (key, value) -> "no").value()).isEqualTo("mn 1+");
        assertThat(map.computeIfPresent("mn", (key, value) -> null)).isNull();
        assertThat(map.get("mn")).isNull();
        assertThat(Versioned.valueOrNull(map.getOrDefault("mn", "none"))).isEqualTo("none");
    }

    @Test
    void showsWhatItHas() {
        map.put("mn1", "a");
        map.put("mn2", "b");
        assertThat(map.keySet()).containsExactlyInAnyOrder("mn1", "mn2");
        assertThat(map.values()).extracting(Versioned::value).containsExactlyInAnyOrder("a", "b");
        assertThat(map.stream().map(entry -> entry.getKey() + entry.getValue().value()))
            .containsExactlyInAnyOrder("mn1a", "mn2b");
        assertThat(map.entrySet()).hasSize(2);
        assertThat(map.asJavaMap()).containsEntry("mn1", "a").hasSize(2);
        assertThat(map.containsValue("b")).isTrue();
        map.clear();
        assertThat(map.size()).isZero();
        assertThat(map.containsValue("b")).isFalse();
    }

    @Test
    void tellsChangesInTheirOrderAndByAnotherThread() throws Exception {
        BlockingQueue<MapEvent<String, String>> told = new LinkedBlockingQueue<>();
        CompletableFuture<Thread> teller = new CompletableFuture<>();
        map.addListener(event -> {
            teller.complete(Thread.currentThread());
            told.add(event);
            throw new IllegalStateException("must not keep others from being told");
        });
        map.put("mn", "first");
        map.put("mn", "second");
        map.remove("mn");
        map.remove("mn");
        map.put("mn", "last");
        List<String> changes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            MapEvent<String, String> event = told.poll(60, TimeUnit.SECONDS);
            changes.add(event.type() + " " + Versioned.valueOrNull(event.oldValue()) + " "
                + Versioned.valueOrNull(event.newValue()));
        }
        assertThat(changes).containsExactly("INSERT null first", "UPDATE first second", "REMOVE second null",
            "INSERT null last");
        assertThat(teller.get(60, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
    }

    @Test
    void forgetsListeners() throws Exception {
        BlockingQueue<String> told = new LinkedBlockingQueue<>();
        MapEventListener<String, String> former = event -> told.add("former");
        map.addListener(former);
        map.removeListener(former);
        map.addListener(event -> told.add("present"));
        map.put("mn", "bound");
        assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("present");
        assertThat(told).isEmpty();
    }

    @Test
    void losesNoChangeOfManyThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            map.put("sum", "0");
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> {
                    for (int done = 0; done < 500;) {
                        Versioned<String> now = map.get("sum");
                        if (map.replace("sum", now.version(), Integer.toString(Integer.parseInt(now.value()) + 1))) {
                            done++;
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
            assertThat(map.get("sum").value()).isEqualTo("2000");
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void counts() {
        AtomicCounter counter = storage.getAtomicCounter("blocks");
        assertThat(counter.getAndIncrement()).isZero();
        assertThat(counter.incrementAndGet()).isEqualTo(2);
        assertThat(storage.getAtomicCounter("blocks").getAndAdd(3)).isEqualTo(2);
        assertThat(counter.addAndGet(5)).isEqualTo(10);
        assertThat(counter.compareAndSet(9, 1)).isFalse();
        assertThat(counter.compareAndSet(10, 1)).isTrue();
        counter.set(7);
        assertThat(counter.get()).isEqualTo(7);
        assertThat(storage.getAtomicCounter("others").get()).isZero();
    }

    @Test
    void tellsHowToComeByWhatItLacks() {
        assertThatThrownBy(storage::lockBuilder).isInstanceOf(UnsupportedOperationException.class)
            .hasMessage("A store in memory has no locks; give the host a data directory, whose store has all "
                + "primitives of ONOS");
    }
}
