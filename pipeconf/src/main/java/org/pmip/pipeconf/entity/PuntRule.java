// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import java.util.Optional;
import java.util.StringJoiner;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.PuntClass;
import org.pmip.pipeconf.Role;
import org.pmip.pipeconf.generated.P4;

/**
 * Which packets the controller must see, as one class, limited by the class's meter. Fields that are not set match
 * everything. Only frames to a station address of ours or to a group address are looked up; what comes in a group
 * frame is never local.
 */
public final class PuntRule extends Entry {
    private static final int TRUE = 1;
    private static final int FALSE = 0;

    private final Role role;
    private final Integer etherType;
    private final Integer nextHeader;
    private final Boolean toLocal;
    private final Integer mobilityType;
    private final Integer icmpType;
    private final Integer destinationPort;
    private final PuntClass puntClass;

    private PuntRule(Builder builder) {
        super(P4.Punt.TABLE,
                new Key().ternary(P4.Punt.ROLE, builder.role == null ? null : builder.role.code(), P4.Punt.ROLE_BITS)
                        .ternary(P4.Punt.ETHER_TYPE, builder.etherType, P4.Punt.ETHER_TYPE_BITS)
                        .ternary(P4.Punt.NEXT_HEADER, builder.nextHeader, P4.Punt.NEXT_HEADER_BITS)
                        .ternary(P4.Punt.TO_LOCAL, number(builder.toLocal), P4.Punt.TO_LOCAL_BITS)
                        .ternary(P4.Punt.MOBILITY_TYPE, builder.mobilityType, P4.Punt.MOBILITY_TYPE_BITS)
                        .ternary(P4.Punt.ICMP_TYPE, builder.icmpType, P4.Punt.ICMP_TYPE_BITS)
                        .ternary(P4.Punt.DESTINATION_PORT, builder.destinationPort, P4.Punt.DESTINATION_PORT_BITS),
                Act.of(P4.Punt.ToController.ACTION).with(P4.Punt.ToController.PUNT_CLASS, builder.puntClass.code(),
                        P4.Punt.ToController.PUNT_CLASS_BITS),
                builder.priority);
        role = builder.role;
        etherType = builder.etherType;
        nextHeader = builder.nextHeader;
        toLocal = builder.toLocal;
        mobilityType = builder.mobilityType;
        icmpType = builder.icmpType;
        destinationPort = builder.destinationPort;
        puntClass = builder.puntClass;
    }

