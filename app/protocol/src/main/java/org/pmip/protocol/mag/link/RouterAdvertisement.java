// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;

/** Router Advertisement (RFC 4861 section 4.2) to one mobile node. Immutable. */
public final class RouterAdvertisement {

    /** The ICMPv6 type. */
    public static final int TYPE = 134;
    /** All nodes of the link: where an advertisement goes whose node has no address yet. */
    public static final Ip6Address ALL_NODES = Ip6Address.valueOf("ff02::1");
    /** Least MTU of IPv6. */
    public static final int LEAST_MTU = 1280;

    private static final int FIXED = 16;
    private static final int HOP_LIMIT = 64;
    private static final int MANAGED = 0x80;
    private static final int OTHER = 0x40;
    private static final int OPTION = 8;
    private static final int GREATEST_LIFETIME = 9_000;

    private final boolean managed;
    private final boolean other;
    private final int routerLifetime;
    private final OptionalInt mtu;
    private final List<PrefixInformation> prefixes;

    /**
     * Makes an advertisement.
     *
     * @param managed whether addresses are had by DHCPv6
     * @param other whether other things are had by DHCPv6
     * @param routerLifetime seconds, 0 to 9000
     * @param mtu the MTU of the link, at least 1280
     * @param prefixes the node's prefixes, and those that are withdrawn
     */
    public RouterAdvertisement(boolean managed, boolean other, int routerLifetime, OptionalInt mtu,
                               List<PrefixInformation> prefixes) {
        if (routerLifetime < 0 || routerLifetime > GREATEST_LIFETIME) {
            throw new IllegalArgumentException("routerLifetime is " + routerLifetime + ": use 0 to 9000");
        }
        if (mtu.isPresent() && mtu.getAsInt() < LEAST_MTU) {
            throw new IllegalArgumentException("mtu is " + mtu.getAsInt() + ": use 1280 or more");
        }
        this.managed = managed;
        this.other = other;
        this.routerLifetime = routerLifetime;
        this.mtu = mtu;
        this.prefixes = List.copyOf(prefixes);
    }

    /**
     * Reads an advertisement as a node would.
     *
     * @throws DecodeException when it is to be discarded by RFC 4861 section 6.1.2
     */
    public static RouterAdvertisement decode(Ipv6Frame frame) throws DecodeException {
        NeighborDiscoveryOptions options = NeighborDiscoveryOptions.read(frame, TYPE, FIXED);
        if (!frame.source().isLinkLocal()) {
            throw new DecodeException(Reason.PACKET, 0, "a router's source address is link-local");
        }
        ByteBuffer message = ByteBuffer.wrap(frame.payload());
        int flags = message.get(5) & 0xff;
        List<PrefixInformation> prefixes = new ArrayList<>();
        options.all(NeighborDiscoveryOptions.PREFIX_INFORMATION, PrefixInformation.LENGTH)
                .forEach(option -> prefixes.add(PrefixInformation.read(option)));
        Optional<Integer> mtu = options.all(NeighborDiscoveryOptions.MTU, OPTION).stream().findFirst()
                .map(option -> option.getInt(4)).filter(value -> value >= LEAST_MTU);
        return new RouterAdvertisement((flags & MANAGED) != 0, (flags & OTHER) != 0,
                Math.min(message.getShort(6) & 0xffff, GREATEST_LIFETIME),
                mtu.map(OptionalInt::of).orElse(OptionalInt.empty()), prefixes);
    }

    /**
     * The frame that carries it.
     *
     * @param router the gateway's link-layer address, the same on every access link of the domain
     * @param source the gateway's link-local address
     * @param node the mobile node's link-layer address: nobody else gets it, even if the packet is for all nodes
     * @param destination the mobile node's link-local address, or {@link #ALL_NODES} while it has none
     */
    public Ipv6Frame frame(MacAddress router, Ip6Address source, MacAddress node, Ip6Address destination) {
        ByteBuffer out = ByteBuffer.allocate(FIXED + OPTION + (mtu.isPresent() ? OPTION : 0)
                + prefixes.size() * PrefixInformation.LENGTH);
        out.put((byte) TYPE).put((byte) 0).putShort((short) 0).put((byte) HOP_LIMIT)
                .put((byte) ((managed ? MANAGED : 0) | (other ? OTHER : 0))).putShort((short) routerLifetime)
                .putInt(0).putInt(0);
        out.put(NeighborDiscoveryOptions.linkLayer(NeighborDiscoveryOptions.SOURCE_LINK_LAYER, router));
        mtu.ifPresent(value ->
                out.put((byte) NeighborDiscoveryOptions.MTU).put((byte) 1).putShort((short) 0).putInt(value));
        prefixes.forEach(prefix -> prefix.write(out));
        return Ipv6Frame.icmpv6(router, node, source, destination, out.array());
    }

    /** Whether addresses are had by DHCPv6. */
    public boolean managed() {
        return managed;
    }

    /** Whether other things are had by DHCPv6. */
    public boolean other() {
        return other;
    }

    /** Seconds for which the gateway is a default router. */
    public int routerLifetime() {
        return routerLifetime;
    }

    /** The MTU of the link. */
    public OptionalInt mtu() {
        return mtu;
    }

    /** The prefixes. */
    public List<PrefixInformation> prefixes() {
        return prefixes;
    }

    @Override
    public boolean equals(Object that) {
        return that instanceof RouterAdvertisement && managed == ((RouterAdvertisement) that).managed
                && other == ((RouterAdvertisement) that).other
                && routerLifetime == ((RouterAdvertisement) that).routerLifetime
                && mtu.equals(((RouterAdvertisement) that).mtu)
                && prefixes.equals(((RouterAdvertisement) that).prefixes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(managed, other, routerLifetime, mtu, prefixes);
    }

    @Override
    public String toString() {
        return "RA " + (managed ? "M" : "") + (other ? "O" : "") + " router " + routerLifetime + "s mtu " + mtu + " "
                + prefixes;
    }
}
