// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.AsyncConsistentMap;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.ConsistentMapBuilder;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.TestStorageService;

/** One map of names, which loses events and refuses operations where a test wants it. Thread-safe. */
final class FlawedStore extends TestStorageService {

    /** The map as the rest of the cluster sees it. */
    final ConsistentMap<String, String> map = new TestStorageService().<String, String>consistentMapBuilder()
            .withName("flawed").withSerializer(Serializer.using(KryoNamespaces.BASIC)).build();
    /** What is not to be touched. */
    final Set<String> broken = ConcurrentHashMap.newKeySet();
    /** What happens when something is about to be claimed. */
    volatile Runnable onClaim = () -> { };
    /** Whether events get lost. */
    volatile boolean deaf;

    @Override
    public <K, V> ConsistentMapBuilder<K, V> consistentMapBuilder() {
        return new ConsistentMapBuilder<>() {
            @Override
            public AsyncConsistentMap<K, V> buildAsyncMap() {
                throw new UnsupportedOperationException("nobody needs it");
            }

            @Override
            @SuppressWarnings("unchecked")
            public ConsistentMap<K, V> build() {
                return (ConsistentMap<K, V>) flawed();
            }
        };
    }

    private Object flawed() {
        return Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ConsistentMap.class},
                (self, method, arguments) -> {
                    Object first = arguments == null ? null : arguments[0];
                    if (method.getName().equals("addListener")) {
                        map.addListener(heard(first));
                        return null;
                    }
                    if (first instanceof String && broken.contains(first)) {
                        throw new StorageException.Unavailable();
                    }
                    if (method.getName().equals("putIfAbsent")) {
                        onClaim.run();
                    }
                    try {
                        return method.invoke(map, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @SuppressWarnings("unchecked")
    private MapEventListener<String, String> heard(Object listener) {
        return event -> {
            if (!deaf) {
                ((MapEventListener<String, String>) listener).event(event);
            }
        };
    }
}
