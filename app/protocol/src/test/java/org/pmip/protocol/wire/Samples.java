// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.AlternateCareOfAddress;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4CareOfAddress;
import org.pmip.protocol.wire.option.Ipv4DefaultRouterAddress;
import org.pmip.protocol.wire.option.Ipv4DhcpSupportMode;
import org.pmip.protocol.wire.option.Ipv4HomeAddressReply;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.NatDetection;
import org.pmip.protocol.wire.option.Timestamp;
import org.pmip.protocol.wire.option.UnknownOption;

/** Messages as values, with octets made by hand from the figures and checksums summed up apart from this codec. */
public final class Samples {

    private static final Instant TIME = Instant.ofEpochSecond(0x67400000L, 500_000_000);
    private static final String MIDDLE = "08 10 01 6d6e31406578616d706c652e6e6574" + "01 04 00000000"
            + "16 12 00 40 20010db8 00010002 00000000 00000000" + "17 02 00 03" + "18 02 00 04" + "01 00"
            + "1b 08 000067400000 8000";

    private Samples() {
    }

    /** A Proxy Binding Update with all that RFC 5213 demands, T flag and downlink key. */
    public static BindingUpdate proxyBindingUpdate() {
        return BindingUpdate.builder()
                .flags(BindingUpdate.A | BindingUpdate.H | BindingUpdate.P | BindingUpdate.T)
                .sequence(0x1234).lifetime(900)
                .option(MobileNodeIdentifier.ofNai("mn1@example.net"))
                .option(HomeNetworkPrefix.of(Ip6Prefix.valueOf("2001:db8:1:2::/64")))
                .option(HandoffIndicator.of(HandoffIndicator.BETWEEN_GATEWAYS))
                .option(AccessTechnologyType.of(AccessTechnologyType.WLAN))
                .option(Timestamp.of(TIME))
                .option(GreKey.of(0x11223344L)).build();
    }

    /** Its octets from {@link Octets#MAG} to {@link Octets#LMA}. */
    public static byte[] proxyBindingUpdateOctets() {
        return Octets.of("3b 0a 05 00 0f4e", "1234 c280 0384", MIDDLE, "21 06 0000 11223344", "01 02 0000");
    }

    /** The answer to {@link #proxyBindingUpdate()} with the uplink key. */
    public static BindingAcknowledgement proxyBindingAcknowledgement() {
        return BindingAcknowledgement.builder().status(Status.ACCEPTED)
                .flags(BindingAcknowledgement.P | BindingAcknowledgement.T).sequence(0x1234).lifetime(900)
                .option(MobileNodeIdentifier.ofNai("mn1@example.net"))
                .option(HomeNetworkPrefix.of(Ip6Prefix.valueOf("2001:db8:1:2::/64")))
                .option(HandoffIndicator.of(HandoffIndicator.BETWEEN_GATEWAYS))
                .option(AccessTechnologyType.of(AccessTechnologyType.WLAN))
                .option(Timestamp.of(TIME))
                .option(GreKey.of(0x55667788L)).build();
    }

    /** Its octets from {@link Octets#LMA} to {@link Octets#MAG}. */
    public static byte[] proxyBindingAcknowledgementOctets() {
        return Octets.of("3b 0a 06 00 4816", "00 30 1234 0384", MIDDLE, "21 06 0000 55667788", "01 02 0000");
    }

    /** A Binding Update without options. */
    public static byte[] bareUpdateOctets() {
        return Octets.of("3b 01 05 00 e2d6", "0001 8000 0000", "01 02 0000");
    }

    /** A Binding Acknowledgement with status 135, without options. */
    public static byte[] bareAcknowledgementOctets() {
        return Octets.of("3b 01 06 00 dab7", "87 20 ffff 0000", "01 02 0000");
    }

    /** A Binding Error with status 2 for 2001:db8:1:2::1. */
    public static byte[] bindingErrorOctets() {
        return Octets.of("3b 02 07 00 3214", "02 00 20010db8 00010002 00000000 00000001");
    }

    /** A Heartbeat request, which is a type that this codec does not know. */
    public static byte[] unknownOctets() {
        return Octets.of("3b 00 0d 00 5be2", "0001");
    }

    /** A request with every option there is. */
    public static BindingUpdate everyOption() {
        return BindingUpdate.builder().flags(BindingUpdate.ALL_FLAGS).sequence(65535).lifetime(65535)
                .option(GreKey.modeOnly())
                .option(MobileNodeIdentifier.of(1, new byte[0]))
                .option(HomeNetworkPrefix.allZero())
                .option(HomeNetworkPrefix.of(Ip6Prefix.valueOf("2001:db8:ffff::/48")))
                .option(LinkLocalAddress.of(Ip6Address.valueOf("fe80::1")))
                .option(MobileNodeLinkLayerIdentifier.of(Octets.of("02005e100001")))
                .option(AlternateCareOfAddress.of(Ip6Address.valueOf("2001:db8:a::2")))
                .option(Timestamp.ofValue(-1))
                .option(Ipv4HomeAddressRequest.of(24, Ip4Address.valueOf("10.1.2.3")))
                .option(Ipv4HomeAddressReply.of(0, 24, Ip4Address.valueOf("10.1.2.3")))
                .option(Ipv4DefaultRouterAddress.of(Ip4Address.valueOf("10.1.2.1")))
                .option(Ipv4DhcpSupportMode.of(true))
                .option(NatDetection.of(false, 110))
                .option(Ipv4CareOfAddress.of(Ip4Address.valueOf("192.168.1.2")))
                .option(HandoffIndicator.of(4))
                .option(AccessTechnologyType.of(255))
                .option(UnknownOption.of(19, Octets.of("0000000102030405"))).build();
    }

    /** Valid messages by name, all from {@link Octets#MAG} to {@link Octets#LMA}. */
    public static Map<String, byte[]> valid() {
        Map<String, byte[]> samples = new LinkedHashMap<>();
        samples.put("PBU", proxyBindingUpdateOctets());
        samples.put("PBA", encode(proxyBindingAcknowledgement()));
        samples.put("BU without options", bareUpdateOctets());
        samples.put("BA without options",
                encode(BindingAcknowledgement.builder().status(135).sequence(65535).build()));
        samples.put("BE", encode(BindingError.of(2, Ip6Address.valueOf("2001:db8:1:2::1"))));
        samples.put("Heartbeat", unknownOctets());
        samples.put("every option", encode(everyOption()));
        return samples;
    }

    private static byte[] encode(MobilityMessage message) {
        return MobilityHeaderCodec.encode(message, Octets.MAG, Octets.LMA);
    }
}
