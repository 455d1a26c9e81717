// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.onlab.packet.IpAddress;
import org.onosproject.core.ApplicationId;
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

    private final ClusterMap<MobileNodeRecord> map;
    private final Replica<MobileNodeRecord> replica;
    private final Map<Long, BindingCacheEntry> sessions = new ConcurrentHashMap<>();
    /** The node whose session has a key, or had it until a moment ago. */
    private final Map<Long, String> uplinkKeys = new ConcurrentHashMap<>();
    private final Map<IpAddress, Long> atGateways = new ConcurrentHashMap<>();
    private final BiConsumer<Optional<MobileNodeRecord>, Optional<MobileNodeRecord>> observer;

    /**
     * Opens the cache.
     *
     * @param observer told of each change on any node: record before, record after; must not block
     */
    public BindingStore(StorageService storage, ApplicationId application,
                        BiConsumer<Optional<MobileNodeRecord>, Optional<MobileNodeRecord>> observer) {
        this.observer = observer;
        map = new ClusterMap<>(storage, application, "pmip-bindings", Serializer.using(StoredTypes.records()));
        replica = new Replica<>(map.followed(), this::observe);
        replica.open();
    }

    private void observe(String key, MobileNodeRecord before, MobileNodeRecord after) {
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

    /**
     * Reads a mobile node's record as it is now in the cluster.
     *
     * @throws org.onosproject.store.service.StorageException if the store is not available
     */
    public Stored read(MobileNodeIdentifier mobileNode) {
        Versioned<MobileNodeRecord> stored = map.get(MobileNodeRecord.key(mobileNode));
        return stored == null ? new Stored(MobileNodeRecord.none(mobileNode), Stored.ABSENT)
                : new Stored(stored.value(), stored.version());
    }

    /**
     * A mobile node's record as this node of the cluster last heard of it, which takes no time. It may be an older one:
     * {@link #replace} finds that out, and whatever else is concluded from it has to be confirmed by {@link #read}.
     */
    public Stored recent(MobileNodeIdentifier mobileNode) {
        Versioned<MobileNodeRecord> known = replica.view().get(MobileNodeRecord.key(mobileNode));
        return known == null ? new Stored(MobileNodeRecord.none(mobileNode), Stored.ABSENT)
                : new Stored(known.value(), known.version());
    }

    /**
     * Writes a record in place of one that was read; a record without sessions is removed.
     *
     * @return false if somebody else has changed it since, and nothing was written
     * @throws org.onosproject.store.service.StorageException if the store gives no answer: it may have been written
     */
    public boolean replace(Stored stored, MobileNodeRecord next) {
        String key = next.key();
        if (stored.version == Stored.ABSENT) {
            return next.isEmpty() || map.putIfAbsent(key, next) == null;
        }
        return next.isEmpty() ? map.removeVersion(key, stored.version) : map.replace(key, stored.version, next);
    }

    /** Reads the record of that name as it is now in the cluster. */
    public Optional<MobileNodeRecord> read(String key) {
        return Optional.ofNullable(map.get(key)).map(Versioned::value);
    }

    /**
     * Reads all records and mends what this node knows where it differs. To be called where events may have been lost,
     * and before anything is taken out of a switch because no record wants it. Blocks.
     */
    public void refresh() {
        replica.refresh();
    }

    /** All records that this node knows of. */
    public Collection<MobileNodeRecord> all() {
        List<MobileNodeRecord> all = new ArrayList<>();
        replica.view().values().forEach(one -> all.add(one.value()));
        return all;
    }

    /** The record of that name, as far as this node knows. */
    public Optional<MobileNodeRecord> find(String key) {
        return Optional.ofNullable(replica.view().get(key)).map(Versioned::value);
    }

    /** Whether the mobile node of that name has a session, as far as this node knows. */
    public boolean hasSession(String key) {
        return find(key).filter(record -> !record.entries().isEmpty()).isPresent();
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
        replica.close();
    }
}
