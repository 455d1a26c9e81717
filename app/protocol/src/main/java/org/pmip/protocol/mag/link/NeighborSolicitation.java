// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;

/**
 * Neighbor Solicitation (RFC 4861 section 4.3): from a node that looks for its router or tests an address, or to a node
 * to find out whether it is still there. Immutable.
 */
public final class NeighborSolicitation {

    /** The ICMPv6 type. */
    public static final int TYPE = 135;
    private static final int FIXED = 24;

    private final Ip6Address source;
    private final Ip6Address target;
    private final Optional<MacAddress> linkLayer;

    private NeighborSolicitation(Ip6Address source, Ip6Address target, Optional<MacAddress> linkLayer) {
        this.source = source;
        this.target = target;
        this.linkLayer = linkLayer;
    }

    /**
     * Reads a solicitation.
     *
     * @throws DecodeException when it is to be discarded by RFC 4861 section 7.1.1
     */
    public static NeighborSolicitation decode(Ipv6Frame frame) throws DecodeException {
        NeighborDiscoveryOptions options = NeighborDiscoveryOptions.read(frame, TYPE, FIXED);
        Ip6Address target = Ip6Address.valueOf(Arrays.copyOfRange(frame.payload(), 8, FIXED));
        if (target.isMulticast()) {
            throw new DecodeException(Reason.PACKET, 8, "the target is multicast");
        }
        boolean tests = frame.source().isZero();
        if (tests && (options.has(NeighborDiscoveryOptions.SOURCE_LINK_LAYER)
                || !frame.destination().equals(solicitedNode(target)))) {
            throw new DecodeException(Reason.PACKET, 8, "no proper Duplicate Address Detection");
        }
        return new NeighborSolicitation(frame.source(), target,
                options.linkLayer(NeighborDiscoveryOptions.SOURCE_LINK_LAYER));
    }

    /** A probe whether a neighbour is still there, sent to itself (RFC 4861 section 7.3). */
    public static Ipv6Frame probe(MacAddress sender, Ip6Address source, MacAddress node, Ip6Address target) {
        return Ipv6Frame.icmpv6(sender, node, source, target, message(target, Optional.of(sender)));
    }

    /** A solicitation to the group of its target; without source address it is Duplicate Address Detection. */
    public static Ipv6Frame multicast(MacAddress sender, Ip6Address source, Ip6Address target) {
        Ip6Address group = solicitedNode(target);
        byte[] octets = group.toOctets();
        MacAddress mac = MacAddress.valueOf(new byte[] {0x33, 0x33, octets[12], octets[13], octets[14], octets[15]});
        return Ipv6Frame.icmpv6(sender, mac, source, group,
                message(target, source.isZero() ? Optional.empty() : Optional.of(sender)));
    }

    private static byte[] message(Ip6Address target, Optional<MacAddress> sender) {
        ByteBuffer out = ByteBuffer.allocate(FIXED + (sender.isPresent() ? 8 : 0));
        out.put((byte) TYPE).position(8);
        out.put(target.toOctets());
        sender.ifPresent(mac ->
                out.put(NeighborDiscoveryOptions.linkLayer(NeighborDiscoveryOptions.SOURCE_LINK_LAYER, mac)));
        return out.array();
    }

    /** The group that all owners of an address listen to (RFC 4291 section 2.7.1). */
    public static Ip6Address solicitedNode(Ip6Address target) {
        byte[] group = Ip6Address.valueOf("ff02::1:ff00:0").toOctets();
        System.arraycopy(target.toOctets(), 13, group, 13, 3);
        return Ip6Address.valueOf(group);
    }

    /** The sender's address; unspecified while it tests the target. */
    public Ip6Address source() {
        return source;
    }

    /** The address that is looked for. */
    public Ip6Address target() {
        return target;
    }

    /** The Source Link-layer Address option. */
    public Optional<MacAddress> linkLayer() {
        return linkLayer;
    }

    /** Whether it is Duplicate Address Detection: the sender means to have the target (draft-10 section 6.8). */
    public boolean testsAddress() {
        return source.isZero();
    }

    @Override
    public String toString() {
        return "NS from " + source + " for " + target;
    }
}
