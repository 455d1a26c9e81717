// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.IpAddress;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRule;
import org.pmip.pipeconf.generated.P4;

/**
 * A GRE key whose packets carry whole frames of one session: from which tunnel they must come, and out of which port
 * the frames go as they are. The counter counts all packets with the key. Other keys are dropped (UNKNOWN_KEY).
 */
public final class Layer2Tunnel extends Entry {
    private final IpAddress localAddress;
    private final long key;
    private final long sessionId;
    private final long tunnelId;
    private final PortNumber port;
    private final boolean checkStation;

    private Layer2Tunnel(Builder builder) {
        super(P4.Layer2Tunnels.TABLE,
                new Key().exact(P4.Layer2Tunnels.LOCAL_ADDRESS, builder.localAddress)
                        .exact(P4.Layer2Tunnels.KEY, builder.key, P4.Layer2Tunnels.KEY_BITS),
                Act.of(P4.Layer2Tunnels.EndLayer2Tunnel.ACTION)
                        .with(P4.Layer2Tunnels.EndLayer2Tunnel.SESSION_ID, builder.sessionId,
                                P4.Layer2Tunnels.EndLayer2Tunnel.SESSION_ID_BITS)
                        .with(P4.Layer2Tunnels.EndLayer2Tunnel.TUNNEL_ID, builder.tunnelId,
                                P4.Layer2Tunnels.EndLayer2Tunnel.TUNNEL_ID_BITS)
                        .with(P4.Layer2Tunnels.EndLayer2Tunnel.PORT, builder.port.toLong(),
                                P4.Layer2Tunnels.EndLayer2Tunnel.PORT_BITS)
                        .with(P4.Layer2Tunnels.EndLayer2Tunnel.CHECK_STATION, builder.checkStation ? 1 : 0,
                                P4.Layer2Tunnels.EndLayer2Tunnel.CHECK_STATION_BITS));
        localAddress = builder.localAddress;
        key = builder.key;
        sessionId = builder.sessionId;
        tunnelId = builder.tunnelId;
        port = builder.port;
        checkStation = builder.checkStation;
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
    public static Layer2Tunnel fromFlowRule(FlowRule rule) {
        RuleReader reader = new RuleReader(rule, P4.Layer2Tunnels.TABLE)
                .expect(P4.Layer2Tunnels.EndLayer2Tunnel.ACTION);
        return builder()
                .localAddress(reader.address(P4.Layer2Tunnels.LOCAL_ADDRESS))
                .key(reader.number(P4.Layer2Tunnels.KEY))
                .sessionId(reader.number(P4.Layer2Tunnels.EndLayer2Tunnel.SESSION_ID))
                .tunnelId(reader.number(P4.Layer2Tunnels.EndLayer2Tunnel.TUNNEL_ID))
                .port(reader.port(P4.Layer2Tunnels.EndLayer2Tunnel.PORT))
                .checkStation(reader.number(P4.Layer2Tunnels.EndLayer2Tunnel.CHECK_STATION) == 1)
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
     * Returns the session.
     *
     * @return 1 to 4294967295
     */
    public long sessionId() {
        return sessionId;
    }

    /**
     * Returns the tunnel of the peer.
     *
     * @return 1 to 4294967295
     */
    public long tunnelId() {
        return tunnelId;
    }

    /**
     * Returns the port.
     *
     * @return 1 to 510
     */
    public PortNumber port() {
        return port;
    }

    /**
     * Returns whether frames must come from a station of the session.
     *
     * @return true at the home agent, see {@link Layer2Station}
     */
    public boolean checkStation() {
        return checkStation;
    }

    @Override
    public String toString() {
        return "Layer2Tunnel{localAddress=" + localAddress + ", key=" + key + ", sessionId=" + sessionId
                + ", tunnelId=" + tunnelId + ", port=" + port + ", checkStation=" + checkStation + "}";
    }

    /** Builder of {@link Layer2Tunnel}. */
    public static final class Builder {
        private IpAddress localAddress;
        private Long key;
        private Long sessionId;
        private Long tunnelId;
        private PortNumber port;
        private boolean checkStation;

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
         * Sets the tunnel of the peer.
         *
         * @param value 1 to 4294967295
         * @return this builder
         */
        public Builder tunnelId(long value) {
            tunnelId = value;
            return this;
        }

        /**
         * Sets the port.
         *
         * @param value 1 to 510
         * @return this builder
         */
        public Builder port(PortNumber value) {
            port = value;
            return this;
        }

        /**
         * Sets whether frames must come from a station of the session.
         *
         * @param value true at the home agent, see {@link Layer2Station}; default false
         * @return this builder
         */
        public Builder checkStation(boolean value) {
            checkStation = value;
            return this;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public Layer2Tunnel build() {
            Check.unicast("localAddress", localAddress);
            Check.range("key", key, 0, Check.MAX_32);
            Check.id("sessionId", sessionId);
            Check.id("tunnelId", tunnelId);
            Check.port("port", port);
            return new Layer2Tunnel(this);
        }
    }
}
