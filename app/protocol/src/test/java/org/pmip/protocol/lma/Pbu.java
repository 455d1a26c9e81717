// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.AlternateCareOfAddress;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4CareOfAddress;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.Timestamp;

/**
 * A Proxy Binding Update in the making: a first attachment (HI 1, all-zero prefix, IEEE 802.11, timestamp of now)
 * unless told otherwise.
 */
final class Pbu {

    private final Domain domain;
    private final IpAddress gateway;
    private IpAddress source;
    private int port = 5436;
    private final List<MobilityOption> options = new ArrayList<>();
    private int flags = BindingUpdate.A | BindingUpdate.H | BindingUpdate.P;
    private int sequence;
    private int lifetime = 100;

    Pbu(Domain domain, IpAddress gateway, String node) {
        this.domain = domain;
        this.gateway = gateway;
        source = gateway;
        sequence = domain.nextSequence();
        with(MobileNodeIdentifier.ofNai(node));
        with(HomeNetworkPrefix.allZero());
        with(HandoffIndicator.of(HandoffIndicator.NEW_INTERFACE));
        with(AccessTechnologyType.of(AccessTechnologyType.WLAN));
        with(Timestamp.of(domain.wall()));
    }

    /** Adds an option, in place of the one of its kind. */
    Pbu with(MobilityOption option) {
        without(option.getClass());
        options.add(option);
        return this;
    }

    /** Adds an option to those of its kind. */
    Pbu and(MobilityOption option) {
        options.add(option);
        return this;
    }

    Pbu without(Class<? extends MobilityOption> kind) {
        options.removeIf(kind::isInstance);
        return this;
    }

    Pbu handoff(int value) {
        return with(HandoffIndicator.of(value));
    }

    Pbu technology(int value) {
        return with(AccessTechnologyType.of(value));
    }

    Pbu prefix(Ip6Prefix... prefixes) {
        without(HomeNetworkPrefix.class);
        for (Ip6Prefix prefix : prefixes) {
            and(HomeNetworkPrefix.of(prefix));
        }
        return this;
    }

    /** Asks for an IPv4 home address; 0.0.0.0 for any. */
    Pbu ipv4(String address) {
        return with(Ipv4HomeAddressRequest.of(0, Ip4Address.valueOf(address)));
    }

    /** Asks for no prefix. */
    Pbu withoutPrefix() {
        return without(HomeNetworkPrefix.class);
    }

    /** The link-layer identifier, in hexadecimal. */
    Pbu identifier(String hex) {
        byte[] octets = new byte[hex.length() / 2];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return with(MobileNodeLinkLayerIdentifier.of(octets));
    }

    Pbu linkLocal(Ip6Address address) {
        return with(LinkLocalAddress.of(address));
    }

    Pbu alternateCareOf(Ip6Address address) {
        return with(AlternateCareOfAddress.of(address));
    }

    /** Over IPv4 from this UDP port. */
    Pbu port(int value) {
        port = value;
        return this;
    }

    /** A translator on the path gives the packet another source; the gateway names its own address in an option. */
    Pbu through(Ip4Address outside, int outsidePort) {
        source = outside;
        return port(outsidePort).with(Ipv4CareOfAddress.of(gateway.getIp4Address()));
    }

    /** Adds flags to A, H and P. */
    Pbu and(int more) {
        return flags(flags | more);
    }

    Pbu gre() {
        return with(GreKey.modeOnly());
    }

    Pbu gre(long key) {
        return with(GreKey.of(key));
    }

    Pbu flags(int value) {
        flags = value;
        return this;
    }

    /** In units of 4 s. */
    Pbu lifetime(int units) {
        lifetime = units;
        return this;
    }

    /** The gateway lets the node go. */
    Pbu deregistration() {
        return lifetime(0).handoff(HandoffIndicator.UNKNOWN);
    }

    /** Ordered by this sequence number, without a timestamp. */
    Pbu sequence(int value) {
        sequence = value;
        return without(Timestamp.class);
    }

    /** A timestamp that is so many milliseconds off the anchor's clock. */
    Pbu clockOff(long millis) {
        return with(Timestamp.of(domain.wall().plusMillis(millis)));
    }

    /** Where its packet comes from. */
    IpAddress source() {
        return source;
    }

    /** UDP source port of its packet, where it has one. */
    int port() {
        return port;
    }

    /** Who sends it. */
    IpAddress gateway() {
        return gateway;
    }

    int sequence() {
        return sequence;
    }

    BindingUpdate message() {
        return BindingUpdate.builder().sequence(sequence).flags(flags).lifetime(lifetime).options(options).build();
    }

    byte[] octets() {
        return gateway.isIp4() ? MobilityHeaderCodec.encodeWithoutChecksum(message())
                : MobilityHeaderCodec.encode(message(), gateway.getIp6Address(), Domain.LMAA);
    }

    /** Sends it. */
    Exchange sent() {
        return domain.deliver(octets(), source, port);
    }
}
