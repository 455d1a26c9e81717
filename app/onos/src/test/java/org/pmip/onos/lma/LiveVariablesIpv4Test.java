// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4DhcpSupportMode;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.NatDetection;

import static org.assertj.core.api.Assertions.assertThat;

/** What sessions agreed on stays until their gateway asks again, whatever the protocol variables have become. */
class LiveVariablesIpv4Test {

    private static final String NODE = "anna@example.net";
    private static final int P = BindingUpdate.A | BindingUpdate.H | BindingUpdate.P;
    private static final LmaParameters UDP = LmaParameters.DEFAULTS.withAcceptForcedIpv4UdpEncapsulationRequest(true);

    private final Fixture at = new Fixture();
    private int sequence;

    /** Asks for GRE with keys in forced UDP behind the TLV header, and for an IPv4 home address; over IPv4. */
    private BindingAcknowledgement ask(int handoff) throws DecodeException {
        BindingUpdate message = BindingUpdate.builder().flags(P | BindingUpdate.F | BindingUpdate.T)
                .sequence(++sequence).lifetime(100).option(MobileNodeIdentifier.ofNai(NODE))
                .option(Ipv4HomeAddressRequest.of(0, Ip4Address.ZERO)).option(GreKey.of(0x77))
                .option(HandoffIndicator.of(handoff)).option(AccessTechnologyType.of(3))
                .option(MobileNodeLinkLayerIdentifier.of(new byte[] {2, 0, 0, 0, 0, 1})).build();
        at.processor.accept(new Request(message, Fixture.MAG1_IPV4, 5_436, Fixture.ANCHOR_IPV4,
                MobilityHeaderCodec.encodeWithoutChecksum(message),
                new Moment(at.now, Instant.ofEpochMilli(at.now))));
        return (BindingAcknowledgement) MobilityHeaderCodec.decodeWithoutChecksum(at.lastAnswer().mobilityHeader());
    }

    private BindingCacheEntry session() {
        return at.record(NODE).entries().get(0);
    }

    @Test
    void theTlvHeaderStaysUntilTheNextRequest() throws DecodeException {
        at.use(UDP);
        assertThat(ask(HandoffIndicator.NEW_INTERFACE).status()).isZero();
        assertThat(session().tlvHeader()).isTrue();
        at.use(UDP.withAcceptTlvHeader(false));
        assertThat(session().tlvHeader()).isTrue();
        assertThat(ask(HandoffIndicator.UNCHANGED).status())
                .isEqualTo(Status.GRE_TUNNELING_BUT_TLV_HEADER_NOT_SUPPORTED);
        assertThat(session().tlvHeader()).isFalse();
    }

    @Test
    void forcedUdpStaysUntilTheNextRequest() throws DecodeException {
        at.use(UDP);
        assertThat(ask(HandoffIndicator.NEW_INTERFACE).status()).isZero();
        at.use(LmaParameters.DEFAULTS);
        assertThat(session().udp()).isTrue();
        assertThat(ask(HandoffIndicator.UNCHANGED).status()).isEqualTo(Status.ADMINISTRATIVELY_PROHIBITED);
        assertThat(session().udp()).as("a rejection changes nothing").isTrue();
    }

    @Test
    void howOftenToKeepATranslatorAwakeIsToldWithTheNextAnswer() throws DecodeException {
        at.use(UDP);
        BindingAcknowledgement first = ask(HandoffIndicator.NEW_INTERFACE);
        long told = first.first(NatDetection.class).map(NatDetection::refreshTime).orElse(NatDetection.NO_REFRESH);
        at.use(UDP.withNatKeepalive(33));
        BindingAcknowledgement next = ask(HandoffIndicator.UNCHANGED);
        assertThat(next.first(NatDetection.class).map(NatDetection::refreshTime).orElse(NatDetection.NO_REFRESH))
                .as("without a translator on the path there is nothing to keep awake").isEqualTo(told)
                .isEqualTo(NatDetection.NO_REFRESH);
    }

    @Test
    void whatGatewaysAreToBeForDhcpIsToldWithTheNextAnswer() throws DecodeException {
        at.use(UDP);
        assertThat(ask(HandoffIndicator.NEW_INTERFACE).first(Ipv4DhcpSupportMode.class)).isEmpty();
        at.use(UDP.withDhcpSupportMode(Optional.of(Ipv4DhcpSupportMode.of(true))));
        assertThat(ask(HandoffIndicator.UNCHANGED).first(Ipv4DhcpSupportMode.class)).get()
                .matches(Ipv4DhcpSupportMode::server);
        at.use(UDP.withDhcpSupportMode(Optional.of(Ipv4DhcpSupportMode.of(false))));
        assertThat(ask(HandoffIndicator.UNCHANGED).first(Ipv4DhcpSupportMode.class)).get()
                .matches(mode -> !mode.server());
    }

    @Test
    void aNodesRouterStaysTheSameAsLongAsItsSession() throws DecodeException {
        Ip6Address agreed = linkLocal(NODE, HandoffIndicator.NEW_INTERFACE);
        Ip6Address fixed = Ip6Address.valueOf("fe80::77");
        at.use(LmaParameters.DEFAULTS.withFixedMagLinkLocalAddress(fixed));
        assertThat(linkLocal(NODE, HandoffIndicator.UNCHANGED)).isEqualTo(agreed).isNotEqualTo(fixed);
        assertThat(linkLocal("bert@example.net", HandoffIndicator.NEW_INTERFACE)).isEqualTo(fixed);
    }

    private Ip6Address linkLocal(String node, int handoff) throws DecodeException {
        BindingUpdate message = BindingUpdate.builder().flags(P).sequence(++sequence).lifetime(100)
                .option(MobileNodeIdentifier.ofNai(node)).option(HomeNetworkPrefix.allZero())
                .option(LinkLocalAddress.of(Ip6Address.ZERO)).option(HandoffIndicator.of(handoff))
                .option(AccessTechnologyType.of(3))
                .option(MobileNodeLinkLayerIdentifier.of(new byte[] {2, 0, 0, 0, 0, 1})).build();
        at.processor.accept(new Request(message, Fixture.MAG1, Fixture.ANCHOR,
                MobilityHeaderCodec.encode(message, Fixture.MAG1, Fixture.ANCHOR),
                new Moment(at.now, Instant.ofEpochMilli(at.now))));
        BindingAcknowledgement answer = (BindingAcknowledgement) MobilityHeaderCodec.decode(
                at.lastAnswer().mobilityHeader(), Fixture.ANCHOR, Fixture.MAG1);
        assertThat(answer.status()).isZero();
        return answer.first(LinkLocalAddress.class).map(LinkLocalAddress::address).orElse(Ip6Address.ZERO);
    }
}
