// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import java.util.Objects;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.criteria.PiCriterion;
import org.onosproject.net.pi.model.PiTableId;
import org.onosproject.net.pi.runtime.PiAction;

/** What all entities have in common: they are what ONOS makes of them, hence equal when their rules are. */
abstract class Entry implements PipelineEntity {
    static final int PRIORITY = 100;

    private final PiTableId table;
    private final PiCriterion key;
    private final PiAction action;
    private final int priority;

    Entry(PiTableId table, Key key, Act action) {
        this(table, key, action, PRIORITY);
    }

    Entry(PiTableId table, Key key, Act action, int priority) {
        this.table = table;
        this.key = key.build();
        this.action = action.build();
        this.priority = priority;
    }

    @Override
    public final PiTableId table() {
        return table;
    }

    @Override
    public final PiCriterion matchKey() {
        return key;
    }

    @Override
    public final PiAction action() {
        return action;
    }

    @Override
    public final int priority() {
        return priority;
    }

    @Override
    public final FlowRule toFlowRule(DeviceId device, ApplicationId application) {
        return DefaultFlowRule.builder()
                .forDevice(device)
                .forTable(table)
                .fromApp(application)
                .withPriority(priority)
                .makePermanent()
                .withSelector(DefaultTrafficSelector.builder().matchPi(key).build())
                .withTreatment(DefaultTrafficTreatment.builder().piTableAction(action).build())
                .build();
    }

    @Override
    public final boolean equals(Object object) {
        if (this == object) {
            return true;
        }
        if (!(object instanceof Entry)) {
            return false;
        }
        Entry other = (Entry) object;
        return hasKeyOf(other) && action.equals(other.action);
    }

    @Override
    public final int hashCode() {
        return Objects.hash(table, key, action, priority);
    }
}
