// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.pmip.onos.store.BindingStore;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the switch to what a mobile node's record wants: by the difference where this node knows what the switch has,
 * by all of it where it does not. While the ownership of the switch moves, two nodes may work on one mobile node: who
 * is not the owner looks at the record again after writing, and writes what it has become, so that whoever writes last
 * writes the record as it is. Thread-safe.
 */
final class Tables {

    private static final Logger LOG = LoggerFactory.getLogger(Tables.class);
    private static final int GREATEST_ROUNDS = 8;

    /** Brings the data plane from one record of a mobile node to the next; completes when the switch has it. */
    interface DataPlane {
        CompletableFuture<Void> update(MobileNodeRecord before, MobileNodeRecord after);

        /** The same where nobody knows what the switch has of either: everything is written. */
        CompletableFuture<Void> rewrite(MobileNodeRecord before, MobileNodeRecord after);

        /** Nothing is known any more of what the switch has. */
        void doubt();
    }

    private final DataPlane dataPlane;
    private final BindingStore store;
    private final BooleanSupplier owner;
    private final Executor executor;
    private final Certainty certainty = new Certainty();

    /**
     * Makes it.
     *
     * @param owner whether this node of the cluster commands the switch
     * @param executor where the store is read, which takes its time
     */
    Tables(DataPlane dataPlane, BindingStore store, BooleanSupplier owner, Executor executor) {
        this.dataPlane = dataPlane;
        this.store = store;
        this.owner = owner;
        this.executor = executor;
    }

    /** Whether this node of the cluster commands the switch. */
    boolean owned() {
        return owner.getAsBoolean();
    }

    /** Whether the switch is known to have what this record wants. */
    boolean have(MobileNodeRecord record) {
        return owner.getAsBoolean() && certainty.of(record);
    }

    /** The switch may have lost its entries, or another node may have written: nothing is known of it any more. */
    void doubt() {
        certainty.doubtAll();
        dataPlane.doubt();
    }

    /**
     * Brings the switch from one record to the next.
     *
     * @return true if the record was still the same when all was written; false if another node has changed it
     *     meanwhile, and then the switch has what that wants; exceptionally if the switch refused, or the store does
     *     not tell what the record has become
     */
    CompletableFuture<Boolean> bring(MobileNodeRecord before, MobileNodeRecord after) {
        boolean known = have(before);
        // Until the switch has taken it all, nobody can say what it has.
        certainty.doubt(before.key());
        return (known ? dataPlane.update(before, after) : dataPlane.rewrite(before, after)).thenCompose(written -> {
            if (owner.getAsBoolean()) {
                certainty.note(after);
                return CompletableFuture.completedFuture(true);
            }
            return settle(after, 0).thenApply(after::equals);
        });
    }

    /** What the record is when the switch has what it wants. */
    private CompletableFuture<MobileNodeRecord> settle(MobileNodeRecord written, int round) {
        return CompletableFuture.supplyAsync(() -> store.read(written.mobileNode()).record(), executor)
                .thenCompose(now -> {
                    if (now.equals(written) || now.entries().equals(written.entries())) {
                        return CompletableFuture.completedFuture(now);
                    }
                    if (round == GREATEST_ROUNDS) {
                        LOG.warn("{}: other nodes keep changing the record; left to them", now.key());
                        return CompletableFuture.completedFuture(now);
                    }
                    return dataPlane.rewrite(written, now).thenCompose(again -> settle(now, round + 1));
                });
    }
}
