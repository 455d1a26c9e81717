// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.onosproject.store.service.StorageException;
import org.pmip.onos.store.AddressClaims;
import org.pmip.onos.store.BindingStore;
import org.pmip.onos.store.ClaimsAudit;
import org.pmip.onos.store.PrefixClaims;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this node's copies of the stores right, and the stores without remains. Copies are read anew when events may
 * have been lost: the store did not answer, or this process stood still; and now and then anyway, because ONOS tells of
 * no loss. Whether the store answers is asked each time, since a node that is cut off and has nothing to do would not
 * notice. The owner of the anchor's switch then looks for claims that nobody holds; gateways have their switches
 * compared after they were cut off, for others may have decided meanwhile what belongs there. Thread-safe.
 */
public final class StoreCare {

    /** How often {@link #tick} is to be called. */
    public static final long TICK_MILLIS = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(StoreCare.class);
    private static final long STOOD_STILL_NANOS = TimeUnit.MILLISECONDS.toNanos(2 * TICK_MILLIS);
    private static final int ROUTINE_TICKS = 60;
    /** One look suspects, the next one finds; one more for what the first was too early for. */
    private static final int LOOKS = 3;

    private final Runnable question;
    private final Runnable refresh;
    private final Runnable cutOff;
    private final Runnable audit;
    private final LongSupplier troubles;
    private final BooleanSupplier owner;
    private final LongSupplier nanos;
    private final ReentrantLock working = new ReentrantLock();
    private boolean owned;
    private boolean doubtful;
    private boolean wasCutOff;
    private int looks;
    private int ticks;
    private long lastTick;
    private long lastTroubles;

    /**
     * Makes it.
     *
     * @param question asks the cluster what a node alone cannot answer; throws StorageException if it does not either
     * @param troubles how often the store has not answered so far
     * @param owner whether this node keeps the switch
     * @param settle takes what is to be put right
     * @param nanos a clock that goes on while the process stands still
     */
    StoreCare(BindingStore bindings, PrefixClaims prefixes, AddressClaims addresses, Runnable question,
              LongSupplier troubles, BooleanSupplier owner, Consumer<ClaimsAudit.Finding> settle, LongSupplier nanos) {
        this(question, () -> {
            bindings.refresh();
            prefixes.refresh();
            addresses.refresh();
        }, () -> { }, audit(new ClaimsAudit(bindings, prefixes, addresses), settle), troubles, owner, nanos);
    }

    /**
     * Makes one for gateways, which claim nothing that they do not use.
     *
     * @param question as above
     * @param refresh reads the copies anew; throws StorageException if the store does not answer
     * @param cutOff done once that has succeeded after the store did not answer, or this process stood still
     * @param troubles as above
     * @param nanos as above
     */
    public StoreCare(Runnable question, Runnable refresh, Runnable cutOff, LongSupplier troubles, LongSupplier nanos) {
        this(question, refresh, cutOff, () -> { }, troubles, () -> false, nanos);
    }

    private StoreCare(Runnable question, Runnable refresh, Runnable cutOff, Runnable audit, LongSupplier troubles,
                      BooleanSupplier owner, LongSupplier nanos) {
        this.question = question;
        this.refresh = refresh;
        this.cutOff = cutOff;
        this.audit = audit;
        this.troubles = troubles;
        this.owner = owner;
        this.nanos = nanos;
        this.lastTick = nanos.getAsLong();
    }

    private static Runnable audit(ClaimsAudit audit, Consumer<ClaimsAudit.Finding> settle) {
        return () -> audit.look().forEach(settle);
    }

    /** To be called at regular intervals; blocks while it reads, and does nothing while another call does. */
    public void tick() {
        if (working.tryLock()) {
            try {
                care();
            } finally {
                working.unlock();
            }
        }
    }

    private void care() {
        long now = nanos.getAsLong();
        long troubled = troubles.getAsLong();
        boolean owns = owner.getAsBoolean();
        wasCutOff |= now - lastTick > STOOD_STILL_NANOS || troubled != lastTroubles;
        if (wasCutOff || owns && !owned || ++ticks % ROUTINE_TICKS == 0) {
            doubtful = true;
            looks = LOOKS;
        }
        owned = owns;
        lastTick = now;
        lastTroubles = troubled;
        try {
            question.run();
            if (doubtful) {
                refresh.run();
                doubtful = false;
            }
            if (wasCutOff) {
                wasCutOff = false;
                cutOff.run();
            }
        } catch (StorageException e) {
            wasCutOff = true;
            doubtful = true;
            looks = LOOKS;
            LOG.warn("the stores do not answer, and are read anew when they do: {}", e.toString());
            return;
        }
        if (owns && looks > 0) {
            looks--;
            audit.run();
        }
    }
}
