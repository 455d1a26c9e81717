// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.criteria.PiCriterion;
import org.onosproject.net.pi.model.PiTableId;
import org.onosproject.net.pi.runtime.PiAction;

/**
 * An entry of one table of the pipeline. Two entities are equal when table, key, action and priority are.
 */
public interface PipelineEntity {

    /**
     * Returns the table.
     *
     * @return table identifier as in P4Info
     */
    PiTableId table();

    /**
     * Returns the key; fields that match everything are left out, as ONOS and P4Runtime demand.
     *
     * @return the match key
     */
    PiCriterion matchKey();

    /**
     * Returns the action with its parameters.
     *
     * @return the action
     */
    PiAction action();

    /**
     * Returns the priority: the same for all entries of tables whose keys cannot overlap, or are ordered by prefix
     * length.
     *
     * @return 1 to 65535, greater wins
     */
    int priority();

    /**
     * Tells whether this entry would take the place of another one in the table.
     *
     * @param other another entity
     * @return true if table, key and priority are equal
     */
    default boolean hasKeyOf(PipelineEntity other) {
        return table().equals(other.table()) && matchKey().equals(other.matchKey()) && priority() == other.priority();
    }

    /**
     * Returns the permanent flow rule that puts this entry into a switch.
     *
     * @param device the switch
     * @param application the application to which the rule belongs
     * @return a flow rule
     */
    FlowRule toFlowRule(DeviceId device, ApplicationId application);
}
