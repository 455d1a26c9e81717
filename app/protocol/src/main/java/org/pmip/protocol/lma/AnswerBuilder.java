// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.List;
import java.util.Optional;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
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
        return new Answer(mobilityHeader[STATUS_OFFSET] & 0xff, mobilityHeader, request.destination(),
                request.source());
    }

    /** An accepting answer for a session as it now stands. */
    static Answer accepted(Request request, int status, BindingCacheEntry session, int lifetime) {
        BindingUpdate update = request.update();
        BindingAcknowledgement.Builder answer = begin(request, status, update.sequence(), lifetime);
        for (Ip6Prefix prefix : session.prefixes()) {
            answer.option(HomeNetworkPrefix.of(prefix));
        }
        Optional<Ip6Address> linkLocal = update.first(LinkLocalAddress.class)
                .map(option -> option.isAllZero() ? session.linkLocalAddress() : option.address());
        copied(answer, update, linkLocal, update.first(Timestamp.class));
        // A de-registration negotiates nothing.
        if (lifetime > 0) {
            GreNegotiation.option(session).ifPresent(answer::option);
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
        if (prefixes.isEmpty()) {
            answer.option(HomeNetworkPrefix.allZero());
        }
        prefixes.forEach(answer::option);
        copied(answer, update, update.first(LinkLocalAddress.class).map(LinkLocalAddress::address),
                update.first(Timestamp.class).flatMap(own -> timestamp));
        return finish(request, answer);
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
        return new Answer(message.status(),
                MobilityHeaderCodec.encode(message, request.destination(), request.source()),
                request.destination(), request.source());
    }
}
