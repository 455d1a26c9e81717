// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * How packets of a mobile node are encapsulated at its gateway, that they are routed as they are because it has no
 * mobility service, or that they are dropped because the session ends (SESSION_ENDING). The counter counts the packets
 * of the mobile node, in octets as received; it includes those that are then dropped as too big or for want of a route.
 */
public final class AccessUplink extends SessionEncapsulation {

    private AccessUplink(Builder builder) {
        super(P4.AccessUplinks.TABLE, P4.AccessUplinks.SESSION_ID, P4.AccessUplinks.SESSION_ID_BITS, builder);
    }

    /**
     * Tells whether packets are routed as they are.
     *
     * @return whether they are
     */
    public boolean plain() {
        return does(P4.AccessUplinks.RoutePlainly.ACTION);
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

        /**
         * Routes the packets as they are, by the node's routing domain: for a node without the mobility service.
         *
         * @return this builder
         */
        public Builder plain() {
            return instead(P4.AccessUplinks.RoutePlainly.ACTION, "plain()");
        }

        @Override
        boolean reads(RuleReader reader) {
            boolean does = reader.does(P4.AccessUplinks.RoutePlainly.ACTION);
            if (does) {
                plain();
            }
            return does;
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
