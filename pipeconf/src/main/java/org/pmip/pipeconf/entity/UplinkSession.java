// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * A session as it sends: its counter counts the packets of the mobile node that were accepted and have left, in octets
 * as received, outer headers included. Without it the session's packets are dropped (UNKNOWN_SESSION).
 */
public final class UplinkSession extends Entry {
    private final long sessionId;

    private UplinkSession(Builder builder) {
        super(P4.UplinkSessions.TABLE,
                new Key().exact(P4.UplinkSessions.SESSION_ID, builder.sessionId, P4.UplinkSessions.SESSION_ID_BITS),
                Act.of(P4.UplinkSessions.AcceptPacket.ACTION));
        sessionId = builder.sessionId;
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
    public static UplinkSession fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.UplinkSessions.TABLE)
                .expect(P4.UplinkSessions.AcceptPacket.ACTION);
        return builder()
                .sessionId(reader.number(P4.UplinkSessions.SESSION_ID))
                .build();
    }

    /**
     * Returns the session.
     *
     * @return 1 to 4294967295
     */
    public long sessionId() {
        return sessionId;
    }

    @Override
    public String toString() {
        return "UplinkSession{sessionId=" + sessionId + "}";
    }

    /** Builder of {@link UplinkSession}. */
    public static final class Builder {
        private Long sessionId;

        private Builder() {
        }

        /**
         * Sets the session.
         *
         * @param value 1 to 4294967295
         * @return this builder
         */
        public Builder sessionId(long value) {
            sessionId = value;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public UplinkSession build() {
            Check.id("sessionId", sessionId);
            return new UplinkSession(this);
        }
    }
}
