// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.IpAddress;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * An IP address of ours in a routing domain: LMAA, Proxy-CoA, or a router address. Packets to it end here.
 */
public final class LocalAddress extends Entry {
    private final int domain;
    private final IpAddress address;

    private LocalAddress(Builder builder) {
        super(P4.LocalAddresses.TABLE,
                new Key().exact(P4.LocalAddresses.DOMAIN, builder.domain, P4.LocalAddresses.DOMAIN_BITS)
                        .exact(P4.LocalAddresses.ADDRESS, builder.address),
                Act.of(P4.LocalAddresses.DeliverLocally.ACTION));
        domain = builder.domain;
        address = builder.address;
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
    public static LocalAddress fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.LocalAddresses.TABLE)
                .expect(P4.LocalAddresses.DeliverLocally.ACTION);
        return builder()
                .domain((int) reader.number(P4.LocalAddresses.DOMAIN))
                .address(reader.address(P4.LocalAddresses.ADDRESS))
                .build();
    }

    /**
     * Returns the routing domain.
     *
     * @return 0 (transport) to 65535
     */
    public int domain() {
        return domain;
    }

    /**
     * Returns our address.
     *
     * @return an IPv4 or IPv6 unicast address
     */
    public IpAddress address() {
        return address;
    }

    @Override
    public String toString() {
        return "LocalAddress{domain=" + domain + ", address=" + address + "}";
    }

    /** Builder of {@link LocalAddress}. */
    public static final class Builder {
        private Integer domain;
        private IpAddress address;

        private Builder() {
        }

        /**
         * Sets the routing domain.
         *
         * @param value 0 (transport) to 65535
         * @return this builder
         */
        public Builder domain(int value) {
            domain = value;
            return this;
        }

        /**
         * Sets our address.
         *
         * @param value an IPv4 or IPv6 unicast address
         * @return this builder
         */
        public Builder address(IpAddress value) {
            address = value;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public LocalAddress build() {
            Check.domain(domain);
            Check.unicast("address", address);
            return new LocalAddress(this);
        }
    }
}
