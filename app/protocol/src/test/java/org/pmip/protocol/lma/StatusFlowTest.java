// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.AlternateCareOfAddress;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.Timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.lma.FlowDomain.MAG1;
import static org.pmip.protocol.lma.FlowDomain.MAG2;
import static org.pmip.protocol.lma.FlowDomain.NODE;
import static org.pmip.protocol.lma.FlowDomain.STRANGER;
import static org.pmip.protocol.lma.FlowDomain.link;
import static org.pmip.protocol.lma.FlowDomain.prefix;
import static org.pmip.protocol.lma.FlowDomain.with;

/** Rejections, in the order in which their reasons are looked for, and the lookup of sessions. */
class StatusFlowTest {

    private final FlowDomain domain = new FlowDomain();

    private int status(Ip6Address mag, BindingUpdate update) {
        return domain.send(mag, update).status();
    }

    private static BindingUpdate bare(int lifetime) {
        return BindingUpdate.proxyBuilder().sequence(9).lifetime(lifetime).build();
    }

    private static BindingUpdate identified() {
        return with(bare(100), MobileNodeIdentifier.class, MobileNodeIdentifier.ofNai(NODE));
    }

    @Test
    @Requirement({"PMIP10-5.3-1", "PMIP10-5.3.1-7", "PMIP10-5.3.1-8", "PMIP10-5.3.1-10", "PMIP10-5.3.1-11",
        "PMIP10-5.3.1-12", "PMIP10-5.3.1-13", "PMIP10-5.3.1-14", "PMIP10-5.3.1-15", "PMIP10-5.3.1-16",
        "PMIP10-5.3.1-9", "PMIP10-8.9-1", "PMIP10-8.9-2", "PMIP10-8.9-3", "PMIP10-8.9-7", "PMIP10-8.9-8",
        "PMIP10-8.9-9", "PMIP10-8.9-10", "PMIP10-5.3.6-6", "PMIP10-10-2"})
    void theFirstFaultGivesTheStatus() {
        domain.unknown = Optional.empty();
        BindingAcknowledgement pba = domain.send(STRANGER, bare(100));
        assertThat(pba.status()).isEqualTo(160);
        assertThat(pba.first(MobileNodeIdentifier.class)).contains(MobileNodeIdentifier.of(1, new byte[0]));
        BindingUpdate update = with(identified(), Timestamp.class, Timestamp.of(domain.wall().plusSeconds(9)));
        assertThat(status(STRANGER, update)).isEqualTo(154);
        assertThat(status(MAG1, update)).isEqualTo(153);
        domain.profiles.put(NODE, new MobileNodeProfile(false, List.of(), Optional.empty(), OptionalInt.empty(), 1));
        assertThat(status(MAG1, update)).isEqualTo(152);
        domain.profiles.put(NODE, FlowDomain.profile(null));
        assertThat(status(MAG1, update)).isEqualTo(156);
        assertThat(status(MAG1, identified())).isEqualTo(158);
        update = with(identified(), HomeNetworkPrefix.class, HomeNetworkPrefix.allZero());
        assertThat(status(MAG1, update)).isEqualTo(161);
        update = with(update, HandoffIndicator.class, HandoffIndicator.of(1));
        assertThat(status(MAG1, update)).isEqualTo(162);
        assertThat(domain.store).isEmpty();
        update = with(update, AccessTechnologyType.class, AccessTechnologyType.of(4));
        assertThat(status(MAG1, update)).isZero();
    }

