// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import com.google.common.collect.ImmutableBiMap;
import java.util.Optional;
import org.onosproject.net.pi.model.PiActionId;
import org.onosproject.net.pi.model.PiMatchFieldId;
import org.onosproject.net.pi.model.PiTableId;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.generated.P4;

/** How packets of a session are encapsulated where a tunnel begins, or what else becomes of them. */
public abstract class SessionEncapsulation extends Entry {
    /** Both tables have the same actions for that, and the parameters bear the same names in all of them. */
    private static final ImmutableBiMap<Encapsulation, PiActionId> ACTIONS =
            ImmutableBiMap.<Encapsulation, PiActionId>builder()
                    .put(Encapsulation.IP, P4.DownlinkSessions.EncapsulateIp.ACTION)
                    .put(Encapsulation.GRE, P4.DownlinkSessions.EncapsulateGre.ACTION)
                    .put(Encapsulation.GRE_KEY, P4.DownlinkSessions.EncapsulateGreKey.ACTION)
                    .put(Encapsulation.UDP, P4.DownlinkSessions.EncapsulateUdp.ACTION)
                    .put(Encapsulation.UDP_TLV_GRE, P4.DownlinkSessions.EncapsulateUdpTlvGre.ACTION)
                    .put(Encapsulation.UDP_TLV_GRE_KEY, P4.DownlinkSessions.EncapsulateUdpTlvGreKey.ACTION)
                    .put(Encapsulation.ETHERNET_GRE_KEY, P4.DownlinkSessions.EncapsulateEthernetGreKey.ACTION)
                    .build();

    private final long sessionId;
    private final Encapsulation encapsulation;
    private final long tunnelId;
    private final long key;
    private final PiActionId instead;

    SessionEncapsulation(PiTableId table, PiMatchFieldId field, int fieldBits, Builder<?, ?> builder) {
        super(table, new Key().exact(field, builder.sessionId, fieldBits), action(builder));
        sessionId = builder.sessionId;
        encapsulation = builder.encapsulation;
        tunnelId = builder.instead != null ? 0 : builder.tunnelId;
        instead = builder.instead;
        key = builder.key;
    }

    private static Act action(Builder<?, ?> builder) {
        if (builder.instead != null) {
            return Act.of(builder.instead);
        }
        Act action = Act.of(ACTIONS.get(builder.encapsulation)).with(P4.DownlinkSessions.EncapsulateIp.TUNNEL_ID,
                builder.tunnelId, P4.DownlinkSessions.EncapsulateIp.TUNNEL_ID_BITS);
        return builder.encapsulation.hasKey() ? action.with(P4.DownlinkSessions.EncapsulateGreKey.KEY, builder.key,
                P4.DownlinkSessions.EncapsulateGreKey.KEY_BITS) : action;
    }

    /** Reads an entry of either table into its builder. */
    static <E extends SessionEncapsulation> E read(RuleReader reader, PiMatchFieldId field, Builder<?, E> builder) {
        builder.sessionId(reader.number(field));
        if (reader.does(P4.DownlinkSessions.Discard.ACTION)) {
            return builder.discard().build();
        }
        if (builder.reads(reader)) {
            return builder.build();
        }
        Encapsulation encapsulation = ACTIONS.inverse().get(reader.action());
        if (encapsulation == null) {
            throw reader.unknownAction();
        }
        builder.encapsulation(encapsulation).tunnelId(reader.number(P4.DownlinkSessions.EncapsulateIp.TUNNEL_ID));
        if (encapsulation.hasKey()) {
            builder.key(reader.number(P4.DownlinkSessions.EncapsulateGreKey.KEY));
        }
        return builder.build();
    }

    /**
     * Returns the session.
     *
     * @return 1 to 4294967295
     */
    public final long sessionId() {
        return sessionId;
    }

    /**
     * Returns the encapsulation.
     *
     * @return as negotiated; nothing without a tunnel, as while the session ends
     */
    public final Optional<Encapsulation> encapsulation() {
        return Optional.ofNullable(encapsulation);
    }

    /**
     * Returns the tunnel to the other end.
     *
     * @return 1 to 4294967295, or 0 without a tunnel
     */
    public final long tunnelId() {
        return tunnelId;
    }

    /**
     * Returns the key that the other end has assigned.
     *
     * @return 0 to 4294967295; 0 for encapsulations without key
     */
    public final long key() {
        return key;
    }

    /** Whether that action takes the place of an encapsulation. */
    final boolean does(PiActionId action) {
        return action.equals(instead);
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "{sessionId=" + sessionId + (encapsulation == null
                ? ", " + (does(P4.DownlinkSessions.Discard.ACTION) ? "discard" : "plain")
                : ", encapsulation=" + encapsulation + ", tunnelId=" + tunnelId + ", key=" + key) + "}";
    }

    /**
     * Builder of either.
     *
     * @param <B> the builder
     * @param <E> what it makes
     */
    public abstract static class Builder<B extends Builder<B, E>, E extends SessionEncapsulation> {
        private Long sessionId;
        private Encapsulation encapsulation;
        private Long tunnelId;
        private long key;
        private PiActionId instead;
        private String insteadName;

        Builder() {
        }

        /** This builder; there is nothing else that it could be. */
        abstract B self();

        /** Makes the entity of values that have been checked. */
        abstract E make();

        /**
         * Sets the session.
         *
         * @param value 1 to 4294967295
         * @return this builder
         */
        public final B sessionId(long value) {
            sessionId = value;
            return self();
        }

        /**
         * Sets the encapsulation.
         *
         * @param value as negotiated
         * @return this builder
         */
        public final B encapsulation(Encapsulation value) {
            encapsulation = value;
            return self();
        }

        /**
         * Sets the tunnel to the other end.
         *
         * @param value 1 to 4294967295
         * @return this builder
         */
        public final B tunnelId(long value) {
            tunnelId = value;
            return self();
        }

        /**
         * Sets the key that the other end has assigned.
         *
         * @param value 0 to 4294967295; 0 for encapsulations without key; default 0
         * @return this builder
         */
        public final B key(long value) {
            key = value;
            return self();
        }

        /**
         * Drops the packets, as when the session has ended or is about to.
         *
         * @return this builder
         */
        public final B discard() {
            return instead(P4.DownlinkSessions.Discard.ACTION, "discard()");
        }

        /** Takes an action in place of an encapsulation. */
        final B instead(PiActionId action, String name) {
            if (instead != null && !instead.equals(action)) {
                throw new IllegalArgumentException(name + " and " + insteadName + ": use one of them");
            }
            instead = action;
            insteadName = name;
            return self();
        }

        /** Takes an action that only one of the tables has, if a rule has it. */
        boolean reads(RuleReader reader) {
            return false;
        }

        /**
         * Makes the entity.
         *
         * @return the entity
         * @throws IllegalArgumentException if a value is missing or out of range
         */
        public final E build() {
            Check.id("sessionId", sessionId);
            if (instead != null) {
                Check.absent("encapsulation", encapsulation, insteadName);
                Check.absent("tunnelId", tunnelId, insteadName);
                Check.absent("key", key == 0 ? null : key, insteadName);
            } else {
                Check.present("encapsulation (or discard())", encapsulation);
                Check.id("tunnelId", tunnelId);
                Check.key(encapsulation, key);
            }
            return make();
        }
    }
}
