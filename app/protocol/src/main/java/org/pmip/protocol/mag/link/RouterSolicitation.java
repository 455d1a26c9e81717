// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;

/** Router Solicitation (RFC 4861 section 4.1): a node that asks who is there. Immutable. */
public final class RouterSolicitation {

    /** The ICMPv6 type. */
    public static final int TYPE = 133;
    /** All routers of the link. */
    public static final Ip6Address ALL_ROUTERS = Ip6Address.valueOf("ff02::2");
    private static final MacAddress ALL_ROUTERS_MAC = MacAddress.valueOf("33:33:00:00:00:02");
    private static final int FIXED = 8;

    private final Ip6Address source;
    private final Optional<MacAddress> linkLayer;

    private RouterSolicitation(Ip6Address source, Optional<MacAddress> linkLayer) {
        this.source = source;
        this.linkLayer = linkLayer;
    }

    /**
     * Reads a solicitation.
     *
     * @throws DecodeException when it is to be discarded by RFC 4861 section 6.1.1
     */
    public static RouterSolicitation decode(Ipv6Frame frame) throws DecodeException {
        NeighborDiscoveryOptions options = NeighborDiscoveryOptions.read(frame, TYPE, FIXED);
        if (frame.source().isZero() && options.has(NeighborDiscoveryOptions.SOURCE_LINK_LAYER)) {
            throw new DecodeException(Reason.PACKET, FIXED, "a link-layer address without a source address");
        }
        return new RouterSolicitation(frame.source(),
                options.linkLayer(NeighborDiscoveryOptions.SOURCE_LINK_LAYER));
    }

    /** A solicitation as a node sends it: without its link-layer address if it has no address yet. */
    public static Ipv6Frame frame(MacAddress node, Ip6Address source) {
        ByteBuffer message = ByteBuffer.allocate(source.isZero() ? FIXED : FIXED + 8);
        message.put((byte) TYPE).position(FIXED);
        if (!source.isZero()) {
            message.put(NeighborDiscoveryOptions.linkLayer(NeighborDiscoveryOptions.SOURCE_LINK_LAYER, node));
        }
        return Ipv6Frame.icmpv6(node, ALL_ROUTERS_MAC, source, ALL_ROUTERS, message.array());
    }

    /** The node's address on the link; unspecified if it has none yet. */
    public Ip6Address source() {
        return source;
    }

    /** The Source Link-layer Address option. */
    public Optional<MacAddress> linkLayer() {
        return linkLayer;
    }

    @Override
    public String toString() {
        return "RS from " + source + linkLayer.map(mac -> " " + mac).orElse("");
    }
}
