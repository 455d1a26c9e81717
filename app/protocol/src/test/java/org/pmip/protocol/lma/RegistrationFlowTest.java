// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AlternateCareOfAddress;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.lma.FlowDomain.ANCHOR;
import static org.pmip.protocol.lma.FlowDomain.MAG1;
import static org.pmip.protocol.lma.FlowDomain.MAG2;
import static org.pmip.protocol.lma.FlowDomain.NODE;
import static org.pmip.protocol.lma.FlowDomain.gre;
import static org.pmip.protocol.lma.FlowDomain.link;
import static org.pmip.protocol.lma.FlowDomain.prefix;
import static org.pmip.protocol.lma.FlowDomain.with;

/** The life of a session, from its registration to its end. */
class RegistrationFlowTest {

    private final FlowDomain domain = new FlowDomain();

    @Test
    @Requirement({"PMIP10-5.3.2-1", "PMIP10-5.3.2-7", "PMIP10-5.3.2-9", "PMIP10-5.1-1", "PMIP10-5.1-3", "PMIP10-5.1-6",
        "PMIP10-5.1-8", "PMIP10-5.3.6-10", "PMIP10-5.3.1-6", "PMIP10-3-2", "RFC6275-6.1.8-1", "PMIP10-5.3.1-5",
        "PMIP10-8.2-1", "PMIP10-2.2-10", "R5213-5.3.2-1"})
    void initialRegistration() {
        BindingUpdate pbu = domain.pbu(1, 100);
        BindingAcknowledgement pba = domain.send(MAG1, pbu);
        assertThat(pba.status()).isEqualTo(Status.ACCEPTED);
        assertThat(pba.proxy()).isTrue();
        assertThat(pba.sequence()).isEqualTo(pbu.sequence());
        assertThat(pba.lifetime()).isEqualTo(100);
        BindingCacheEntry session = domain.session();
        assertThat(session.prefixes()).hasSize(1).allMatch(FlowDomain.POOL::assigns);
        assertThat(pba.all(HomeNetworkPrefix.class)).extracting(HomeNetworkPrefix::prefix)
                .containsExactlyElementsOf(session.prefixes());
        assertThat(session.proxyCoa()).isEqualTo(MAG1);
        assertThat(session.lmaAddress()).isEqualTo(ANCHOR);
        assertThat(session.accessTechnology()).isEqualTo(4);
        assertThat(session.linkLayerIdentifier()).isEqualTo(FlowDomain.interfaceId(1).identifier());
        assertThat(domain.store.get(NODE).mobileNode()).isEqualTo(MobileNodeIdentifier.ofNai(NODE));
        assertThat(domain.last.kind()).isEqualTo(Transition.Kind.REGISTERED);
    }

    @Test
    @Requirement({"PMIP10-5.1-4", "R5213-5.1-1", "PMIP10-5.1-5"})
    void whatTheRequestLacksIsZero() {
        domain.send(MAG1, domain.pbu(1, 100, link(0)));
        assertThat(domain.session().linkLayerIdentifier()).containsExactly(0, 0);
        assertThat(domain.session().linkLocalAddress()).isEqualTo(Ip6Address.ZERO);
        assertThat(domain.session().timestamp()).isZero();
    }

    @Test
    @Requirement({"PMIP10-5.3.2-2", "PMIP10-5.2-1", "PMIP10-5.4-1", "PMIP10-5.4-2", "PMIP10-2.2-7"})
    void everyNodeAndInterfaceHasItsOwnPrefix() {
        domain.send(MAG1, domain.pbu(1, 100));
        domain.send(MAG1, domain.pbu(1, 100, link(2)));
        domain.send(MAG1, domain.pbu(1, 100, update ->
                with(update, MobileNodeIdentifier.class, MobileNodeIdentifier.ofNai("mn2@example.net"))));
        assertThat(domain.sessions()).hasSize(2);
        assertThat(domain.claims().keySet()).hasSize(3);
        assertThat(domain.sessions().get(0).prefixes()).isNotEqualTo(domain.sessions().get(1).prefixes());
    }

