// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import java.util.List;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.AlternateCareOfAddress;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
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

/** Messages as gateways and anchors send them; between them they hold every option. */
public final class Specimens {

    /** 2024-11-22 03:57:52.25 UTC. */
    public static final Timestamp STAMP = Timestamp.ofValue(0x0000_6740_0140_4000L);
    private static final Ip6Prefix PREFIX = Ip6Prefix.valueOf("2001:db8:1:2::/64");
    private static final MobileNodeLinkLayerIdentifier MAC =
            MobileNodeLinkLayerIdentifier.of(Octets.of("02 00 5e 10 00 01"));

    private Specimens() {
    }

    /** A request with a downlink key, and what a gateway puts into it. */
    public static BindingUpdate keyedRequest() {
        return request(0x1234, 900).option(HomeNetworkPrefix.of(PREFIX)).option(GreKey.of(0xcafe0001L))
                .option(MAC).option(LinkLocalAddress.of(Ip6Address.valueOf("fe80::1"))).build();
    }

    /** The answer to {@link #keyedRequest} with an uplink key. */
    public static BindingAcknowledgement keyedAnswer() {
        return answer(Status.ACCEPTED, 0x1234, 900).option(HomeNetworkPrefix.of(PREFIX))
                .option(GreKey.of(0x00000abcL)).option(MAC)
                .option(LinkLocalAddress.of(Ip6Address.valueOf("fe80::1"))).build();
    }

    /** A request for dual stack in the TLV-header format, without a key, from behind another address. */
    public static BindingUpdate dualStackRequest() {
        return request(1, 450).flags(BindingUpdate.A | BindingUpdate.H | BindingUpdate.P | BindingUpdate.F
                        | BindingUpdate.T)
                .option(HomeNetworkPrefix.allZero()).option(GreKey.modeOnly())
                .option(Ipv4HomeAddressRequest.of(24, Ip4Address.valueOf("10.1.2.3")))
                .option(AlternateCareOfAddress.of(Ip6Address.valueOf("2001:db8:a::99"))).build();
    }

    /** The answer to {@link #dualStackRequest}. */
    public static BindingAcknowledgement dualStackAnswer() {
        return answer(Status.GRE_TUNNELING_BUT_TLV_HEADER_NOT_SUPPORTED, 1, 450)
                .option(HomeNetworkPrefix.of(PREFIX)).option(GreKey.modeOnly())
                .option(Ipv4HomeAddressReply.of(Ipv4HomeAddressReply.SUCCESS, 24, Ip4Address.valueOf("10.1.2.3")))
                .option(Ipv4DefaultRouterAddress.of(Ip4Address.valueOf("10.1.2.1")))
                .option(Ipv4DhcpSupportMode.of(true)).option(NatDetection.of(true, 110)).build();
    }

    /** A rejection. */
    public static BindingAcknowledgement rejection() {
        return answer(Status.GRE_KEY_OPTION_REQUIRED, 0xffff, 0).build();
    }

    /** A request with an option that nobody knows between those that are known. */
    public static BindingUpdate withUnknownOption() {
        return BindingUpdate.proxyBuilder().sequence(7).option(UnknownOption.of(200, Octets.of("01 02 03")))
                .option(MobileNodeIdentifier.ofNai("mn3@example.net")).build();
    }

    /** An error. */
    public static BindingError error() {
        return BindingError.of(BindingError.UNRECOGNIZED_MH_TYPE, Ip6Address.valueOf("2001:db8:1:2::5"));
    }

    /** All of them. */
    public static List<MobilityMessage> all() {
        return List.of(keyedRequest(), keyedAnswer(), dualStackRequest(), dualStackAnswer(), rejection(),
                withUnknownOption(), error());
    }

    private static BindingUpdate.Builder request(int sequence, int lifetime) {
        return BindingUpdate.proxyBuilder().sequence(sequence).lifetime(lifetime)
                .option(MobileNodeIdentifier.ofNai("mn1@example.net"))
                .option(HandoffIndicator.of(HandoffIndicator.NEW_INTERFACE))
                .option(AccessTechnologyType.of(AccessTechnologyType.WLAN)).option(STAMP);
    }

    private static BindingAcknowledgement.Builder answer(int status, int sequence, int lifetime) {
        return BindingAcknowledgement.builder().proxy(true).status(status).sequence(sequence).lifetime(lifetime)
                .option(MobileNodeIdentifier.ofNai("mn1@example.net"))
                .option(HandoffIndicator.of(HandoffIndicator.NEW_INTERFACE))
                .option(AccessTechnologyType.of(AccessTechnologyType.WLAN)).option(STAMP);
    }
}
