// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.pmip.onos.store.ListStore;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.MagEvent;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** Ends sessions on somebody's word, also where no gateway is left that would. Thread-safe. */
final class Deletions {

    private final ListStore lists;
    private final MagProcessor processor;
    private final BooleanSupplier gateways;
    private final Executor workers;

    /**
     * Makes it.
     *
     * @param gateways whether any are configured
     * @param workers run what waits for the store
     */
    Deletions(ListStore lists, MagProcessor processor, BooleanSupplier gateways, Executor workers) {
        this.lists = lists;
        this.processor = processor;
        this.gateways = gateways;
        this.workers = workers;
    }

    /** See {@link MagService#delete}. */
    CompletableFuture<Boolean> delete(String mobileNode, long sessionId) {
        Optional<BindingUpdateList> list = lists.find(mobileNode).filter(one -> one.session(sessionId).isPresent());
        if (list.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        MobileNodeIdentifier node = list.get().mobileNode();
        if (!gateways.getAsBoolean()) {
            return CompletableFuture.supplyAsync(() -> lists.remove(node, sessionId), workers);
        }
        return processor.perform(node, MagEvent.deleted(sessionId)).thenApplyAsync(nothing -> {
            // A store that gave no answer has stopped it half way.
            Optional<BindingUpdateListEntry> left = lists.read(node).list().session(sessionId);
            if (left.filter(entry -> entry.state() != State.ENDING && entry.state() != State.LEFT).isPresent()) {
                throw new IllegalStateException("it is still there, try again");
            }
            return true;
        }, workers);
    }
}
