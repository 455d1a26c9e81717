// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.group.Group;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.pi.runtime.PiActionProfileGroup;
import org.onosproject.net.pi.runtime.PiEntity;
import org.onosproject.net.pi.runtime.PiHandle;
import org.onosproject.net.pi.runtime.PiMeterCellConfig;
import org.onosproject.net.pi.runtime.PiPreEntry;
import org.onosproject.net.pi.runtime.PiTableEntry;
import org.onosproject.net.pi.service.PiFlowRuleTranslationStore;
import org.onosproject.net.pi.service.PiGroupTranslationStore;
import org.onosproject.net.pi.service.PiMeterTranslationStore;
import org.onosproject.net.pi.service.PiReplicationGroupTranslationStore;
import org.onosproject.net.pi.service.PiTranslatable;
import org.onosproject.net.pi.service.PiTranslatedEntity;
import org.onosproject.net.pi.service.PiTranslationEvent;
import org.onosproject.net.pi.service.PiTranslationStore;
import org.onosproject.net.pi.service.PiTranslationStoreDelegate;
import org.onosproject.store.AbstractStore;

/**
 * Remembers what each protocol-independent entity was translated from. Safe for use by many threads.
 *
 * @param <T> what was translated
 * @param <E> what it became
 */
public abstract class Translations<T extends PiTranslatable, E extends PiEntity>
    extends AbstractStore<PiTranslationEvent<T, E>, PiTranslationStoreDelegate<T, E>> implements PiTranslationStore<T,
        E> {

    private final Map<PiHandle, PiTranslatedEntity<T, E>> learnt = new ConcurrentHashMap<>();

    @Override
    public void addOrUpdate(PiHandle handle, PiTranslatedEntity<T, E> entity) {
        learnt.put(handle, entity);
        notifyDelegate(new PiTranslationEvent<>(PiTranslationEvent.Type.LEARNED, entity));
    }

    @Override
    public PiTranslatedEntity<T, E> get(PiHandle handle) {
        return learnt.get(handle);
    }

    @Override
    public void remove(PiHandle handle) {
        PiTranslatedEntity<T, E> forgotten = learnt.remove(handle);
        if (forgotten != null) {
            notifyDelegate(new PiTranslationEvent<>(PiTranslationEvent.Type.FORGOT, forgotten));
        }
    }

    /** From flow rules to table entries. */
    public static final class OfFlowRules extends Translations<FlowRule, PiTableEntry>
        implements PiFlowRuleTranslationStore {
    }

    /** From groups to groups of an action profile. */
    public static final class OfGroups extends Translations<Group, PiActionProfileGroup>
        implements PiGroupTranslationStore {
    }

    /** From groups to entries of the packet replication engine. */
    public static final class OfReplicationGroups extends Translations<Group, PiPreEntry>
        implements PiReplicationGroupTranslationStore {
    }

    /** From meters to meter cells. */
    public static final class OfMeters extends Translations<Meter, PiMeterCellConfig>
        implements PiMeterTranslationStore {
    }
}
