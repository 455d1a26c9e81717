// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * A session as it receives: how packets to the mobile node are encapsulated, or that they are dropped because the
 * session ends (SESSION_ENDING). The counter counts the packets to the mobile node, in octets as received; it includes
 * those that are then dropped as too big or for want of a route.
 */
public final class DownlinkSession extends SessionEncapsulation {

    private DownlinkSession(Builder builder) {
        super(P4.DownlinkSessions.TABLE, P4.DownlinkSessions.SESSION_ID, P4.DownlinkSessions.SESSION_ID_BITS, builder);
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
    public static DownlinkSession fromFlowRule(FlowRule rule) {
        return read(new RuleReader(rule, P4.DownlinkSessions.TABLE), P4.DownlinkSessions.SESSION_ID, builder());
    }

    /** Builder of {@link DownlinkSession}. */
    public static final class Builder extends SessionEncapsulation.Builder<Builder, DownlinkSession> {
        private Builder() {
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        DownlinkSession make() {
            return new DownlinkSession(this);
        }
    }
}