    @Test
    @Requirement({"PMIP10-5.3.2-4", "PMIP10-5.3.2-5", "PMIP10-5.3.2-6", "PMIP10-5.3.6-8", "PMIP10-8.9-4"})
    void hintsForPrefixes() {
        domain.profiles.put(NODE, FlowDomain.profile(null, "2001:db8:200::/64"));
        domain.profiles.put("mn2@example.net", FlowDomain.profile(null, "2001:db8:100:7::/64"));
        Ip6Prefix foreign = Ip6Prefix.valueOf("2001:db8:999::/64");
        BindingAcknowledgement refused = domain.send(MAG1, domain.pbu(1, 100, prefix(foreign)));
        assertThat(refused.status()).isEqualTo(Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
        assertThat(refused.first(HomeNetworkPrefix.class)).contains(HomeNetworkPrefix.of(foreign));
        Ip6Prefix owned = Ip6Prefix.valueOf("2001:db8:200::/64");
        assertThat(domain.send(MAG1, domain.pbu(1, 100, prefix(owned))).status()).isZero();
        assertThat(domain.session().prefixes()).containsExactly(owned);

        FlowDomain other = new FlowDomain();
        other.profiles.put("mn2@example.net", FlowDomain.profile(null, "2001:db8:100:7::/64"));
        assertThat(other.send(MAG1, other.pbu(1, 100, prefix(Ip6Prefix.valueOf("2001:db8:100:7::/64")))).status())
                .as("another node's own").isEqualTo(Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX);
        assertThat(other.send(MAG1, other.pbu(1, 100, prefix(Ip6Prefix.valueOf("2001:db8:100:8::/64")))).status())
                .as("from the pool").isZero();
    }

    @Test
    void aStaticPrefixIsAssigned() {
        domain.profiles.put(NODE, FlowDomain.profile(null, "2001:db8:200::/64", "2001:db8:201::/64"));
        BindingAcknowledgement pba = domain.send(MAG1, domain.pbu(1, 100));
        assertThat(pba.all(HomeNetworkPrefix.class)).hasSize(2);
        assertThat(domain.session().prefixes()).hasSize(2);
    }

    @Test
    @Requirement({"PMIP10-5.3.2-3", "PMIP10-8.9-11"})
    void nothingLeftToAssign() {
        domain.exhausted = true;
        assertThat(domain.send(MAG1, domain.pbu(1, 100)).status()).isEqualTo(Status.INSUFFICIENT_RESOURCES);
        assertThat(domain.sessions()).isEmpty();
        assertThat(domain.claims()).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-5.3.3-1", "PMIP10-5.3.3-3", "R5213-5.3.1-2", "PMIP10-5.3.1-17", "R5845-3.3.2-4",
        "GK07-3.3.2-2", "R5845-3.3.2-1"})
    void extensionByTheSameGateway() {
        domain.send(MAG1, domain.pbu(1, 100, gre(GreKey.of(7))));
        BindingCacheEntry before = domain.session();
        domain.pass(60_000);
        BindingAcknowledgement pba = domain.send(MAG1, domain.pbu(5, 200, gre(GreKey.of(8))));
        assertThat(domain.last.kind()).isEqualTo(Transition.Kind.EXTENDED);
        assertThat(pba.status()).isZero();
        assertThat(pba.lifetime()).isEqualTo(200);
        assertThat(pba.first(GreKey.class)).contains(GreKey.of(before.uplinkKey()));
        BindingCacheEntry after = domain.session();
        assertThat(after.sessionId()).isEqualTo(before.sessionId());
        assertThat(after.prefixes()).isEqualTo(before.prefixes());
        assertThat(after.downlinkKey()).isEqualTo(8);
        assertThat(after.deadline()).isEqualTo(domain.millis + 800_000);
    }