    @Test
    @Requirement({"PMIP10-5.3.6-4", "PMIP10-5.3.6-5", "PMIP10-5.3.6-7", "PMIP10-5.3.6-9", "PMIP10-5.3.6-11",
        "PMIP10-5.3.6-12", "PMIP10-5.3.6-13", "PMIP10-5.3.6-14", "PMIP10-5.3.6-15", "PMIP10-5.3.6-16",
        "PMIP10-5.3.6-18", "PMIP10-5.3.6-19", "R5213-5.3.6-1", "R5213-5.3.6-2", "PMIP10-5.3.6-1", "PMIP10-5.3.1-21",
        "PMIP10-8.2-4"})
    void rejectionsRepeatWhatTheRequestSaid() {
        BindingAcknowledgement pba = domain.send(STRANGER, identified());
        assertThat(pba.options()).containsExactly(MobileNodeIdentifier.ofNai(NODE), HomeNetworkPrefix.allZero(),
                HandoffIndicator.of(0), AccessTechnologyType.of(0));
        BindingUpdate full = domain.pbu(3, 100, prefix(Ip6Prefix.valueOf("2001:db8:5::/64")), domain.stamp(0));
        pba = domain.send(STRANGER, full);
        assertThat(pba.options()).containsExactlyInAnyOrderElementsOf(full.options());
        assertThat(pba.sequence()).isEqualTo(full.sequence());
        pba = domain.send(MAG1, domain.pbu(1, 100));
        assertThat(pba.first(MobileNodeLinkLayerIdentifier.class)).contains(FlowDomain.interfaceId(1));
        assertThat(pba.first(Timestamp.class)).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-4-8", "PMIP10-4-9"})
    void aGatewayMayBeLimitedToNodes() {
        domain.gateways.put(MAG1, new LmaPolicy.MagPolicy("", Optional.empty(),
                Optional.of(List.of("mn2@example.net")), 1));
        assertThat(status(MAG1, domain.pbu(1, 100))).isEqualTo(154);
        assertThat(status(MAG2, domain.pbu(1, 100))).isZero();
    }

    @Test
    @Requirement({"PMIP10-5.5-4", "PMIP10-5.5-5", "PMIP10-5.5-10", "PMIP10-5.5-11", "PMIP10-5.5-12",
        "PMIP10-5.5-13", "PMIP10-5.5-14", "PMIP10-5.5-15", "PMIP10-5.5-16", "PMIP10-5.5-17", "PMIP10-5.5-18",
        "PMIP10-8.9-5", "PMIP10-8.9-6", "PMIP10-5.3.6-17", "PMIP10-5.1-9", "PMIP10-5.1-10", "PMIP10-9-7",
        "PMIP10-5.5-9"})
    void timestamps() {
        BindingUpdate first = domain.pbu(1, 100, domain.stamp(-299));
        BindingAcknowledgement pba = domain.send(MAG1, first);
        assertThat(pba.status()).isZero();
        assertThat(pba.first(Timestamp.class)).isEqualTo(first.first(Timestamp.class));
        assertThat(domain.session().timestamp()).isEqualTo(first.first(Timestamp.class).orElseThrow().value());
        BindingCacheEntry before = domain.session();
        for (long offset : new long[] {-400, -301}) {
            pba = domain.send(MAG1, domain.pbu(5, 100, domain.stamp(offset)));
            assertThat(pba.status()).isEqualTo(Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED);
            assertThat(pba.first(Timestamp.class)).contains(Timestamp.of(domain.wall()));
        }
        BindingUpdate equal = domain.pbu(5, 100, domain.stamp(-299));
        assertThat(status(MAG1, equal)).as("equal is not greater").isEqualTo(157);
        pba = domain.send(MAG1, domain.pbu(5, 100, domain.stamp(301)));
        assertThat(pba.status()).isEqualTo(Status.TIMESTAMP_MISMATCH);
        assertThat(pba.first(Timestamp.class)).contains(Timestamp.of(domain.wall()));
        assertThat(domain.session()).isEqualTo(before);
        // The sequence number goes backwards, which nobody minds while there are timestamps.
        BindingUpdate late = BindingUpdate.builder().flags(first.flags()).sequence(0).lifetime(100)
                .options(domain.pbu(5, 100, domain.stamp(299)).options()).build();
        pba = domain.send(MAG1, late);
        assertThat(pba.status()).isZero();
        assertThat(pba.sequence()).isZero();
    }

    @Test
    @Requirement("R5213-5.5-1")
    void timestampsOfMobileNodesAreComparedWithEachOtherOnly() {
        domain.parameters = LmaParameters.DEFAULTS.withMobileNodeGeneratedTimestampInUse(true);
        assertThat(status(MAG1, domain.pbu(1, 100, domain.stamp(-86_400_000)))).isZero();
        assertThat(status(MAG1, domain.pbu(5, 100, domain.stamp(-86_400_000)))).isEqualTo(157);
        assertThat(status(MAG1, domain.pbu(5, 100, domain.stamp(86_400_000)))).isZero();
    }

    @Test
    @Requirement({"PMIP10-5.5-19", "PMIP10-5.5-20", "PMIP10-5.5-21", "PMIP10-5.5-22", "RFC6275-9.5.1-1",
        "RFC6275-9.5.1-2"})
    void sequenceNumbers() {
        int last = 40_000;
        domain.send(MAG1, numbered(last));
        for (int stale : new int[] {last, last - 1, last - 32_768, last + 32_768 & 0xffff}) {
            BindingUpdate update = with(numbered(stale), HandoffIndicator.class, HandoffIndicator.of(5));
            BindingAcknowledgement pba = domain.send(MAG1, update);
            assertThat(pba.status()).as("after %d comes %d", last, stale).isEqualTo(135);
            assertThat(pba.sequence()).isEqualTo(last);
            assertThat(pba.first(Timestamp.class)).isEmpty();
        }
        assertThat(status(MAG1, numbered(last + 1))).isZero();
        assertThat(status(MAG1, numbered(last + 1 + 32_767 & 0xffff))).isZero();
    }

    private BindingUpdate numbered(int sequence) {
        BindingUpdate update = domain.pbu(1, 100);
        return BindingUpdate.builder().flags(update.flags()).sequence(sequence).lifetime(100)
                .options(update.options()).build();
    }

    @Test
    @Requirement({"PMIP10-5.4.1.1-1", "PMIP10-5.4.1.1-4", "PMIP10-5.4.1.1-5", "PMIP10-5.4.1.1-6", "PMIP10-5.4.1.1-7",
        "PMIP10-5.4.1.1-8", "R5213-5.4.1.1-1", "PMIP10-5.4.1-1"})
    void lookupByPrefix() {
        domain.send(MAG1, domain.pbu(1, 100));
        Ip6Prefix own = domain.session().prefixes().get(0);
        assertThat(status(MAG2, domain.pbu(3, 100, prefix(own)))).as("same interface").isZero();
        assertThat(status(MAG1, domain.pbu(2, 100, prefix(own), link(2)))).as("HI 2").isZero();
        assertThat(status(MAG1, domain.pbu(5, 100, prefix(own), link(3)))).as("same gateway").isZero();
        assertThat(status(MAG2, domain.pbu(3, 100, prefix(own), link(4)))).as("another interface").isEqualTo(155);
        assertThat(domain.last.kind()).isEqualTo(Transition.Kind.REJECTED);
        assertThat(status(MAG1, domain.pbu(5, 100, prefix(own), link(0)))).as("no identifier, same gateway").isZero();
        assertThat(status(MAG2, domain.pbu(3, 100, prefix(own), link(0)))).as("no identifiers, HI 3").isZero();
        assertThat(status(MAG1, domain.pbu(1, 100, prefix(own), link(0)))).as("no identifiers, HI 1").isEqualTo(155);
        BindingUpdate two = BindingUpdate.proxyBuilder().sequence(999).lifetime(100)
                .options(domain.pbu(5, 100, prefix(own)).options())
                .option(HomeNetworkPrefix.of(Ip6Prefix.valueOf("2001:db8:100:9::/64"))).build();
        assertThat(status(MAG2, two)).isEqualTo(Status.BCE_PBU_PREFIX_SET_DO_NOT_MATCH);
        assertThat(domain.sessions()).hasSize(1);
    }

    @Test
    @Requirement({"PMIP10-5.4.1.1-2", "PMIP10-5.4.1.1-3"})
    void aPrefixOfAnotherNode() {
        domain.send(MAG1, domain.pbu(1, 100));
        Ip6Prefix taken = domain.session().prefixes().get(0);
        BindingUpdate other = with(domain.pbu(1, 100, prefix(taken)), MobileNodeIdentifier.class,
                MobileNodeIdentifier.ofNai("mn2@example.net"));
        assertThat(status(MAG1, other)).isEqualTo(155);
        assertThat(domain.claims()).containsEntry(taken, NODE).hasSize(1);
    }

    @Test
    @Requirement({"PMIP10-5.4.1.2-1", "PMIP10-5.4.1.2-2", "PMIP10-5.4.1.2-7", "PMIP10-5.4-5"})
    void lookupByInterface() {
        domain.send(MAG1, domain.pbu(1, 100));
        domain.send(MAG2, domain.pbu(3, 100));
        assertThat(domain.sessions()).as("the same interface").hasSize(1);
        domain.send(MAG2, domain.pbu(1, 100, link(2)));
        assertThat(domain.sessions()).as("HI 1, another interface").hasSize(2);
        domain.send(MAG1, domain.pbu(2, 100, link(3)));
        assertThat(domain.sessions()).as("HI 2, but two sessions").hasSize(3);
    }

    @Test
    @Requirement({"PMIP10-5.4.1.3-1", "PMIP10-5.4.1.3-2", "PMIP10-5.4.1.3-6", "R5213-5.4.1.3-1"})
    void lookupByNode() {
        domain.send(MAG1, domain.pbu(1, 100, link(0)));
        domain.send(MAG2, domain.pbu(3, 100, link(0)));
        assertThat(domain.sessions()).as("HI 3").hasSize(1);
        domain.send(MAG1, domain.pbu(2, 100, link(0)));
        assertThat(domain.sessions()).as("HI 2").hasSize(1);
        domain.send(MAG1, domain.pbu(1, 100, link(0)));
        assertThat(domain.sessions()).as("HI 1").hasSize(2);
    }

    @Test
    @Requirement({"PMIP10-5.4.1.2-4", "PMIP10-5.4.1.3-3", "R5213-5.4.1.2-1", "PMIP10-9-6", "PMIP10-5.4.1.3-4"})
    void anUnknownHandoffWaits() {
        for (int identifier : new int[] {2, 0}) {
            FlowDomain one = new FlowDomain();
            one.send(MAG1, one.pbu(1, 100));
            org.pmip.protocol.lma.Request moved = one.request(MAG2, one.pbu(4, 100, link(identifier)));
            assertThat(one.run(moved)).isNull();
            assertThat(one.last.kind()).isEqualTo(Transition.Kind.WAITS);
            assertThat(one.last.until()).isEqualTo(one.millis + 1_500);
            one.pass(1_499);
            assertThat(one.run(moved)).isNull();
            one.pass(1);
            assertThat(one.run(moved).status()).isZero();
            assertThat(one.sessions()).hasSize(2);
        }
    }

    @Test
    @Requirement("RFC6275-6.1.7-1")
    void aCareOfAddressThatIsNotUnicastRoutableIsDiscardedSilently() {
        for (String address : List.of("ff02::1", "::", "fe80::1", "::1")) {
            assertThat(domain.send(MAG1, domain.pbu(1, 100, update -> with(update, AlternateCareOfAddress.class,
                    AlternateCareOfAddress.of(Ip6Address.valueOf(address)))))).as(address).isNull();
        }
        assertThat(domain.store).isEmpty();
    }

    @Test
    void anAnswerFitsAlways() {
        BindingUpdate.Builder many = BindingUpdate.proxyBuilder().lifetime(9)
                .option(MobileNodeIdentifier.of(1, new byte[254]));
        for (int i = 0; i < 32; i++) {
            many.option(HomeNetworkPrefix.of(Ip6Prefix.valueOf(FlowDomain.POOL.prefixAt(i).address(), 64)));
        }
        many.option(MobileNodeLinkLayerIdentifier.of(new byte[253])).option(HandoffIndicator.of(1))
                .option(AccessTechnologyType.of(4));
        assertThat(domain.send(STRANGER, many.build()).all(HomeNetworkPrefix.class)).hasSize(32);
        many.option(HomeNetworkPrefix.allZero());
        assertThat(domain.send(STRANGER, many.build())).isNull();
    }

    @Test
    void aPlainBindingUpdateIsNotForAnAnchor() {
        BindingUpdate plain = BindingUpdate.builder().flags(BindingUpdate.A | BindingUpdate.H).sequence(1).lifetime(9)
                .options(domain.pbu(1, 100).options()).build();
        BindingAcknowledgement ba = domain.send(MAG1, plain);
        assertThat(ba.status()).isEqualTo(Status.HOME_REGISTRATION_NOT_SUPPORTED);
        assertThat(ba.proxy()).isFalse();
        assertThat(domain.store).isEmpty();
    }
}
