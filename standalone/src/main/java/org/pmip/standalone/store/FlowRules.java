// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.store;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.onosproject.core.ApplicationId;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.CompletedBatchOperation;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleEvent;
import org.onosproject.net.flow.FlowRuleStore;
import org.onosproject.net.flow.FlowRuleStoreDelegate;
import org.onosproject.net.flow.StoredFlowEntry;
import org.onosproject.net.flow.TableStatisticsEntry;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEntry;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchEvent;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchOperation;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchRequest;
import org.onosproject.store.AbstractStore;

/**
 * The flow rules that applications asked for, with the state that ONOS's flow rule manager gives them.
 *
 * <p>As in an ONOS cluster, a rule that the device refused stays here as pending, and is tried again at each poll,
 * until its application removes it; a removed rule stays as pending removal until a poll no longer finds it on the
 * device. Safe for use by many threads.
 */
@SuppressWarnings("deprecation") // ONOS's store interface is made of types that it calls old
public final class FlowRules extends AbstractStore<FlowRuleBatchEvent, FlowRuleStoreDelegate> implements FlowRuleStore {
    /** Number of batches for whose completion nobody waits. */
    private static final long NOBODY_WAITS = -1;

    private final Map<DeviceId, Map<FlowRule, StoredFlowEntry>> devices = new ConcurrentHashMap<>();
    private final Map<DeviceId, List<TableStatisticsEntry>> statistics = new ConcurrentHashMap<>();
    private final MastershipService mastership;
    private final Elsewhere elsewhere;
    /** Batches that another host asked for, by numbers that are none of this host's own. */
    private final Map<Long, CompletableFuture<Set<FlowRule>>> ofOthers = new ConcurrentHashMap<>();
    private final AtomicLong lastOfOthers = new AtomicLong(NOBODY_WAITS);

    /** Takes rules for devices that this host does not command. */
    @FunctionalInterface
    public interface Elsewhere {
        /**
         * Gives rules to the host that commands their device.
         *
         * @param batch for one device
         * @return the rules that were refused; exceptionally when no host takes them
         */
        CompletableFuture<Set<FlowRule>> store(FlowRuleBatchOperation batch);
    }

    /** There is no other host. */
    public static final Elsewhere NOWHERE = batch -> CompletableFuture.failedFuture(
        new IllegalStateException("no host commands " + batch.deviceId()));

    /**
     * Creates an empty store.
     *
     * @param mastership tells which devices this node may program
     * @param elsewhere takes what is for the others
     */
    public FlowRules(MastershipService mastership, Elsewhere elsewhere) {
        this.mastership = mastership;
        this.elsewhere = elsewhere;
    }

    private Map<FlowRule, StoredFlowEntry> of(DeviceId device) {
        return devices.computeIfAbsent(device, key -> new ConcurrentHashMap<>());
    }

    @Override
    public int getFlowRuleCount() {
        return devices.values().stream().mapToInt(Map::size).sum();
    }

    @Override
    public int getFlowRuleCount(DeviceId deviceId) {
        return of(deviceId).size();
    }

    @Override
    public int getFlowRuleCount(DeviceId deviceId, FlowEntry.FlowEntryState state) {
        Collection<StoredFlowEntry> entries = of(deviceId).values();
        return state == null ? entries.size() : (int) entries.stream().filter(e -> e.state() == state).count();
    }

    @Override
    @Deprecated
    public long getActiveFlowRuleCount(DeviceId deviceId) {
        return getFlowRuleCount(deviceId, FlowEntry.FlowEntryState.ADDED);
    }

    @Override
    public FlowEntry getFlowEntry(FlowRule rule) {
        return of(rule.deviceId()).get(rule);
    }

    @Override
    public Iterable<FlowEntry> getFlowEntries(DeviceId deviceId) {
        return List.copyOf(of(deviceId).values());
    }

    @Override
    @Deprecated
    public void storeFlowRule(FlowRule rule) {
        storeOne(FlowRuleBatchEntry.FlowRuleOperation.ADD, rule);
    }

    @Override
    public void deleteFlowRule(FlowRule rule) {
        storeOne(FlowRuleBatchEntry.FlowRuleOperation.REMOVE, rule);
    }

    private void storeOne(FlowRuleBatchEntry.FlowRuleOperation operation, FlowRule rule) {
        // Nobody waits for the completion of such a batch, so that its number need not be unique.
        storeBatch(new FlowRuleBatchOperation(List.of(new FlowRuleBatchEntry(operation, rule)), rule.deviceId(),
            NOBODY_WAITS));
    }

    @Override
    public void storeBatch(FlowRuleBatchOperation batch) {
        DeviceId device = batch.deviceId();
        if (!batch.getOperations().isEmpty() && !mastership.isLocalMaster(device)) {
            // As in ONOS, nothing is heard any more of what was given to a host that dies before it answers.
            elsewhere.store(batch).whenComplete((refused, failure) -> {
                Set<FlowRule> failed = failure == null ? refused : targets(batch);
                complete(batch, failed.isEmpty(), failed);
            });
            return;
        }
        Set<FlowRuleBatchEntry> requested = new LinkedHashSet<>();
        for (FlowRuleBatchEntry operation : batch.getOperations()) {
            FlowRuleBatchEntry kept = keep(operation);
            if (kept != null) {
                requested.add(kept);
            }
        }
        if (requested.isEmpty()) {
            complete(batch, true, Set.of());
        } else {
            notifyDelegate(FlowRuleBatchEvent.requested(new FlowRuleBatchRequest(batch.id(), requested), device));
        }
    }

