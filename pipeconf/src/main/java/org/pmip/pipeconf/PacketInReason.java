// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf;

import java.util.Objects;
import java.util.Optional;
import org.onosproject.net.packet.InboundPacket;

/**
 * Why and whence the pipeline has sent a packet up. It travels in the cookie of ONOS's inbound packet. Immutable.
 */
public final class PacketInReason {
    private static final int DOMAIN_SHIFT = 16;
    private static final int MTU_SHIFT = 32;
    private static final long MASK_16 = 0xFFFF;

    private final PuntClass puntClass;
    private final int domain;
    private final int mtu;

    /**
     * Makes a reason.
     *
     * @param puntClass the class of the packet
     * @param domain the routing domain in which it was, 0 to 65535
     * @param mtu for a packet that is too big the largest size in octets that would have passed, else 0
     */
    public PacketInReason(PuntClass puntClass, int domain, int mtu) {
        this.puntClass = Objects.requireNonNull(puntClass);
        this.domain = domain;
        this.mtu = mtu;
    }

    /**
     * Reads the reason of a packet.
     *
     * @param packet a packet-in of ONOS
     * @return the reason, or nothing if the packet does not come from this pipeline
     */
    public static Optional<PacketInReason> of(InboundPacket packet) {
        return packet.cookie().flatMap(PacketInReason::ofCookie);
    }

    static Optional<PacketInReason> ofCookie(long cookie) {
        long code = cookie & MASK_16;
        for (PuntClass puntClass : PuntClass.values()) {
            if (puntClass.code() == code) {
                return Optional.of(new PacketInReason(puntClass, (int) (cookie >>> DOMAIN_SHIFT & MASK_16),
                        (int) (cookie >>> MTU_SHIFT & MASK_16)));
            }
        }
        return Optional.empty();
    }

    long cookie() {
        return puntClass.code() | (long) domain << DOMAIN_SHIFT | (long) mtu << MTU_SHIFT;
    }

    /**
     * Returns the class of the packet.
     *
     * @return the class
     */
    public PuntClass puntClass() {
        return puntClass;
    }

    /**
     * Returns the routing domain in which the packet was.
     *
     * @return 0 (transport) to 65535
     */
    public int domain() {
        return domain;
    }

    /**
     * Returns the largest size that would have passed.
     *
     * @return octets, or 0 for packets that were not too big
     */
    public int mtu() {
        return mtu;
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof PacketInReason && cookie() == ((PacketInReason) object).cookie();
    }

    @Override
    public int hashCode() {
        return Long.hashCode(cookie());
    }

    @Override
    public String toString() {
        return "PacketInReason{puntClass=" + puntClass + ", domain=" + domain + ", mtu=" + mtu + "}";
    }
}
