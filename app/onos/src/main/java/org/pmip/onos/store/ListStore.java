// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.onlab.packet.IpAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * The Binding Update Lists of all gateways of the cluster: one list per mobile node in a ConsistentMap, and on every
 * node a copy of it to look things up in. Thread-safe.
 *
 * <p>Decisions are made on {@link #read}; the look-ups may lag behind it for a moment.
 */
public final class ListStore {

    private final ClusterMap<BindingUpdateList> map;
    private final ClusterMap<Boolean> withoutGreKey;
    private final Replica<BindingUpdateList> replica;
    private final Replica<Boolean> plainAnchors;
    private final Map<Long, String> nodes = new ConcurrentHashMap<>();
    private final Map<Long, String> downlinkKeys = new ConcurrentHashMap<>();
    private final BiConsumer<Optional<BindingUpdateList>, Optional<BindingUpdateList>> observer;

    /**
     * Opens the lists.
     *
     * @param observer told of each change on any node: list before, list after; must not block
     */
    public ListStore(StorageService storage, ApplicationId application,
                     BiConsumer<Optional<BindingUpdateList>, Optional<BindingUpdateList>> observer) {
        this.observer = observer;
        map = new ClusterMap<>(storage, application, "pmip-update-lists", Serializer.using(StoredTypes.lists()));
        withoutGreKey = new ClusterMap<>(storage, application, "pmip-anchors-without-gre-key",
                Serializer.using(KryoNamespaces.BASIC), 1);
        replica = new Replica<>(map.followed(), this::observe);
        plainAnchors = new Replica<>(withoutGreKey.followed(), (anchor, before, after) -> { });
        replica.open();
        plainAnchors.open();
    }

    private void observe(String key, BindingUpdateList before, BindingUpdateList after) {
        if (before != null) {
            before.entries().forEach(entry -> nodes.remove(entry.sessionId(), key));
            before.downlinkKeys().forEach(held -> downlinkKeys.remove(held, key));
        }
        if (after != null) {
            after.entries().forEach(entry -> nodes.put(entry.sessionId(), key));
            after.downlinkKeys().forEach(held -> downlinkKeys.put(held, key));
        }
        observer.accept(Optional.ofNullable(before), Optional.ofNullable(after));
    }

    /** A list with the version by which it can be replaced. */
    public static final class Stored {
        private static final long ABSENT = -1;
        private final BindingUpdateList list;
        private final long version;

        private Stored(BindingUpdateList list, long version) {
            this.list = list;
            this.version = version;
        }

        /** The list; one without entries if nothing is stored. */
        public BindingUpdateList list() {
            return list;
        }
    }

    /**
     * Reads a mobile node's list as it is now in the cluster.
     *
     * @throws org.onosproject.store.service.StorageException if the store is not available
     */
    public Stored read(MobileNodeIdentifier mobileNode) {
        Versioned<BindingUpdateList> stored = map.get(BindingUpdateList.key(mobileNode));
        return stored == null ? new Stored(BindingUpdateList.none(mobileNode), Stored.ABSENT)
                : new Stored(stored.value(), stored.version());
    }

    /**
     * A mobile node's list as this node of the cluster last heard of it, which takes no time. It may be an older one:
     * {@link #replace} finds that out, and whatever else is concluded from it has to be confirmed by {@link #read}.
     */
    public Stored recent(MobileNodeIdentifier mobileNode) {
        Versioned<BindingUpdateList> known = replica.view().get(BindingUpdateList.key(mobileNode));
        return known == null ? new Stored(BindingUpdateList.none(mobileNode), Stored.ABSENT)
                : new Stored(known.value(), known.version());
    }

    /**
     * Writes a list in place of one that was read; a list without entries is removed.
     *
     * @return false if somebody else has changed it since, and nothing was written
     * @throws org.onosproject.store.service.StorageException if the store gives no answer: it may have been written
     */
    public boolean replace(Stored stored, BindingUpdateList next) {
        String key = next.key();
        if (stored.version == Stored.ABSENT) {
            return next.isEmpty() || map.putIfAbsent(key, next) == null;
        }
        return next.isEmpty() ? map.removeVersion(key, stored.version) : map.replace(key, stored.version, next);
    }

    /**
     * Takes a session out, for where there are no gateways that would decide.
     *
     * @return false if there is none of that number
     * @throws org.onosproject.store.service.StorageException if the store is not available
     */
    public boolean remove(MobileNodeIdentifier mobileNode, long sessionId) {
        Stored stored = read(mobileNode);
        while (stored.list().session(sessionId).isPresent()) {
            if (replace(stored, stored.list().without(sessionId))) {
                return true;
            }
            stored = read(mobileNode);
        }
        return false;
    }

    /** Reads everything again, for where events may have been lost. Blocks. */
    public void refresh() {
        replica.refresh();
        plainAnchors.refresh();
    }

    /** All lists that this node knows of. */
    public Collection<BindingUpdateList> all() {
        List<BindingUpdateList> all = new ArrayList<>();
        replica.view().values().forEach(one -> all.add(one.value()));
        return all;
    }

    /** The list of that name, as far as this node knows. */
    public Optional<BindingUpdateList> find(String key) {
        return Optional.ofNullable(replica.view().get(key)).map(Versioned::value);
    }

    /** Whether a number is a session's, as far as this node knows. */
    public boolean usesSessionId(long number) {
        return nodes.containsKey(number);
    }

    /** Whether a session has this downlink key, as far as this node knows. */
    public boolean usesDownlinkKey(long key) {
        return downlinkKeys.containsKey(key);
    }

    /** The anchors of which is known that they do not know the GRE Key option. */
    public Set<IpAddress> anchorsWithoutGreKey() {
        Map<IpAddress, Boolean> found = new HashMap<>();
        plainAnchors.view().keySet().forEach(address -> found.put(IpAddress.valueOf(address), true));
        return found.keySet();
    }

    /** Remembers, or forgets, that an anchor does not know the GRE Key option. */
    public void withoutGreKey(IpAddress anchor, boolean without) {
        if (without) {
            withoutGreKey.putIfAbsent(anchor.toString(), true);
        } else {
            withoutGreKey.remove(anchor.toString(), true);
        }
    }

    /** The sessions of a node whose entries have their forwarding state in a switch, or should have. */
    public static List<BindingUpdateListEntry> forwarding(BindingUpdateList list) {
        List<BindingUpdateListEntry> out = new ArrayList<>();
        for (BindingUpdateListEntry entry : list.entries()) {
            if (entry.forwards() && entry.binding().isPresent()) {
                out.add(entry);
            }
        }
        return out;
    }

    /** Stops following the maps; what is stored stays. */
    public void close() {
        replica.close();
        plainAnchors.close();
    }
}
