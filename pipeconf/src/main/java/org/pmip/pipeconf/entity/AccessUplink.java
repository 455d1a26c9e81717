// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import com.google.common.collect.ImmutableBiMap;
import java.util.Optional;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.pi.model.PiActionId;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.generated.P4;

/**
 * How packets of a mobile node are encapsulated at its gateway, or that they are dropped because the session ends
 * (SESSION_ENDING). The counter counts the packets of the mobile node, in octets as received; it includes those that
 * are then dropped as too big or for want of a route.
 */
public final class AccessUplink extends Entry {
    /** The parameters bear the same names in all of them. */
    private static final ImmutableBiMap<Encapsulation, PiActionId> ACTIONS =
            ImmutableBiMap.<Encapsulation, PiActionId>builder()
                    .put(Encapsulation.IP, P4.AccessUplinks.EncapsulateIp.ACTION)
                    .put(Encapsulation.GRE, P4.AccessUplinks.EncapsulateGre.ACTION)
                    .put(Encapsulation.GRE_KEY, P4.AccessUplinks.EncapsulateGreKey.ACTION)
                    .put(Encapsulation.UDP, P4.AccessUplinks.EncapsulateUdp.ACTION)
                    .put(Encapsulation.UDP_TLV_GRE, P4.AccessUplinks.EncapsulateUdpTlvGre.ACTION)
                    .put(Encapsulation.UDP_TLV_GRE_KEY, P4.AccessUplinks.EncapsulateUdpTlvGreKey.ACTION)
                    .put(Encapsulation.ETHERNET_GRE_KEY, P4.AccessUplinks.EncapsulateEthernetGreKey.ACTION)
                    .build();

    private final long sessionId;
    private final Encapsulation encapsulation;
    private final long tunnelId;
    private final long key;

    private AccessUplink(Builder builder) {
        super(P4.AccessUplinks.TABLE,
                new Key().exact(P4.AccessUplinks.SESSION_ID, builder.sessionId,
                        P4.AccessUplinks.SESSION_ID_BITS),
                action(builder));
        sessionId = builder.sessionId;
        encapsulation = builder.encapsulation;
        tunnelId = builder.discard ? 0 : builder.tunnelId;
        key = builder.key;
    }

    private static Act action(Builder builder) {
        if (builder.discard) {
            return Act.of(P4.AccessUplinks.Discard.ACTION);
        }
        Act action = Act.of(ACTIONS.get(builder.encapsulation)).with(P4.AccessUplinks.EncapsulateIp.TUNNEL_ID,
                builder.tunnelId, P4.AccessUplinks.EncapsulateIp.TUNNEL_ID_BITS);
        return builder.encapsulation.hasKey() ? action.with(P4.AccessUplinks.EncapsulateGreKey.KEY, builder.key,
                P4.AccessUplinks.EncapsulateGreKey.KEY_BITS) : action;
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
        RuleReader reader = new RuleReader(rule, P4.AccessUplinks.TABLE);
        Builder builder = builder().sessionId(reader.number(P4.AccessUplinks.SESSION_ID));
        if (reader.does(P4.AccessUplinks.Discard.ACTION)) {
            builder.discard();
        } else {
            Encapsulation encapsulation = ACTIONS.inverse().get(reader.action());
            if (encapsulation == null) {
                throw reader.unknownAction();
            }
            builder.encapsulation(encapsulation)
                    .tunnelId(reader.number(P4.AccessUplinks.EncapsulateIp.TUNNEL_ID));
            if (encapsulation.hasKey()) {
                builder.key(reader.number(P4.AccessUplinks.EncapsulateGreKey.KEY));
            }
        }
        return builder.build();
    }

    /**
     * Returns the session.
     *
     * @return 1 to 4294967295
     */
    public long sessionId() {
        return sessionId;
    }

    /**
     * Returns the encapsulation.
     *
     * @return as negotiated, or nothing while the session ends
     */
    public Optional<Encapsulation> encapsulation() {
        return Optional.ofNullable(encapsulation);
    }

    /**
     * Returns the tunnel to the anchor.
     *
     * @return 1 to 4294967295, or 0 while the session ends
     */
    public long tunnelId() {
        return tunnelId;
    }

    /**
     * Returns the uplink key.
     *
     * @return 0 to 4294967295; 0 for encapsulations without key
     */
    public long key() {
        return key;
    }

    @Override
    public String toString() {
        return "AccessUplink{sessionId=" + sessionId + (encapsulation == null ? ", discard"
                : ", encapsulation=" + encapsulation + ", tunnelId=" + tunnelId + ", key=" + key) + "}";
    }

    /** Builder of {@link AccessUplink}. */
    public static final class Builder {
        private Long sessionId;
        private Encapsulation encapsulation;
        private Long tunnelId;
        private long key;
        private boolean discard;

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
         * Sets the encapsulation.
         *
         * @param value as negotiated
         * @return this builder
         */
        public Builder encapsulation(Encapsulation value) {
            encapsulation = value;
            return this;
        }

        /**
         * Sets the tunnel to the anchor.
         *
         * @param value 1 to 4294967295
         * @return this builder
         */
        public Builder tunnelId(long value) {
            tunnelId = value;
            return this;
        }

        /**
         * Sets the uplink key.
         *
         * @param value 0 to 4294967295; 0 for encapsulations without key; default 0
         * @return this builder
         */
        public Builder key(long value) {
            key = value;
            return this;
        }

        /**
         * Drops the packets, as after the anchor has refused or ended the session.
         *
         * @return this builder
         */
        public Builder discard() {
            discard = true;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public AccessUplink build() {
            Check.id("sessionId", sessionId);
            if (discard) {
                Check.absent("encapsulation", encapsulation, "discard()");
                Check.absent("tunnelId", tunnelId, "discard()");
                Check.absent("key", key == 0 ? null : key, "discard()");
            } else {
                Check.present("encapsulation (or discard())", encapsulation);
                Check.id("tunnelId", tunnelId);
                Check.key(encapsulation, key);
            }
            return new AccessUplink(this);
        }
    }
}
