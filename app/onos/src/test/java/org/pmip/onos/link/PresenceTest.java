// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.pmip.checks.junit.Requirement;
import org.pmip.pipeconf.PuntClass;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;
import org.pmip.protocol.mag.Registration;
import org.pmip.protocol.mag.link.ArpFrame;
import org.pmip.protocol.mag.link.NeighborAdvertisement;
import org.pmip.protocol.mag.link.NeighborSolicitation;
import org.pmip.protocol.wire.option.HandoffIndicator;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether nodes are there, and what is asked to find out. */
class PresenceTest extends OnLinks {

    @Test
    @Requirement({"PMIP10-6.13-1", "PMIP10-6.13-5"})
    void probesANodeAndTellsWhatCameOfIt() throws Exception {
        NodeSession session = active(link);
        NodeSession waiting = gateway.session(session.entry().toBuilder().waiting(Waiting.PRESENCE, now + 3_000)
                .build());
        links.checkPresence(waiting);
        NeighborSolicitation probe = NeighborSolicitation.decode(packet(link));
        assertThat(probe.target()).isEqualTo(NODE_LINK_LOCAL);
        hear(link, PuntClass.NEIGHBOUR_DISCOVERY,
                NeighborAdvertisement.answer(NODE, false, probe, ROUTER).octets());
        assertThat(gateway.presences).containsExactly(true);
        gateway.session(session.entry());
        now += 10_000;
        links.tick();
        sent.removeIf(OnLinks::isAdvertisement);
        assertThat(sent).as("no further probe").isEmpty();
    }

    @Test
    @Requirement("PMIP10-6.13-2")
    void givesANodeUpThatAnswersNoProbe() {
        links.advertise(active(link));
        int probes = 0;
        for (int second = 1; second <= 40; second++) {
            now += 1_000;
            links.tick();
            sent.removeIf(OnLinks::isAdvertisement);
            probes += sent.size();
            sent.clear();
            assertThat(gateway.presences).hasSize(second < 33 ? 0 : 1);
        }
        assertThat(probes).isEqualTo(Presence.MAX_UNICAST_SOLICIT);
        assertThat(gateway.presences).containsExactly(false);
    }

    @Test
    @Requirement("PMIP10-6.13-2")
    void aControllerThatStoodStillAsksAnewBeforeItGivesANodeUp() {
        links.tick();
        links.checkPresence(asked(place(link), request().build(), 0));
        for (int second = 1; second < Presence.MAX_UNICAST_SOLICIT; second++) {
            now += 1_000;
            links.tick();
        }
        assertThat(sent).hasSize(Presence.MAX_UNICAST_SOLICIT);
        sent.clear();
        now += 15_000;
        links.tick();
        assertThat(gateway.presences).as("answers may not have been read yet").isEmpty();
        for (int second = 1; second <= Presence.MAX_UNICAST_SOLICIT; second++) {
            assertThat(sent).hasSize(second);
            assertThat(gateway.presences).isEmpty();
            now += 1_000;
            links.tick();
        }
        assertThat(gateway.presences).containsExactly(false);
    }

    @Test
    void findsOutThatANodeIsThereOfWhichNoAddressIsKnown() throws Exception {
        NodeSession session = gateway.session(link.attachment(NODE, WIFI), State.ACTIVE, FakeGateway.ipv6(), now);
        links.checkPresence(session);
        byte[] query = frame(link);
        assertThat(query).hasSize(14 + 40 + 8 + 28);
        assertThat(query[62]).as("Multicast Listener Query").isEqualTo((byte) 130);
        byte[] report = query.clone();
        System.arraycopy(NODE.toBytes(), 0, report, 6, 6);
        System.arraycopy(NODE_LINK_LOCAL.toOctets(), 0, report, 22, 16);
        report[62] = (byte) 143;
        hear(link, PuntClass.OTHER, report);
        assertThat(gateway.attached).as("its address is learned").containsExactly(place(link));
        now += 10_000;
        links.tick();
        assertThat(gateway.presences).isEmpty();
    }

    private NodeSession asked(Attachment place, Registration request, long replaces) {
        BindingUpdateListEntry entry = active(link).entry().toBuilder().attachment(place).state(State.REGISTERING)
                .binding(Optional.empty()).forwards(false).registration(Optional.of(request)).replaces(replaces)
                .waiting(Waiting.PRESENCE, now + 3_000).build();
        return gateway.session(entry);
    }

    private static Registration.Builder request() {
        return Registration.builder(Registration.Purpose.INITIAL, HandoffIndicator.BETWEEN_GATEWAYS)
                .prefixes(Optional.of(List.of(FakeGateway.HOME)));
    }

