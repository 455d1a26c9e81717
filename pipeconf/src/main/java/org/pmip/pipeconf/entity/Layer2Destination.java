// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * To whom a frame from a bridged link goes: to one session, or, for a group address, to the members of a multicast
 * group of the switch. Frames to others are dropped (NO_NODE).
 */
public final class Layer2Destination extends Entry {
    private static final int DEFAULT_MTU = 1452;
    /** The smallest frame that a group must take, of 1280 octets of IPv6 and the Ethernet header. */
    private static final int MIN_MTU = 1294;

    private final PortNumber port;
    private final int vlanId;
    private final MacAddress mac;
    private final Long sessionId;
    private final Integer group;
    private final int mtu;

    private Layer2Destination(Builder builder) {
        super(P4.Layer2Destinations.TABLE,
                new Key().exact(P4.Layer2Destinations.INGRESS_PORT, builder.port.toLong(),
                                P4.Layer2Destinations.INGRESS_PORT_BITS)
                        .exact(P4.Layer2Destinations.VLAN_ID, builder.vlanId, P4.Layer2Destinations.VLAN_ID_BITS)
                        .exact(P4.Layer2Destinations.MAC, builder.mac),
                action(builder));
        port = builder.port;
        vlanId = builder.vlanId;
        mac = builder.mac;
        sessionId = builder.sessionId;
        group = builder.group;
        mtu = builder.mtu;
    }

    private static Act action(Builder builder) {
        return builder.group == null
                ? Act.of(P4.Layer2Destinations.ToLayer2Session.ACTION)
                        .with(P4.Layer2Destinations.ToLayer2Session.SESSION_ID, builder.sessionId,
                                P4.Layer2Destinations.ToLayer2Session.SESSION_ID_BITS)
                : Act.of(P4.Layer2Destinations.Flood.ACTION)
                        .with(P4.Layer2Destinations.Flood.GROUP, builder.group,
                                P4.Layer2Destinations.Flood.GROUP_BITS)
                        .with(P4.Layer2Destinations.Flood.MTU, builder.mtu, P4.Layer2Destinations.Flood.MTU_BITS);
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
    public static Layer2Destination fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.Layer2Destinations.TABLE);
        Builder builder = builder().port(reader.port(P4.Layer2Destinations.INGRESS_PORT))
                .vlanId((int) reader.number(P4.Layer2Destinations.VLAN_ID))
                .mac(reader.mac(P4.Layer2Destinations.MAC));
        if (reader.does(P4.Layer2Destinations.Flood.ACTION)) {
            return builder.flood((int) reader.number(P4.Layer2Destinations.Flood.GROUP))
                    .mtu((int) reader.number(P4.Layer2Destinations.Flood.MTU)).build();
        }
        reader.expect(P4.Layer2Destinations.ToLayer2Session.ACTION);
        return builder.sessionId(reader.number(P4.Layer2Destinations.ToLayer2Session.SESSION_ID)).build();
    }

    /**
     * Returns the port of the link.
     *
     * @return 1 to 510
     */
    public PortNumber port() {
        return port;
    }

    /**
     * Returns the VLAN.
     *
     * @return 1 to 4094, or 0 for untagged frames
     */
    public int vlanId() {
        return vlanId;
    }

    /**
     * Returns the destination address of the frames.
     *
     * @return a unicast address for a session, a group address for a group
     */
    public MacAddress mac() {
        return mac;
    }

    /**
     * Returns the session.
     *
     * @return 1 to 4294967295, or nothing for a group
     */
    public OptionalLong sessionId() {
        return sessionId == null ? OptionalLong.empty() : OptionalLong.of(sessionId);
    }

    /**
     * Returns the multicast group.
     *
     * @return 1 to 65535, or nothing for a session
     */
    public OptionalInt group() {
        return group == null ? OptionalInt.empty() : OptionalInt.of(group);
    }

    /**
     * Returns the largest frame that is flooded.
     *
     * @return octets, the Ethernet header included
     */
    public int mtu() {
        return mtu;
    }

    @Override
    public String toString() {
        return "Layer2Destination{port=" + port + ", vlanId=" + vlanId + ", mac=" + mac
                + (group == null ? ", sessionId=" + sessionId : ", group=" + group + ", mtu=" + mtu) + "}";
    }

    /** Builder of {@link Layer2Destination}. */
    public static final class Builder {
        private PortNumber port;
        private int vlanId;
        private MacAddress mac;
        private Long sessionId;
        private Integer group;
        private int mtu = DEFAULT_MTU;

        private Builder() {
        }

        /**
         * Sets the port of the link.
         *
         * @param value 1 to 510
         * @return this builder
         */
        public Builder port(PortNumber value) {
            port = value;
            return this;
        }

        /**
         * Sets the VLAN.
         *
         * @param value 1 to 4094, or 0 for untagged frames; default 0
         * @return this builder
         */
        public Builder vlanId(int value) {
            vlanId = value;
            return this;
        }

        /**
         * Sets the destination address of the frames.
         *
         * @param value a unicast address for a session, a group address for a group
         * @return this builder
         */
        public Builder mac(MacAddress value) {
            mac = value;
            return this;
        }

        /**
         * Sets the session to which frames go.
         *
         * @param value 1 to 4294967295
         * @return this builder
         */
        public Builder sessionId(long value) {
            sessionId = value;
            return this;
        }

        /**
         * Sets the multicast group to whose members frames go; each member is an instance, see {@link Layer2Copy}.
         *
         * @param value 1 to 65535
         * @return this builder
         */
        public Builder flood(int value) {
            group = value;
            return this;
        }

        /**
         * Sets the largest frame that is flooded.
         *
         * @param value octets, the Ethernet header included, 1294 to 65535; default 1452
         * @return this builder
         */
        public Builder mtu(int value) {
            mtu = value;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public Layer2Destination build() {
            Check.port("port", port);
            Check.vlan(vlanId);
            Check.present("mac", mac);
            if (group == null) {
                Check.station("mac", mac);
                Check.id("sessionId (or flood())", sessionId);
            } else {
                Check.absent("sessionId", sessionId, "flood()");
                Check.range("flood() group", group, 1, Check.MAX_16);
                Check.range("mtu (octets, Ethernet header included)", mtu, MIN_MTU, Check.MAX_16);
                if (!mac.isMulticast() && !mac.isBroadcast()) {
                    throw new IllegalArgumentException(
                            "mac " + mac + " is a station's; give a group address to flood()");
                }
            }
            return new Layer2Destination(this);
        }
    }
}