    /**
     * Stores what another host asks for.
     *
     * @param batch for a device that this host commands
     * @return the rules that were refused, all of them where this host does not command the device
     */
    public CompletableFuture<Set<FlowRule>> storeForAnother(FlowRuleBatchOperation batch) {
        if (!mastership.isLocalMaster(batch.deviceId())) {
            return CompletableFuture.completedFuture(targets(batch));
        }
        CompletableFuture<Set<FlowRule>> refused = new CompletableFuture<>();
        long number = lastOfOthers.decrementAndGet();
        ofOthers.put(number, refused);
        storeBatch(new FlowRuleBatchOperation(batch.getOperations(), batch.deviceId(), number));
        return refused;
    }

    private static Set<FlowRule> targets(FlowRuleBatchOperation batch) {
        return batch.getOperations().stream().map(FlowRuleBatchEntry::target).collect(Collectors.toSet());
    }

    /** Notes an operation, and returns what the device has to do, or null when a rule to remove is not known. */
    private FlowRuleBatchEntry keep(FlowRuleBatchEntry operation) {
        FlowRule rule = operation.target();
        Map<FlowRule, StoredFlowEntry> entries = of(rule.deviceId());
        if (operation.operator() != FlowRuleBatchEntry.FlowRuleOperation.REMOVE) {
            entries.put(rule, new DefaultFlowEntry(rule));
            return operation;
        }
        StoredFlowEntry stored = entries.get(rule);
        if (stored == null) {
            return null;
        }
        stored.setState(FlowEntry.FlowEntryState.PENDING_REMOVE);
        // The stored rule is complete, while the rule given for removal may lack its treatment.
        return new FlowRuleBatchEntry(operation.operator(), new DefaultFlowRule(stored));
    }

    private void complete(FlowRuleBatchOperation batch, boolean success, Set<FlowRule> failed) {
        batchOperationComplete(FlowRuleBatchEvent.completed(new FlowRuleBatchRequest(batch.id(), Set.of()),
            new CompletedBatchOperation(success, failed, batch.deviceId())));
    }

    @Override
    public void batchOperationComplete(FlowRuleBatchEvent event) {
        CompletableFuture<Set<FlowRule>> another = ofOthers.remove(event.subject().batchId());
        if (another == null) {
            notifyDelegate(event);
        } else {
            another.complete(event.result().failedItems());
        }
    }

    @Override
    public FlowRuleEvent pendingFlowRule(FlowEntry rule) {
        StoredFlowEntry stored = of(rule.deviceId()).get(rule);
        return stored != null && stored.state() == FlowEntry.FlowEntryState.PENDING_ADD
            ? new FlowRuleEvent(FlowRuleEvent.Type.RULE_UPDATED, rule)
            : null;
    }

    /**
     * ONOS tells this of a rule that was here when it began to look through a reading of the device. One that has been
     * removed meanwhile must not come back: the next reading would find it missing, and ONOS would write it again.
     */
    @Override
    public FlowRuleEvent addOrUpdateFlowRule(FlowEntry rule) {
        StoredFlowEntry stored = of(rule.deviceId()).get(rule);
        if (stored == null) {
            return null;
        }
        stored.setBytes(rule.bytes());
        stored.setPackets(rule.packets());
        stored.setLife(rule.life(TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS);
        stored.setLiveType(rule.liveType());
        stored.setLastSeen();
        if (stored.state() == FlowEntry.FlowEntryState.PENDING_ADD) {
            stored.setState(FlowEntry.FlowEntryState.ADDED);
            return new FlowRuleEvent(FlowRuleEvent.Type.RULE_ADDED, rule);
        }
        return new FlowRuleEvent(FlowRuleEvent.Type.RULE_UPDATED, rule);
    }

    /** ONOS asks for this after a reading of the device; meanwhile the rule may have been asked for again. */
    @Override
    public FlowRuleEvent removeFlowRule(FlowEntry rule) {
        StoredFlowEntry[] removed = new StoredFlowEntry[1];
        of(rule.deviceId()).computeIfPresent(rule, (key, stored) -> {
            if (isNewer(stored, rule)) {
                return stored;
            }
            removed[0] = stored;
            return null;
        });
        return removed[0] == null ? null : new FlowRuleEvent(FlowRuleEvent.Type.RULE_REMOVED, removed[0]);
    }

    private static boolean isNewer(StoredFlowEntry stored, FlowEntry known) {
        return stored != known && stored instanceof DefaultFlowEntry && known instanceof DefaultFlowEntry
            && ((DefaultFlowEntry) stored).created() >= ((DefaultFlowEntry) known).created();
    }

    @Override
    public void purgeFlowRule(DeviceId deviceId) {
        devices.remove(deviceId);
    }

    @Override
    public boolean purgeFlowRules(DeviceId deviceId, ApplicationId appId) {
        Predicate<FlowEntry> own = entry -> entry.appId() == appId.id();
        return of(deviceId).values().removeIf(own);
    }

    @Override
    public void purgeFlowRules() {
        devices.clear();
    }

    @Override
    public FlowRuleEvent updateTableStatistics(DeviceId deviceId, List<TableStatisticsEntry> tableStats) {
        statistics.put(deviceId, List.copyOf(tableStats));
        return null;
    }

    @Override
    public Iterable<TableStatisticsEntry> getTableStatistics(DeviceId deviceId) {
        return statistics.getOrDefault(deviceId, List.of());
    }
}