    @Test
    @Requirement("PMIP10-6.9.4-4")
    void asksAsOftenBeforeARequestIsRepeatedAsLater() {
        links.checkPresence(asked(place(link), request().build(), 0));
        int probes = 0;
        for (int second = 1; second <= 10; second++) {
            probes += sent.size();
            sent.clear();
            now += 1_000;
            links.tick();
            assertThat(gateway.presences).hasSize(second < Presence.MAX_UNICAST_SOLICIT ? 0 : 1);
        }
        assertThat(probes).isEqualTo(Presence.MAX_UNICAST_SOLICIT);
        assertThat(gateway.presences).containsExactly(false);
    }

    @Test
    @Requirement("PMIP10-6.9.4-4")
    void asksAtTheAddressesOfTheBindingThatIsAskedFor() throws Exception {
        Registration request = request().ipv4(Optional.of(FakeGateway.HOME4.address())).build();
        links.checkPresence(asked(link.attachment(NODE, WIFI), request, 5));
        assertThat(sent).hasSize(2);
        assertThat(sent.get(0).data().array()[62]).as("Multicast Listener Query").isEqualTo((byte) 130);
        ArpFrame arp = ArpFrame.decode(sent.get(1).data().array());
        assertThat(arp.targetAddress()).isEqualTo(FakeGateway.HOME4.address());
        assertThat(arp.senderAddress()).isEqualTo(Ip4Address.ZERO);
        now += 1_000;
        links.tick();
        assertThat(sent).hasSize(4);
        hear(link, PuntClass.ARP, ArpFrame.request(ROUTER, NODE, FakeGateway.HOME4.address(),
                FakeGateway.HOME4.defaultRouter()).octets());
        assertThat(gateway.attached).as("a sign of life").hasSize(1);
    }

    @Test
    void doesNotTakeANodeOfWhichNothingIsKnownForGone() {
        links.checkPresence(asked(link.attachment(NODE, WIFI), request().build(), 0));

        assertThat(gateway.presences).containsExactly(true);
        assertThat(frame(link)[62]).as("Multicast Listener Query, to learn its address").isEqualTo((byte) 130);
    }

    @Test
    void aNodeThatItsAnchorKeepsWaitingSaysNothingNewBySpeaking() {
        Registration request = request().build();
        NodeSession session = asked(place(link), request, 0);
        gateway.session(session.entry().toBuilder().waiting(Waiting.REPLY, now + 32_000).build());
        for (int i = 0; i < 20; i++) {
            solicit(link);
            now += 245;
        }
        assertThat(gateway.attached).hasSize(1);
        now += 100;
        solicit(link);
        assertThat(gateway.attached).as("now and then").hasSize(2);

        gateway.session(session.entry());
        now += 200;
        solicit(link);
        assertThat(gateway.attached).as("an answer to the question whether it is there").hasSize(3);

        gateway.session(session.entry().toBuilder().attachment(link.attachment(NODE, WIFI))
                .waiting(Waiting.REPLY, now + 32_000).build());
        now += 200;
        solicit(link);
        assertThat(gateway.attached).as("an address that was not known").hasSize(4);
    }

    @Test
    void anAnswerCountsBeforeTheCopyOfTheListKnowsOfTheQuestion() {
        NodeSession session = asked(place(link), request().build(), 0);
        gateway.session(session.entry().toBuilder().waiting(Waiting.REPLY, now + 1_000).build());
        solicit(link);
        now += 1_000;
        links.checkPresence(session);
        solicit(link);
        assertThat(gateway.attached).hasSize(2);
    }

    @Test
    void aNodeThatIsDeniedServiceSaysNothingNewEither() {
        gateway.session(asked(place(link), request().build(), 0).entry().toBuilder().state(State.DENIED)
                .registration(Optional.empty()).waiting(Waiting.NOTHING, 0).build());
        for (int i = 0; i < 20; i++) {
            solicit(link);
            now += 245;
        }
        assertThat(gateway.attached).hasSize(1);
    }

    @Test
    void asksNoMoreOnceTheRequestIsRepeated() {
        NodeSession session = asked(place(link), request().build(), 0);
        links.checkPresence(session);
        assertThat(sent).hasSize(1);
        gateway.session(session.entry().toBuilder().waiting(Waiting.REPLY, now + 2_000).build());
        now += 10_000;
        links.tick();
        assertThat(sent).hasSize(1);
        assertThat(gateway.presences).isEmpty();
    }
}
