// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.onosproject.store.service.AsyncConsistentMap;
import org.onosproject.store.service.AtomicCounter;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.ConsistentMapBuilder;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.TestStorageService;

/**
 * ONOS's test stores as the nodes of a cluster see them: one map of a name for all, values serialised on their way, and
 * a change by somebody else just before a write, where the test asks for it.
 */
final class SharedStorage extends TestStorageService {

    private static final Set<String> CONDITIONAL = Set.of("replace", "putIfAbsent", "remove");

    private final Map<String, ConsistentMap<?, ?>> maps = new HashMap<>();
    private final Map<String, AtomicCounter> counters = new HashMap<>();
    private String disturbed = "";
    private Runnable disturbance = () -> { };
    private boolean disturbing;

    /** Before each conditional write to the map of that name this is done. */
    void disturb(String map, Runnable how) {
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
                    try {
                        return method.invoke(map, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
