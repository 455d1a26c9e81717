// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.onlab.packet.IpAddress;
import org.onlab.util.KryoNamespace;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * The binding cache: one record per mobile node in a ConsistentMap, and on every node a copy of it to look things up
 * in. Thread-safe.
 *
 * <p>Decisions are made on {@link #read}; {@link #all} and {@link #sessions} may lag behind it for a moment.
 */
public final class BindingStore {

    private final ConsistentMap<String, MobileNodeRecord> map;
    private final Map<String, MobileNodeRecord> copy = new ConcurrentHashMap<>();
    private final Map<Long, BindingCacheEntry> sessions = new ConcurrentHashMap<>();
    /** The node whose session has a key, or had it until a moment ago. */
    private final Map<Long, String> uplinkKeys = new ConcurrentHashMap<>();
    private final Map<IpAddress, Long> atGateways = new ConcurrentHashMap<>();
    private final FirstReading reading = new FirstReading();
    private final MapEventListener<String, MobileNodeRecord> listener;
    private final BiConsumer<Optional<MobileNodeRecord>, Optional<MobileNodeRecord>> observer;

    /**
     * Opens the cache.
     *
     * @param observer told of each change on any node: record before, record after; must not block
     */
    public BindingStore(StorageService storage, ApplicationId application,
                        BiConsumer<Optional<MobileNodeRecord>, Optional<MobileNodeRecord>> observer) {
        this.observer = observer;
        map = storage.<String, MobileNodeRecord>consistentMapBuilder()
                .withName("pmip-bindings")
                .withApplicationId(application)
                .withSerializer(Serializer.using(KryoNamespace.newBuilder()
                        .register(KryoNamespaces.BASIC)
                        .nextId(KryoNamespaces.BEGIN_USER_CUSTOM_ID)
                        .register(new RecordSerializer(), MobileNodeRecord.class)
                        .build("pmip-bindings")))
                .build();
        listener = event -> reading.changed(event.key(), () -> observe(event.key(), event.newValue()));
        map.addListener(listener);
        FirstReading.of(map, reading, this::observe);
    }

    private void observe(String key, Versioned<MobileNodeRecord> now) {
        MobileNodeRecord after = now == null ? null : now.value();
        MobileNodeRecord before = after == null ? copy.remove(key) : copy.put(key, after);
        if (before != null) {
            before.entries().forEach(entry -> {
                sessions.remove(entry.sessionId());
                atGateways.computeIfPresent(entry.proxyCoa(), (gateway, count) -> count == 1 ? null : count - 1);
            });
            before.heldUplinkKeys().forEach(held -> uplinkKeys.remove(held, key));
        }
        if (after != null) {
            for (BindingCacheEntry entry : after.entries()) {
                sessions.put(entry.sessionId(), entry);
                atGateways.merge(entry.proxyCoa(), 1L, Long::sum);
            }
            after.heldUplinkKeys().forEach(held -> uplinkKeys.put(held, key));
        }
        observer.accept(Optional.ofNullable(before), Optional.ofNullable(after));
    }

    /** A record with the version by which it can be replaced. */
    public static final class Stored {
        private static final long ABSENT = -1;
        private final MobileNodeRecord record;
        private final long version;

        private Stored(MobileNodeRecord record, long version) {
            this.record = record;
            this.version = version;
        }

        /** The record; one without sessions if nothing is stored. */
        public MobileNodeRecord record() {
            return record;
        }
    }

    /** Reads a mobile node's record as it is now in the cluster. */
    public Stored read(MobileNodeIdentifier mobileNode) {
        Versioned<MobileNodeRecord> stored = map.get(MobileNodeRecord.key(mobileNode));
        return stored == null ? new Stored(MobileNodeRecord.none(mobileNode), Stored.ABSENT)
                : new Stored(stored.value(), stored.version());
    }

    /**
     * Writes a record in place of one that was read; a record without sessions is removed.
     *
     * @return false if somebody else has changed it since, and nothing was written
     */
    public boolean replace(Stored stored, MobileNodeRecord next) {
        String key = next.key();
        if (stored.version == Stored.ABSENT) {
            return next.isEmpty() || map.putIfAbsent(key, next) == null;
        }
        return next.isEmpty() ? map.remove(key, stored.version) : map.replace(key, stored.version, next);
    }

    /** All records that this node knows of. */
    public Collection<MobileNodeRecord> all() {
        return copy.values();
    }

    /** The record of that name, as far as this node knows. */
    public Optional<MobileNodeRecord> find(String key) {
        return Optional.ofNullable(copy.get(key));
    }

    /** All sessions that this node knows of, by their number. */
    public Map<Long, BindingCacheEntry> sessions() {
        return sessions;
    }

    /** How many sessions a gateway has, those that wait for their end included, as far as this node knows. */
    public long sessionsAt(IpAddress proxyCoa) {
        return atGateways.getOrDefault(proxyCoa, 0L);
    }

    /** Whether a session has this uplink key or it still rests, as far as this node knows. */
    public boolean usesUplinkKey(long key) {
        return uplinkKeys.containsKey(key);
    }

    /** Stops following the map; what is stored stays. */
    public void close() {
        map.removeListener(listener);
    }
}