    @Test
    @Requirement({"PMIP10-5.3.4-1", "PMIP10-5.3.4-6", "R5845-3.3.2-8", "R5845-3.3.2-9", "PMIP10-5.3.1-20",
        "PMIP10-3-7", "GK07-3.3.2-1", "PMIP10-5.1-11"})
    void handoffToAnotherGateway() {
        domain.send(MAG1, domain.pbu(1, 100, gre(GreKey.of(7))));
        BindingCacheEntry before = domain.session();
        BindingAcknowledgement pba = domain.send(MAG2, domain.pbu(3, 100, gre(GreKey.of(9))));
        assertThat(domain.last.kind()).isEqualTo(Transition.Kind.HANDED_OFF);
        assertThat(pba.first(HomeNetworkPrefix.class).orElseThrow().prefix()).isEqualTo(before.prefixes().get(0));
        assertThat(pba.first(GreKey.class)).contains(GreKey.of(before.uplinkKey()));
        BindingCacheEntry after = domain.session();
        assertThat(after.sessionId()).isEqualTo(before.sessionId());
        assertThat(after.proxyCoa()).isEqualTo(MAG2);
        assertThat(after.downlinkKey()).isEqualTo(9);
        assertThat(after.uplinkKey()).isEqualTo(before.uplinkKey());
        // The old gateway's de-registration comes late and concerns nobody any more.
        assertThat(domain.send(MAG1, domain.pbu(4, 0))).isNull();
        assertThat(domain.last.kind()).isEqualTo(Transition.Kind.IGNORED);
        assertThat(domain.session()).isEqualTo(after);
    }

    @Test
    @Requirement({"PMIP10-3-1", "PMIP10-5.4-3", "PMIP10-5.4-4", "PMIP10-5.4.1.2-3"})
    void handoffBetweenInterfaces() {
        domain.send(MAG1, domain.pbu(1, 100));
        BindingCacheEntry before = domain.session();
        domain.send(MAG2, domain.pbu(2, 100, link(2)));
        assertThat(domain.session().prefixes()).isEqualTo(before.prefixes());
        assertThat(domain.session().linkLayerIdentifier()).isEqualTo(FlowDomain.interfaceId(2).identifier());
    }

