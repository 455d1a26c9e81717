// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.ConsistentMapAdapter;
import org.onosproject.store.service.MapEvent;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.TestStorageService;
import org.onosproject.store.service.Versioned;

class ReplicaTest {

    private final ConsistentMap<String, String> map = new TestStorageService().<String, String>consistentMapBuilder()
            .withName("test").withSerializer(Serializer.using(KryoNamespaces.BASIC)).build();
    private final List<String> told = new ArrayList<>();
    private boolean deaf;
    private Consumer<String> afterReading = key -> { };

    /** The map, which loses events where the test wants it, and lets others do something right after a key was read. */
    private final ConsistentMap<String, String> seen = new ConsistentMapAdapter<>() {
        @Override
        public void addListener(MapEventListener<String, String> listener) {
            map.addListener(event -> {
                if (!deaf) {
                    listener.event(event);
                }
            });
        }

        @Override
        public Stream<Map.Entry<String, Versioned<String>>> stream() {
            return map.stream().peek(entry -> afterReading.accept(entry.getKey()));
        }
    };

    private final Replica<String> replica = new Replica<>(seen, (key, before, after) ->
            told.add(key + " " + before + " " + after));

    private Map<String, String> view() {
        Map<String, String> view = new HashMap<>();
        replica.view().forEach((key, value) -> view.put(key, value.value()));
        return view;
    }

    @Test
    void whatIsRemovedWhileItIsReadStaysRemoved() {
        map.put("a", "1");
        map.put("b", "1");
        afterReading = map::remove;
        replica.open();
        assertThat(view()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsChangedWhileItIsReadStaysChanged() {
        map.put("a", "1");
        afterReading = key -> map.put(key, "2");
        replica.open();
        assertThat(view()).containsExactly(Map.entry("a", "2"));
        assertThat(told).containsExactly("a null 2");
    }

    @Test
    void theMapIsFollowed() {
        map.put("a", "1");
        replica.open();
        map.put("b", "2");
        map.put("b", "3");
        map.remove("a");
        assertThat(view()).containsExactly(Map.entry("b", "3"));
        assertThat(told).containsExactly("a null 1", "b null 2", "b 2 3", "a 1 null");
    }

    @Test
    void whatWasNotHeardOfIsFoundByARefresh() {
        map.put("gone", "1");
        map.put("changed", "1");
        map.put("same", "1");
        replica.open();
        told.clear();
        deaf = true;
        map.remove("gone");
        map.put("changed", "2");
        map.put("new", "3");
        assertThat(view()).as("nothing was heard of it").containsOnlyKeys("gone", "changed", "same");
        deaf = false;
        replica.refresh();
        assertThat(view()).containsOnly(Map.entry("changed", "2"), Map.entry("same", "1"), Map.entry("new", "3"));
        assertThat(told).containsExactlyInAnyOrder("gone 1 null", "changed 1 2", "new null 3");
    }

    @Test
    void anEventThatComesLateDoesNotTakeBackWhatARefreshHasRead() {
        List<MapEvent<String, String>> late = new ArrayList<>();
        List<MapEventListener<String, String>> listeners = new ArrayList<>();
        Replica<String> slow = new Replica<>(new ConsistentMapAdapter<>() {
            @Override
            public void addListener(MapEventListener<String, String> listener) {
                listeners.add(listener);
                map.addListener(late::add);
            }

            @Override
            public Stream<Map.Entry<String, Versioned<String>>> stream() {
                return map.stream();
            }
        }, (key, before, after) -> told.add(key + " " + before + " " + after));
        slow.open();
        map.put("a", "1");
        map.remove("a");
        map.put("a", "2");
        map.put("b", "1");
        map.remove("b");
        slow.refresh();
        late.forEach(listeners.get(0)::event);
        assertThat(slow.view()).containsOnlyKeys("a");
        assertThat(slow.view().get("a").value()).isEqualTo("2");
        assertThat(told).startsWith("a null 2").doesNotContain("a 2 1", "a 2 null");
    }

    @Test
    void aFailureOfTheStoreIsOneOfStorageAndTheNextRefreshWorks() {
        replica.open();
        deaf = true;
        map.put("a", "1");
        deaf = false;
        afterReading = key -> {
            throw new UnsupportedOperationException("an exception of the store's own");
        };
        assertThatThrownBy(replica::refresh).isInstanceOf(StorageException.class)
                .hasRootCauseInstanceOf(UnsupportedOperationException.class);
        afterReading = key -> { };
        replica.refresh();
        map.put("b", "2");
        assertThat(view()).containsOnlyKeys("a", "b");
    }

    @Test
    void oneThatCouldNotBeOpenedTellsNothing() {
        map.put("a", "1");
        afterReading = key -> {
            throw new StorageException.Unavailable();
        };
        assertThatThrownBy(replica::open).isInstanceOf(StorageException.Unavailable.class);
        told.clear();
        map.put("b", "2");
        assertThat(told).as("another one is opened in its place").isEmpty();
    }
}
