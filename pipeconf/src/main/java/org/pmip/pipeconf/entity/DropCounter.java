// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.DropReason;
import org.pmip.pipeconf.generated.P4;

/**
 * The entry that counts the packets dropped for one reason. Packets are dropped for a reason without an entry as well,
 * uncounted.
 */
public final class DropCounter extends Entry {
    private final DropReason reason;

    private DropCounter(Builder builder) {
        super(P4.Drops.TABLE,
                new Key().exact(P4.Drops.REASON, builder.reason.code(), P4.Drops.REASON_BITS),
                Act.of(P4.Drops.Discard.ACTION));
        reason = builder.reason;
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
    public static DropCounter fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.Drops.TABLE).expect(P4.Drops.Discard.ACTION);
        return builder()
                .reason(DropReason.of(reader.number(P4.Drops.REASON)))
                .build();
    }

    /**
     * Returns the reason.
     *
     * @return why packets are dropped
     */
    public DropReason reason() {
        return reason;
    }

    @Override
    public String toString() {
        return "DropCounter{reason=" + reason + "}";
    }

    /** Builder of {@link DropCounter}. */
    public static final class Builder {
        private DropReason reason;

        private Builder() {
        }

        /**
         * Sets the reason.
         *
         * @param value why packets are dropped
         * @return this builder
         */
        public Builder reason(DropReason value) {
            reason = value;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public DropCounter build() {
            Check.present("reason", reason);
            return new DropCounter(this);
        }
    }
}