    @Test
    @Requirement({"PMIP10-5.3.5-2", "PMIP10-5.3.5-3", "PMIP10-5.3.5-7", "PMIP10-9-2", "PMIP10-9-4", "PMIP10-3-9",
        "PMIP10-5.3.1-19", "R5845-5.2-7"})
    void deregistrationAndTheWaitAfterIt() {
        domain.send(MAG1, domain.pbu(1, 100, gre(GreKey.of(7))));
        BindingAcknowledgement pba = domain.send(MAG1, domain.pbu(4, 0));
        assertThat(pba.status()).isZero();
        assertThat(pba.lifetime()).isZero();
        assertThat(pba.first(GreKey.class)).isEmpty();
        assertThat(domain.session().state()).isEqualTo(BindingCacheEntry.State.ENDING);
        domain.pass(6_000);
        assertThat(domain.send(MAG1, domain.pbu(4, 0)).status()).as("once more").isZero();
        domain.pass(3_999);
        assertThat(domain.sessions()).hasSize(1);
        domain.pass(1);
        assertThat(domain.sessions()).as("the repetition has not restarted the wait").isEmpty();
        assertThat(domain.claims()).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-5.3.5-5", "PMIP10-5.3.5-6", "PMIP10-9-3"})
    void aNodeThatComesBackDuringTheWait() {
        domain.send(MAG1, domain.pbu(1, 100, gre(GreKey.of(7))));
        BindingCacheEntry before = domain.session();
        domain.send(MAG1, domain.pbu(4, 0));
        domain.pass(9_000);
        domain.send(MAG2, domain.pbu(3, 100, gre(GreKey.of(9))));
        domain.pass(60_000);
        assertThat(domain.session().state()).isEqualTo(BindingCacheEntry.State.ACTIVE);
        assertThat(domain.session().prefixes()).isEqualTo(before.prefixes());
        assertThat(domain.session().uplinkKey()).isEqualTo(before.uplinkKey());
        assertThat(domain.session().proxyCoa()).isEqualTo(MAG2);
    }

    @Test
    @Requirement({"PMIP10-5.3.5-1", "R5213-5.4.1.1-2"})
    void deregistrationsThatBelongToNoSessionAreIgnored() {
        assertThat(domain.send(MAG1, domain.pbu(4, 0))).isNull();
        assertThat(domain.store).isEmpty();
        domain.send(MAG1, domain.pbu(1, 100));
        assertThat(domain.send(MAG2, domain.pbu(4, 0))).isNull();
        assertThat(domain.session().state()).isEqualTo(BindingCacheEntry.State.ACTIVE);
    }

    @Test
    @Requirement({"RFC6275-10.3.1-1", "PMIP10-5.3.1-4"})
    void lifetimesAreCappedAndRunOut() {
        domain.parameters = LmaParameters.DEFAULTS.withLifetimeCap(40);
        assertThat(domain.send(MAG1, domain.pbu(1, 65_535)).lifetime()).isEqualTo(10);
        assertThat(domain.send(MAG1, domain.pbu(5, 3)).lifetime()).isEqualTo(3);
        domain.pass(11_999);
        assertThat(domain.sessions()).hasSize(1);
        domain.pass(1);
        assertThat(domain.sessions()).isEmpty();
    }

    @Test
    void aRetransmissionGetsTheSameOctetsAndChangesNothing() {
        Request request = domain.request(MAG1, domain.pbu(1, 100, gre(GreKey.of(7))));
        domain.run(request);
        Answer first = domain.last.answer().orElseThrow();
        BindingCacheEntry session = domain.session();
        domain.pass(1_000);
        domain.run(request);
        assertThat(domain.last.kind()).isEqualTo(Transition.Kind.REPEATED);
        assertThat(domain.last.answer()).contains(first);
        assertThat(domain.session()).isEqualTo(session);
    }

    @Test
    @Requirement({"RFC6275-6.2.5-1", "PMIP10-5.3.6-2", "PMIP10-5.3.6-3"})
    void theAlternateCareOfAddressIsTheTunnelAndTheSourceGetsTheAnswer() {
        BindingAcknowledgement pba = domain.send(MAG1, domain.pbu(1, 100, update ->
                with(update, AlternateCareOfAddress.class, AlternateCareOfAddress.of(MAG2))));
        assertThat(pba.status()).isZero();
        assertThat(domain.session().proxyCoa()).isEqualTo(MAG2);
        assertThat(domain.last.answer().orElseThrow().destination()).isEqualTo(MAG1);
    }

    @Test
    @Requirement({"PMIP10-5.3.3-2", "PMIP10-5.3.4-2", "R5213-5.1-2", "R5213-5.3.6-3", "PMIP10-5.3.6-20",
        "PMIP10-5.3.6-21", "PMIP10-5.3.6-23"})
    void theLinkLocalAddress() {
        BindingAcknowledgement pba = domain.send(MAG1, domain.pbu(1, 100, linkLocal("::")));
        assertThat(pba.first(LinkLocalAddress.class)).contains(LinkLocalAddress.of(LmaEngine.GATEWAY_LINK_LOCAL));
        assertThat(domain.session().linkLocalAddress()).isEqualTo(LmaEngine.GATEWAY_LINK_LOCAL);
        pba = domain.send(MAG1, domain.pbu(5, 100, linkLocal("fe80::77")));
        assertThat(pba.first(LinkLocalAddress.class)).contains(LinkLocalAddress.of(Ip6Address.valueOf("fe80::77")));
        pba = domain.send(MAG2, domain.pbu(3, 100, linkLocal("::")));
        assertThat(pba.first(LinkLocalAddress.class)).contains(LinkLocalAddress.of(Ip6Address.valueOf("fe80::77")));
        assertThat(domain.session().linkLocalAddress()).isEqualTo(Ip6Address.valueOf("fe80::77"));
        assertThat(domain.send(MAG2, domain.pbu(5, 100)).first(LinkLocalAddress.class)).isEmpty();
        assertThat(domain.session().linkLocalAddress()).isEqualTo(Ip6Address.valueOf("fe80::77"));
    }

    private static java.util.function.UnaryOperator<BindingUpdate> linkLocal(String address) {
        return update -> with(update, LinkLocalAddress.class, LinkLocalAddress.of(Ip6Address.valueOf(address)));
    }
}