    private static Integer number(Boolean value) {
        if (value == null) {
            return null;
        }
        return value ? TRUE : FALSE;
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
    public static PuntRule fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.Punt.TABLE).expect(P4.Punt.ToController.ACTION);
        Builder builder = builder().priority(reader.priority())
                .puntClass(PuntClass.of(reader.number(P4.Punt.ToController.PUNT_CLASS)));
        reader.ternary(P4.Punt.ROLE).map(Role::of).ifPresent(builder::role);
        reader.ternary(P4.Punt.ETHER_TYPE).ifPresent(builder::etherType);
        reader.ternary(P4.Punt.NEXT_HEADER).ifPresent(builder::nextHeader);
        reader.ternary(P4.Punt.TO_LOCAL).ifPresent(value -> builder.toLocal(value == TRUE));
        reader.ternary(P4.Punt.MOBILITY_TYPE).ifPresent(builder::mobilityType);
        reader.ternary(P4.Punt.ICMP_TYPE).ifPresent(builder::icmpType);
        reader.ternary(P4.Punt.DESTINATION_PORT).ifPresent(builder::destinationPort);
        return builder.build();
    }

    /**
     * Returns the class of the packets.
     *
     * @return the class
     */
    public PuntClass puntClass() {
        return puntClass;
    }

    /**
     * Returns the role of the interface on which packets match.
     *
     * @return the role, or nothing for any
     */
    public Optional<Role> role() {
        return Optional.ofNullable(role);
    }

    /**
     * Returns the EtherType behind any VLAN tag.
     *
     * @return 0 to 65535, or nothing for any
     */
    public Optional<Integer> etherType() {
        return Optional.ofNullable(etherType);
    }

    /**
     * Returns the protocol behind the IP header and a Destination Options header.
     *
     * @return 0 to 255, or nothing for any
     */
    public Optional<Integer> nextHeader() {
        return Optional.ofNullable(nextHeader);
    }

    /**
     * Returns whether the destination must be an address of ours, or must not.
     *
     * @return true, false, or nothing for any
     */
    public Optional<Boolean> toLocal() {
        return Optional.ofNullable(toLocal);
    }

    /**
     * Returns the MH Type.
     *
     * @return 0 to 255, or nothing for any
     */
    public Optional<Integer> mobilityType() {
        return Optional.ofNullable(mobilityType);
    }

    /**
     * Returns the ICMPv6 type.
     *
     * @return 0 to 255, or nothing for any
     */
    public Optional<Integer> icmpType() {
        return Optional.ofNullable(icmpType);
    }

    /**
     * Returns the UDP or TCP destination port.
     *
     * @return 0 to 65535, or nothing for any
     */
    public Optional<Integer> destinationPort() {
        return Optional.ofNullable(destinationPort);
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "PuntRule{", "}").add("priority=" + priority());
        role().ifPresent(value -> text.add("role=" + value));
        etherType().ifPresent(value -> text.add("etherType=0x" + Integer.toHexString(value)));
        nextHeader().ifPresent(value -> text.add("nextHeader=" + value));
        toLocal().ifPresent(value -> text.add("toLocal=" + value));
        mobilityType().ifPresent(value -> text.add("mobilityType=" + value));
        icmpType().ifPresent(value -> text.add("icmpType=" + value));
        destinationPort().ifPresent(value -> text.add("destinationPort=" + value));
        return text.add("puntClass=" + puntClass).toString();
    }

    /** Builder of {@link PuntRule}. */
    public static final class Builder {
        private Role role;
        private Integer etherType;
        private Integer nextHeader;
        private Boolean toLocal;
        private Integer mobilityType;
        private Integer icmpType;
        private Integer destinationPort;
        private PuntClass puntClass;
        private int priority = PRIORITY;

        private Builder() {
        }

        /**
         * Sets the class of the packets.
         *
         * @param value the class
         * @return this builder
         */
        public Builder puntClass(PuntClass value) {
            puntClass = value;
            return this;
        }

        /**
         * Sets the priority.
         *
         * @param value 1 to 65535, greater wins; default 100
         * @return this builder
         */
        public Builder priority(int value) {
            priority = value;
            return this;
        }

        /**
         * Sets the role of the interface.
         *
         * @param value the role
         * @return this builder
         */
        public Builder role(Role value) {
            role = value;
            return this;
        }

        /**
         * Sets the EtherType behind any VLAN tag.
         *
         * @param value 0 to 65535
         * @return this builder
         */
        public Builder etherType(int value) {
            etherType = value;
            return this;
        }

        /**
         * Sets the protocol behind the IP header and a Destination Options header.
         *
         * @param value 0 to 255
         * @return this builder
         */
        public Builder nextHeader(int value) {
            nextHeader = value;
            return this;
        }

        /**
         * Sets whether the destination must be an address of ours.
         *
         * @param value true if it must, false if it must not
         * @return this builder
         */
        public Builder toLocal(boolean value) {
            toLocal = value;
            return this;
        }

        /**
         * Sets the MH Type.
         *
         * @param value 0 to 255
         * @return this builder
         */
        public Builder mobilityType(int value) {
            mobilityType = value;
            return this;
        }

        /**
         * Sets the ICMPv6 type.
         *
         * @param value 0 to 255
         * @return this builder
         */
        public Builder icmpType(int value) {
            icmpType = value;
            return this;
        }

        /**
         * Sets the UDP or TCP destination port.
         *
         * @param value 0 to 65535
         * @return this builder
         */
        public Builder destinationPort(int value) {
            destinationPort = value;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range, or if no field is set
         */
        public PuntRule build() {
            Check.present("puntClass", puntClass);
            Check.range("priority", priority, 1, Check.MAX_16);
            optional("etherType", etherType, Check.MAX_16);
            optional("nextHeader", nextHeader, Check.MAX_8);
            optional("mobilityType", mobilityType, Check.MAX_8);
            optional("icmpType", icmpType, Check.MAX_8);
            optional("destinationPort", destinationPort, Check.MAX_16);
            if (role == null && etherType == null && nextHeader == null && toLocal == null && mobilityType == null
                    && icmpType == null && destinationPort == null) {
                throw new IllegalArgumentException("A rule for every packet is none; set one field at least");
            }
            return new PuntRule(this);
        }

        private static void optional(String field, Integer value, int high) {
            if (value != null) {
                Check.range(field, value, 0, high);
            }
        }
    }
}
