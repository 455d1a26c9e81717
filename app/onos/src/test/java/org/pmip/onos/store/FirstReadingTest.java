// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.ConsistentMapAdapter;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.TestStorageService;
import org.onosproject.store.service.Versioned;

class FirstReadingTest {

    private final ConsistentMap<String, String> map = new TestStorageService().<String, String>consistentMapBuilder()
            .withName("test").withSerializer(Serializer.using(KryoNamespaces.BASIC)).build();
    private final Map<String, String> copy = new HashMap<>();
    private final FirstReading reading = new FirstReading();

    private void apply(String key, Versioned<String> value) {
        if (value == null) {
            copy.remove(key);
        } else {
            copy.put(key, value.value());
        }
    }

    /** The map, which lets others do something right after a key of it was read. */
    private ConsistentMap<String, String> disturbed(Consumer<String> afterReading) {
        return new ConsistentMapAdapter<>() {
            @Override
            public java.util.Set<String> keySet() {
                return map.keySet();
            }

            @Override
            public Versioned<String> get(String key) {
                Versioned<String> value = map.get(key);
                afterReading.accept(key);
                return value;
            }
        };
    }

    private void listen() {
        map.addListener(event -> reading.changed(event.key(), () -> apply(event.key(), event.newValue())));
    }

    @Test
    void whatIsRemovedWhileItIsReadStaysRemoved() {
        map.put("a", "1");
        map.put("b", "1");
        listen();
        FirstReading.of(disturbed(key -> map.remove(key)), reading, this::apply);
        assertThat(copy).isEmpty();
    }

    @Test
    void whatIsChangedWhileItIsReadStaysChanged() {
        map.put("a", "1");
        listen();
        FirstReading.of(disturbed(key -> map.put(key, "2")), reading, this::apply);
        assertThat(copy).containsExactly(Map.entry("a", "2"));
    }

    @Test
    void whatNobodyDisturbsIsRead() {
        map.put("a", "1");
        listen();
        FirstReading.of(map, reading, this::apply);
        map.put("b", "2");
        map.remove("a");
        assertThat(copy).containsExactly(Map.entry("b", "2"));
    }
}
