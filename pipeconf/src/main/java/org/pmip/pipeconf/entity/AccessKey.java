// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.IpAddress;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * A GRE key that the gateway has assigned: it selects the routing domain, which tells apart equal inner addresses of
 * different operators. Packets with other keys are dropped (UNKNOWN_KEY).
 */
public final class AccessKey extends Entry {
    private final IpAddress localAddress;
    private final long key;
    private final int domain;

    private AccessKey(Builder builder) {
        super(P4.AccessKeys.TABLE,
                new Key().exact(P4.AccessKeys.LOCAL_ADDRESS, builder.localAddress)
                        .exact(P4.AccessKeys.KEY, builder.key, P4.AccessKeys.KEY_BITS),
                Act.of(P4.AccessKeys.SelectDomain.ACTION)
                        .with(P4.AccessKeys.SelectDomain.DOMAIN, builder.domain,
                                P4.AccessKeys.SelectDomain.DOMAIN_BITS));
        localAddress = builder.localAddress;
        key = builder.key;
        domain = builder.domain;
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
    public static AccessKey fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.AccessKeys.TABLE).expect(P4.AccessKeys.SelectDomain.ACTION);
        return builder()
                .localAddress(reader.address(P4.AccessKeys.LOCAL_ADDRESS))
                .key(reader.number(P4.AccessKeys.KEY))
                .domain((int) reader.number(P4.AccessKeys.SelectDomain.DOMAIN))
                .build();
    }

    /**
     * Returns our address.
     *
     * @return to which packets with the key are sent
     */
    public IpAddress localAddress() {
        return localAddress;
    }

    /**
     * Returns the key.
     *
     * @return 0 to 4294967295
     */
    public long key() {
        return key;
    }

    /**
     * Returns the routing domain of the session.
     *
     * @return 0 (transport) to 65535
     */
    public int domain() {
        return domain;
    }

    @Override
    public String toString() {
        return "AccessKey{localAddress=" + localAddress + ", key=" + key + ", domain=" + domain + "}";
    }

    /** Builder of {@link AccessKey}. */
    public static final class Builder {
        private IpAddress localAddress;
        private Long key;
        private Integer domain;

        private Builder() {
        }

        /**
         * Sets our address.
         *
         * @param value to which packets with the key are sent
         * @return this builder
         */
        public Builder localAddress(IpAddress value) {
            localAddress = value;
            return this;
        }

        /**
         * Sets the key.
         *
         * @param value 0 to 4294967295
         * @return this builder
         */
        public Builder key(long value) {
            key = value;
            return this;
        }

        /**
         * Sets the routing domain of the session.
         *
         * @param value 0 (transport) to 65535
         * @return this builder
         */
        public Builder domain(int value) {
            domain = value;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public AccessKey build() {
            Check.unicast("localAddress", localAddress);
            Check.range("key", key, 0, Check.MAX_32);
            Check.domain(domain);
            return new AccessKey(this);
        }
    }
}
