// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.pi.runtime.PiHandle;
import org.onosproject.net.pi.runtime.PiTableEntry;
import org.onosproject.net.pi.service.PiFlowRuleTranslator;
import org.onosproject.net.pi.service.PiTranslatedEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import p4.v1.P4RuntimeOuterClass.CounterData;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.TableEntry;

/** One reading of all tables of a target, and what follows from it. For one thread. */
final class Reading {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
    private static final long UNKNOWN_SECONDS = 10;

    private final List<FlowEntry> known = new ArrayList<>();
    private final Set<PiHandle> seen = new HashSet<>();
    private final Target target;
    private final PiFlowRuleTranslator translator;
    private final long began;
    private final Map<EntryMemory.Key, EntryMemory.Entry> decoded;

    /**
     * Begins.
     *
     * @param target that is read
     * @param translator that knows the flow rules behind entries
     * @param began when the first table was asked for, in nanoseconds of the JVM's clock
     */
    Reading(Target target, PiFlowRuleTranslator translator, long began) {
        this.target = target;
        this.translator = translator;
        this.began = began;
        decoded = target.memory().next();
    }

    /** Takes what was read of some tables. */
    void take(List<Entity> read) {
        for (Entity entity : read) {
            TableEntry message = entity.getTableEntry();
            EntryMemory.Entry entry = message.getIsDefaultAction() ? null
                : target.memory().decode(target, message, decoded);
            if (entry != null) {
                entry(entry, message);
            }
        }
    }

    private void entry(EntryMemory.Entry read, TableEntry message) {
        PiHandle handle = read.handle();
        PiTableEntry entry = read.entry();
        seen.add(handle);
        target.tables().seen(handle, entry, began);
        PiTranslatedEntity<FlowRule, PiTableEntry> origin = translator.lookup(handle).orElse(null);
        if (origin != null && entry.action().equals(origin.translated().action())) {
            known.add(flowEntry(handle, origin.original(), message.getCounterData()));
        } else if (origin == null) {
            unknown(handle, entry);
        }
    }

    /**
     * Concludes from what was not read.
     *
     * @return the entries for which flow rules stand
     */
    Collection<FlowEntry> end() {
        for (Map.Entry<PiHandle, TableWriter.Accepted> accepted : target.tables().accepted()) {
            if (accepted.getValue().entry().isDefaultAction()) {
                translator.lookup(accepted.getKey()).ifPresent(origin -> known.add(
                    flowEntry(accepted.getKey(), origin.original(), CounterData.getDefaultInstance())));
            } else if (!seen.contains(accepted.getKey())) {
                target.tables().seen(accepted.getKey(), null, began);
            }
        }
        target.memory().replace(decoded);
        target.tables().readEnded(began);
        target.tables().drain();
        return known;
    }

    /**
     * What to do with an entry that no flow rule stands for. Not at once: who has just become the target's controller
     * finds entries that its applications have yet to ask for.
     */
    private void unknown(PiHandle handle, PiTableEntry entry) {
        TableWriter.Accepted accepted = target.tables().accepted(handle);
        if (accepted == null || began - accepted.since() < TimeUnit.SECONDS.toNanos(UNKNOWN_SECONDS)) {
            return;
        }
        if (accepted.wanted()) {
            // A rule was asked for and taken back at once, and the target has heard of both in the other order.
            target.tables().doubt(handle, accepted, began);
        } else {
            LOG.info("{} has an entry of which this controller knows nothing; it is removed: {}", target.device(),
                entry);
            target.tables().removeUnwanted(handle, entry);
        }
    }

    private FlowEntry flowEntry(PiHandle handle, FlowRule rule, CounterData counter) {
        TableWriter.Accepted accepted = target.tables().accepted(handle);
        long lifeSeconds = accepted == null ? 0 : TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - accepted.since());
        return new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.ADDED, lifeSeconds, counter.getPacketCount(),
            counter.getByteCount());
    }
}
