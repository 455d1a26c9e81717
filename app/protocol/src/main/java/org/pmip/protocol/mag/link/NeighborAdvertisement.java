// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;

/** Neighbor Advertisement (RFC 4861 section 4.4): the answer to a solicitation. Immutable. */
public final class NeighborAdvertisement {

    /** The ICMPv6 type. */
    public static final int TYPE = 136;
    private static final MacAddress ALL_NODES_MAC = MacAddress.valueOf("33:33:00:00:00:01");
    private static final int FIXED = 24;
    private static final int ROUTER = 0x80;
    private static final int SOLICITED = 0x40;
    private static final int OVERRIDE = 0x20;

    private final Ip6Address target;
    private final boolean router;
    private final boolean solicited;
    private final Optional<MacAddress> linkLayer;

    private NeighborAdvertisement(Ip6Address target, boolean router, boolean solicited,
                                  Optional<MacAddress> linkLayer) {
        this.target = target;
        this.router = router;
        this.solicited = solicited;
        this.linkLayer = linkLayer;
    }

    /**
     * Reads an advertisement.
     *
     * @throws DecodeException when it is to be discarded by RFC 4861 section 7.1.2
     */
    public static NeighborAdvertisement decode(Ipv6Frame frame) throws DecodeException {
        NeighborDiscoveryOptions options = NeighborDiscoveryOptions.read(frame, TYPE, FIXED);
        byte[] message = frame.payload();
        Ip6Address target = Ip6Address.valueOf(Arrays.copyOfRange(message, 8, FIXED));
        boolean solicited = (message[4] & SOLICITED) != 0;
        if (target.isMulticast() || solicited && frame.destination().isMulticast()) {
            throw new DecodeException(Reason.PACKET, 8, "a multicast target, or a solicited answer to a group");
        }
        return new NeighborAdvertisement(target, (message[4] & ROUTER) != 0, solicited,
                options.linkLayer(NeighborDiscoveryOptions.TARGET_LINK_LAYER));
    }

    /**
     * The answer of the owner of a target, to the sender of a solicitation, or to all nodes if that has no address yet
     * (RFC 4861 section 7.2.4).
     *
     * @param owner the link-layer address that the target has
     * @param isRouter whether the owner is a router
     * @param asked the solicitation
     * @param asker the link-layer address that the solicitation came from
     */
    public static Ipv6Frame answer(MacAddress owner, boolean isRouter, NeighborSolicitation asked,
                                   MacAddress asker) {
        boolean toAll = asked.testsAddress();
        int flags = (isRouter ? ROUTER : 0) | (toAll ? 0 : SOLICITED) | OVERRIDE;
        ByteBuffer out = ByteBuffer.allocate(FIXED + 8);
        out.put((byte) TYPE).put((byte) 0).putShort((short) 0).putInt(flags << 24).put(asked.target().toOctets())
                .put(NeighborDiscoveryOptions.linkLayer(NeighborDiscoveryOptions.TARGET_LINK_LAYER, owner));
        return Ipv6Frame.icmpv6(owner, toAll ? ALL_NODES_MAC : asker, asked.target(),
                toAll ? RouterAdvertisement.ALL_NODES : asked.source(), out.array());
    }

    /** The address that is spoken of. */
    public Ip6Address target() {
        return target;
    }

    /** Whether its owner is a router. */
    public boolean router() {
        return router;
    }

    /** Whether it answers a solicitation, which shows that its owner is there. */
    public boolean solicited() {
        return solicited;
    }

    /** The Target Link-layer Address option. */
    public Optional<MacAddress> linkLayer() {
        return linkLayer;
    }

    @Override
    public String toString() {
        return "NA " + target + (router ? " router" : "") + (solicited ? " solicited" : "");
    }
}
