// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.onosproject.store.service.StorageService;
import org.pmip.onos.lma.StoreCare;
import org.pmip.onos.store.ListStore;
import org.pmip.onos.store.NumberBlocks;
import org.pmip.onos.store.Roll;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.onos.store.VisitedPrefixes;
import org.pmip.protocol.mag.BindingUpdateList;

/** Opens the stores of the gateways, and follows the lists. To be opened and closed by one thread at a time. */
final class GatewayStores {

    private static final long LAST_NUMBER = 0xffff_ffffL;

    private final StorageService storage;
    private final MagManager.Services services;
    private final BiConsumer<Optional<BindingUpdateList>, Optional<BindingUpdateList>> observer;
    private Roll roll;
    private volatile boolean open;

    /**
     * Makes them, which are not open yet.
     *
     * @param services where they have their places
     * @param observer told of each change of a list by whichever node of the cluster, once all is open; must not block
     */
    GatewayStores(StorageService storage, MagManager.Services services,
                  BiConsumer<Optional<BindingUpdateList>, Optional<BindingUpdateList>> observer) {
        this.storage = storage;
        this.services = services;
        this.observer = observer;
    }

    /**
     * Opens what is not open yet. Blocks.
     *
     * @throws org.onosproject.store.service.StorageException if the store is not available
     */
    void open() {
        if (services.tunnels == null) {
            services.tunnels = new TunnelNumbers(storage, services.application);
        }
        if (services.lists == null) {
            services.lists = new ListStore(storage, services.application, this::changed);
        }
        if (services.visitedPrefixes == null) {
            services.visitedPrefixes = new VisitedPrefixes(storage, services.application, services.places::taken,
                    services.places::free);
        }
        services.sessionIds = numbers("pmip-gateway-session-blocks", PlainNodes.FIRST_SESSION - 1,
                services.lists::usesSessionId);
        services.downlinkKeys = numbers("pmip-downlink-key-blocks", LAST_NUMBER, services.lists::usesDownlinkKey);
        if (roll == null) {
            roll = new Roll(storage, services.application);
        }
        open = true;
    }

    private NumberBlocks numbers(String name, long last, LongPredicate inUse) {
        return new NumberBlocks(storage.getAtomicCounter(name), 1, last, inUse);
    }

    private void changed(Optional<BindingUpdateList> before, Optional<BindingUpdateList> after) {
        services.index.changed(before, after);
        if (open) {
            // What the store held before this node came is no change.
            observer.accept(before, after);
        }
        String key = after.or(() -> before).map(BindingUpdateList::key).orElse("");
        after.filter(list -> list.deadline().isPresent()).ifPresentOrElse(
                list -> services.deadlines.at(key, list.deadline().getAsLong()), () -> services.deadlines.remove(key));
    }

    /**
     * Who sees to it that this node knows what is in them.
     *
     * @param cutOff done when that is so again after the store was away, or this process stood still
     * @param nanos a clock that goes on while the process stands still
     */
    StoreCare care(Runnable cutOff, LongSupplier nanos) {
        return new StoreCare(roll::call, () -> {
            services.lists.refresh();
            services.visitedPrefixes.refresh();
        }, cutOff, () -> services.statistics.of(MagStatistics.STORE_NOT_AVAILABLE), nanos);
    }

    /** Follows nothing any more; what is stored stays. */
    void close() {
        Optional.ofNullable(services.lists).ifPresent(ListStore::close);
        Optional.ofNullable(services.visitedPrefixes).ifPresent(VisitedPrefixes::close);
        Optional.ofNullable(services.tunnels).ifPresent(TunnelNumbers::close);
    }
}
