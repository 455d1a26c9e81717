// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * How packets of a mobile node are encapsulated at its gateway, or that they are dropped because the session ends
 * (SESSION_ENDING). The counter counts the packets of the mobile node, in octets as received; it includes those that
 * are then dropped as too big or for want of a route.
 */
public final class AccessUplink extends SessionEncapsulation {

    private AccessUplink(Builder builder) {
        super(P4.AccessUplinks.TABLE, P4.AccessUplinks.SESSION_ID, P4.AccessUplinks.SESSION_ID_BITS, builder);
    }

    /**
     * Returns a builder.
     *
     * @return a builder with no values but the defaults
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a flow rule of this table.
     *
     * @param rule a rule, as {@link #toFlowRule} makes it or the switch reports it
     * @return the entity
     * @throws IllegalArgumentException if the rule is not one of this table or lacks something
     */
    public static AccessUplink fromFlowRule(FlowRule rule) {
        return read(new RuleReader(rule, P4.AccessUplinks.TABLE), P4.AccessUplinks.SESSION_ID, builder());
    }

    /** Builder of {@link AccessUplink}. */
    public static final class Builder extends SessionEncapsulation.Builder<Builder, AccessUplink> {
        private Builder() {
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        AccessUplink make() {
            return new AccessUplink(this);
        }
    }
}
