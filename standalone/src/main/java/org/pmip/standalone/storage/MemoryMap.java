// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.storage;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.DistributedPrimitive;
import org.onosproject.store.service.MapEvent;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A consistent map in memory, in which keys and values are kept as they are: they must not change. Who listens is told
 * of a key's changes one after another, by another thread than the one that makes them. Safe for use by many threads.
 */
final class MemoryMap<K, V> implements ConsistentMap<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryMap.class);

    private final Map<K, Versioned<V>> entries = new ConcurrentHashMap<>();
    private final List<Listener<K, V>> listeners = new CopyOnWriteArrayList<>();
    private final String name;
    private final AtomicLong versions;
    private final Executor events;

    private record Listener<K, V>(MapEventListener<K, V> told, Executor by) {
    }

    /** What became of an entry, and whether that was what was asked for. */
    private record Change<V>(Versioned<V> before, Versioned<V> after, boolean done) {
    }

    MemoryMap(String name, AtomicLong versions, Executor events) {
        this.name = name;
        this.versions = versions;
        this.events = events;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public DistributedPrimitive.Type primitiveType() {
        return DistributedPrimitive.Type.CONSISTENT_MAP;
    }

    /** Gives a key the value that is made of its present one, null for none, if the present one is as it should be. */
    private Change<V> change(K key, Predicate<Versioned<V>> condition, Function<V, ? extends V> next) {
        AtomicChange<V> change = new AtomicChange<>();
        entries.compute(key, (same, before) -> {
            if (!condition.test(before)) {
                change.made = new Change<>(before, before, false);
                return before;
            }
            V value = next.apply(Versioned.valueOrNull(before));
            Versioned<V> after = value == null ? null : new Versioned<>(value, versions.incrementAndGet());
            change.made = new Change<>(before, after, true);
            if (before != null || after != null) {
                // Here, so that the changes of a key are told in their order.
                tell(new MapEvent<>(name, key, after, before));
            }
            return after;
        });
        return change.made;
    }

    private static final class AtomicChange<V> {
        private Change<V> made;
    }

    private void tell(MapEvent<K, V> event) {
        for (Listener<K, V> listener : listeners) {
            try {
                events.execute(() -> tell(listener, event));
            } catch (RejectedExecutionException e) {
                LOG.debug("{}: {} is not told, the store has been closed", name, event.key());
            }
        }
    }

    private void tell(Listener<K, V> listener, MapEvent<K, V> event) {
        try {
            listener.by().execute(() -> listener.told().event(event));
        } catch (RuntimeException e) {
            // It must not keep the next change from being told.
            LOG.error("{}: a listener failed at {}", name, event.key(), e);
        }
    }

    private static boolean always(Versioned<?> present) {
        return true;
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public boolean containsKey(K key) {
        return entries.containsKey(key);
    }

    @Override
    public boolean containsValue(V value) {
        return entries.values().stream().anyMatch(one -> one.value().equals(value));
    }

    @Override
    public Versioned<V> get(K key) {
        return entries.get(key);
    }

    @Override
    public Versioned<V> getOrDefault(K key, V otherwise) {
        Versioned<V> present = entries.get(key);
        return present == null ? new Versioned<>(otherwise, 0) : present;
    }

    @Override
    public Versioned<V> computeIfAbsent(K key, Function<? super K, ? extends V> value) {
        return change(key, Objects::isNull, none -> value.apply(key)).after();
    }

    @Override
    public Versioned<V> compute(K key, BiFunction<? super K, ? super V, ? extends V> value) {
        return change(key, MemoryMap::always, present -> value.apply(key, present)).after();
    }

    @Override
    public Versioned<V> computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> value) {
        return change(key, Objects::nonNull, present -> value.apply(key, present)).after();
    }

    @Override
    public Versioned<V> computeIf(K key, Predicate<? super V> condition,
                                  BiFunction<? super K, ? super V, ? extends V> value) {
        return change(key, present -> condition.test(Versioned.valueOrNull(present)),
            present -> value.apply(key, present)).after();
    }

    @Override
    public Versioned<V> put(K key, V value) {
        Objects.requireNonNull(value);
        return change(key, MemoryMap::always, present -> value).before();
    }

    @Override
    public Versioned<V> putAndGet(K key, V value) {
        Objects.requireNonNull(value);
        return change(key, MemoryMap::always, present -> value).after();
    }

    @Override
    public Versioned<V> putIfAbsent(K key, V value) {
        Objects.requireNonNull(value);
        return change(key, Objects::isNull, none -> value).before();
    }

    @Override
    public Versioned<V> remove(K key) {
        return change(key, MemoryMap::always, present -> null).before();
    }

    @Override
    public boolean remove(K key, V value) {
        return change(key, present -> present != null && present.value().equals(value), present -> null).done();
    }

    @Override
    public boolean remove(K key, long version) {
        return change(key, present -> present != null && present.version() == version, present -> null).done();
    }

    @Override
    public Versioned<V> replace(K key, V value) {
        Objects.requireNonNull(value);
        return change(key, Objects::nonNull, present -> value).before();
    }

    @Override
    public boolean replace(K key, V former, V value) {
        Objects.requireNonNull(value);
        return change(key, present -> present != null && present.value().equals(former), present -> value).done();
    }

    @Override
    public boolean replace(K key, long version, V value) {
        Objects.requireNonNull(value);
        return change(key, present -> present != null && present.version() == version, present -> value).done();
    }

    @Override
    public void clear() {
        entries.keySet().forEach(this::remove);
    }

    @Override
    public Set<K> keySet() {
        return Set.copyOf(entries.keySet());
    }

    @Override
    public Collection<Versioned<V>> values() {
        return List.copyOf(entries.values());
    }

    @Override
    public Set<Map.Entry<K, Versioned<V>>> entrySet() {
        return Map.copyOf(entries).entrySet();
    }

    @Override
    public Iterator<Map.Entry<K, Versioned<V>>> iterator() {
        return Map.copyOf(entries).entrySet().iterator();
    }

    @Override
    public void addListener(MapEventListener<K, V> listener, Executor executor) {
        listeners.add(new Listener<>(listener, executor));
    }

    @Override
    public void removeListener(MapEventListener<K, V> listener) {
        listeners.removeIf(one -> one.told().equals(listener));
    }

    /** The values as they are now; a copy. */
    @Override
    public Map<K, V> asJavaMap() {
        return entries.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, one -> one.getValue().value()));
    }
}
