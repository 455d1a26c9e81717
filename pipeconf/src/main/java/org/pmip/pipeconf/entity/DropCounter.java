// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import com.google.common.collect.Sets;
import java.util.Set;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.DropReason;
import org.pmip.pipeconf.generated.P4;

/**
 * The entry that counts the packets dropped for one reason. Packets are dropped for a reason without an entry as well,
 * uncounted.
 */
public final class DropCounter extends Entry {
    private static final Set<DropReason> REPORTABLE = Sets.immutableEnumSet(DropReason.NO_BINDING,
            DropReason.HOP_LIMIT, DropReason.TOO_BIG, DropReason.NO_ROUTE, DropReason.UNKNOWN_NODE,
            DropReason.UNKNOWN_STATION);

    private final DropReason reason;
    private final boolean report;

    private DropCounter(Builder builder) {
        super(P4.Drops.TABLE,
                new Key().exact(P4.Drops.REASON, builder.reason.code(), P4.Drops.REASON_BITS),
                Act.of(builder.report ? P4.Drops.Report.ACTION : P4.Drops.Discard.ACTION));
        reason = builder.reason;
        report = builder.report;
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
        RuleReader reader = new RuleReader(rule, P4.Drops.TABLE);
        Builder builder = builder().reason(DropReason.of(reader.number(P4.Drops.REASON)));
        if (reader.does(P4.Drops.Report.ACTION)) {
            return builder.report().build();
        }
        reader.expect(P4.Drops.Discard.ACTION);
        return builder.build();
    }

    /**
     * Returns the reason.
     *
     * @return why packets are dropped
     */
    public DropReason reason() {
        return reason;
    }

    /**
     * Returns whether dropped packets are shown to the controller.
     *
     * @return true if they are, within the rate of their class
     */
    public boolean report() {
        return report;
    }

    @Override
    public String toString() {
        return "DropCounter{reason=" + reason + (report ? ", report" : "") + "}";
    }

    /** Builder of {@link DropCounter}. */
    public static final class Builder {
        private DropReason reason;
        private boolean report;

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
         * Shows the dropped packets to the controller, so that it can tell their senders: TOO_BIG, HOP_LIMIT, and
         * NO_ROUTE and NO_BINDING, the last two as class UNREACHABLE; or so that it learns of a node or a
         * station, UNKNOWN_NODE and UNKNOWN_STATION as class STATION. Limit the class's rate first.
         *
         * @return this builder
         */
        public Builder report() {
            report = true;
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
            if (report && !REPORTABLE.contains(reason)) {
                throw new IllegalArgumentException("report() has no place beside reason " + reason
                        + "; leave it out, or give one of " + REPORTABLE);
            }
            return new DropCounter(this);
        }
    }
}
