// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.onosproject.store.service.AsyncConsistentMap;
import org.onosproject.store.service.AtomicCounter;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.ConsistentMapBuilder;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.TestStorageService;

/**
 * ONOS's test stores as the nodes of a cluster see them: one map of a name for all, values serialised on their way, and
 * a change by somebody else just before a write, or no answer, where the test asks for it.
 */
public final class SharedStorage extends TestStorageService {

    private static final Set<String> CONDITIONAL = Set.of("replace", "putIfAbsent", "remove");

    private final Map<String, ConsistentMap<?, ?>> maps = new ConcurrentHashMap<>();
    private final Map<String, AtomicCounter> counters = new HashMap<>();
    private String disturbed = "";
    private Runnable disturbance = () -> { };
    private boolean disturbing;
    private final Map<String, Lost> failing = new HashMap<>();

    /** What becomes of an operation that gets no answer. */
    public enum Lost {
        /** It never reached the store. */
        REQUEST,
        /** The store has done it. */
        ANSWER
    }

    /** Operations of that name on the map of that name get no answer; an exception of the store's own says so. */
    public void fail(String map, String operation, Lost lost) {
        failing.put(map + " " + operation, lost);
    }

    /** Which maps were opened. */
    Set<String> names() {
        return Set.copyOf(maps.keySet());
    }

    /** The store works again. */
    public void heal() {
        failing.clear();
    }

    /** Before each conditional write to the map of that name this is done. */
    public void disturb(String map, Runnable how) {
        disturbed = map;
        disturbance = how;
    }

    /** Writes a value again, as somebody else would who has changed it. */
    @SuppressWarnings("unchecked")
    void touch(String map, String key) {
        ConsistentMap<String, Object> one = (ConsistentMap<String, Object>) maps.get(map);
        if (one.containsKey(key)) {
            one.put(key, one.get(key).value());
        }
    }

    /** Writes a value as somebody else would. */
    @SuppressWarnings("unchecked")
    void tell(String map, String key, Object value) {
        ((ConsistentMap<String, Object>) maps.get(map)).put(key, value);
    }

    /** The keys of a map. */
    @SuppressWarnings("unchecked")
    Set<String> keys(String map) {
        return ((ConsistentMap<String, Object>) maps.get(map)).keySet();
    }

    @Override
    public AtomicCounter getAtomicCounter(String name) {
        return counters.computeIfAbsent(name, super::getAtomicCounter);
    }

    @Override
    public <K, V> ConsistentMapBuilder<K, V> consistentMapBuilder() {
        return new ConsistentMapBuilder<>() {
            @Override
            @SuppressWarnings("unchecked")
            public ConsistentMap<K, V> build() {
                return (ConsistentMap<K, V>) maps.computeIfAbsent(name(), name -> shared(name, serializer()));
            }

            @Override
            public AsyncConsistentMap<K, V> buildAsyncMap() {
                throw new UnsupportedOperationException("nobody asks for it");
            }
        };
    }

    private ConsistentMap<?, ?> shared(String name, Serializer serializer) {
        ConsistentMapBuilder<Object, Object> builder = super.consistentMapBuilder();
        builder.withName(name);
        builder.withSerializer(serializer);
        ConsistentMap<Object, Object> map = builder.build();
        return (ConsistentMap<?, ?>) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {ConsistentMap.class}, (proxy, method, arguments) -> {
                    if (CONDITIONAL.contains(method.getName()) && name.equals(disturbed) && !disturbing) {
                        disturbing = true;
                        disturbance.run();
                        disturbing = false;
                    }
                    if (arguments != null && arguments.length > 1) {
                        int last = arguments.length - 1;
                        Object value = arguments[last];
                        // A version is no value.
                        arguments[last] = value instanceof Long ? value : serializer.decode(serializer.encode(value));
                    }
                    Lost lost = failing.get(name + " " + method.getName());
                    if (lost == Lost.REQUEST) {
                        // As ONOS does, which passes Atomix's own exceptions on where a map is read.
                        throw new IllegalStateException("no answer to " + method.getName());
                    }
                    try {
                        Object result = method.invoke(map, arguments);
                        if (lost == Lost.ANSWER) {
                            throw new StorageException.Timeout();
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
