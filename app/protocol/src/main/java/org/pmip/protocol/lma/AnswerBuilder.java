// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.List;
import java.util.Optional;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
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

/**
 * Builds Proxy Binding Acknowledgements by draft-ietf-netlmm-proxymip6-10 section 5.3.6 as RFC 5213 corrects it.
 */
final class AnswerBuilder {

    private static final int STATUS_OFFSET = 6;

    private AnswerBuilder() {
    }

    /** The answer that the same request got before; Status is the first octet of the Message Data. */
    static Answer again(Request request, byte[] mobilityHeader) {
        return new Answer(mobilityHeader[STATUS_OFFSET] & 0xff, mobilityHeader, request);
    }

    /**
     * An accepting answer for a session as it now stands.
     *
     * @param natDetection what the gateway is to know of translators on the path
     * @param dhcp what it is to be for DHCP
     */
    static Answer accepted(Request request, int status, BindingCacheEntry session, int lifetime,
                           Optional<NatDetection> natDetection, Optional<Ipv4DhcpSupportMode> dhcp) {
        BindingUpdate update = request.update();
        BindingAcknowledgement.Builder answer = begin(request, status, update.sequence(), lifetime);
        Optional<Ipv4HomeAddressRequest> ipv4 = update.first(Ipv4HomeAddressRequest.class);
        if (ipv4.isEmpty() || update.first(HomeNetworkPrefix.class).isPresent()) {
            for (Ip6Prefix prefix : session.prefixes()) {
                answer.option(HomeNetworkPrefix.of(prefix));
            }
        }
        if (ipv4.isPresent() && session.ipv4Home().isPresent()) {
            Ipv4Home home = session.ipv4Home().get();
            answer.option(Ipv4HomeAddressReply.of(Ipv4HomeAddressReply.SUCCESS, home.prefixLength(), home.address()));
            answer.option(Ipv4DefaultRouterAddress.of(home.defaultRouter()));
            dhcp.ifPresent(answer::option);
        }
        Optional<Ip6Address> linkLocal = update.first(LinkLocalAddress.class)
                .map(option -> option.isAllZero() ? session.linkLocalAddress() : option.address());
        copied(answer, update, linkLocal, update.first(Timestamp.class));
        // A de-registration negotiates nothing.
        if (lifetime > 0) {
            GreNegotiation.option(session).ifPresent(answer::option);
            natDetection.ifPresent(answer::option);
            if (session.tlvHeader()) {
                answer.flags(BindingAcknowledgement.P | BindingAcknowledgement.T);
            }
        }
        return finish(request, answer);
    }

    /**
     * A rejecting answer.
     *
     * @param sequence the Sequence field: the request's, except with status 135
     * @param timestamp what the Timestamp option holds if the request had one
     */
    static Answer rejected(Request request, int status, int sequence, Optional<Timestamp> timestamp) {
        BindingUpdate update = request.update();
        BindingAcknowledgement.Builder answer = begin(request, status, sequence, 0);
        List<HomeNetworkPrefix> prefixes = update.all(HomeNetworkPrefix.class);
        Optional<Ipv4HomeAddressRequest> ipv4 = update.first(Ipv4HomeAddressRequest.class);
        if (prefixes.isEmpty() && ipv4.isEmpty()) {
            answer.option(HomeNetworkPrefix.allZero());
        }
        prefixes.forEach(answer::option);
        ipv4.ifPresent(asked -> answer.option(
                Ipv4HomeAddressReply.of(ipv4Status(status), asked.prefixLength(), asked.address())));
        copied(answer, update, update.first(LinkLocalAddress.class).map(LinkLocalAddress::address),
                update.first(Timestamp.class).flatMap(own -> timestamp));
        return finish(request, answer);
    }

    /** The status of the IPv4 part of a rejection (RFC 5844 sections 3.1.2.1, 3.1.2.2 and 3.3.2). */
    private static int ipv4Status(int status) {
        return status == Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS
                || status == Status.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE
                ? Ipv4HomeAddressReply.PROHIBITED : Ipv4HomeAddressReply.UNSPECIFIED;
    }

    private static BindingAcknowledgement.Builder begin(Request request, int status, int sequence, int lifetime) {
        BindingUpdate update = request.update();
        BindingAcknowledgement.Builder answer = BindingAcknowledgement.builder()
                .status(status).proxy(update.proxy()).sequence(sequence).lifetime(lifetime);
        answer.option(update.first(MobileNodeIdentifier.class)
                .orElseGet(() -> MobileNodeIdentifier.of(MobileNodeIdentifier.NAI, new byte[0])));
        return answer;
    }

    private static void copied(BindingAcknowledgement.Builder answer, BindingUpdate update,
                               Optional<Ip6Address> linkLocal, Optional<Timestamp> timestamp) {
        answer.option(HandoffIndicator.of(
                update.first(HandoffIndicator.class).map(HandoffIndicator::value).orElse(0)));
        answer.option(AccessTechnologyType.of(
                update.first(AccessTechnologyType.class).map(AccessTechnologyType::value).orElse(0)));
        update.first(MobileNodeLinkLayerIdentifier.class).ifPresent(answer::option);
        linkLocal.map(LinkLocalAddress::of).ifPresent(answer::option);
        timestamp.ifPresent(answer::option);
    }

    private static Answer finish(Request request, BindingAcknowledgement.Builder answer) {
        BindingAcknowledgement message = answer.build();
        byte[] octets = request.overIpv4() ? MobilityHeaderCodec.encodeWithoutChecksum(message)
                : MobilityHeaderCodec.encode(message, request.destination().getIp6Address(),
                        request.source().getIp6Address());
        return new Answer(message.status(), octets, request);
    }
}
