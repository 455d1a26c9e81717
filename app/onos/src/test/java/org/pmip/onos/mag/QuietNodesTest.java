// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.DefaultPacketContext;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.NamedMaps;
import org.pmip.onos.dataplane.AccessPlane.Placed;
import org.pmip.onos.link.AccessLink;
import org.pmip.onos.link.Attachments;
import org.pmip.onos.link.GatewayLinks;
import org.pmip.onos.link.HomeLinks;
import org.pmip.onos.link.NodeSession;
import org.pmip.onos.link.NodeSettings;
import org.pmip.onos.lma.KeyedSequencer;
import org.pmip.onos.store.ListStore;
import org.pmip.onos.store.NumberBlocks;
import org.pmip.pipeconf.PuntClass;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.Effect;
import org.pmip.protocol.mag.Gateway;
import org.pmip.protocol.mag.GreWish;
import org.pmip.protocol.mag.MagEngine;
import org.pmip.protocol.mag.MagEvent;
import org.pmip.protocol.mag.MagParameters;
import org.pmip.protocol.mag.MagPolicy;
import org.pmip.protocol.mag.MagProfile;
import org.pmip.protocol.mag.link.HomeLink;
import org.pmip.protocol.mag.link.Ipv6Frame;
import org.pmip.protocol.mag.link.NeighborAdvertisement;
import org.pmip.protocol.mag.link.NeighborSolicitation;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.Timestamp;

import static org.assertj.core.api.Assertions.assertThat;

/** Engine, list and links together: what becomes of nodes that say nothing of themselves while their anchor is away. */
class QuietNodesTest {

    private static final MobileNodeIdentifier ANNA = MobileNodeIdentifier.ofNai("anna@example.net");
    private static final Anchor ANCHOR = Anchor.overIpv6("lma", Ip6Address.valueOf("2001:db8:0:1::1"));
    private static final MacAddress MAC = MacAddress.valueOf("02:00:00:00:00:01");
    private static final MacAddress ROUTER = MacAddress.valueOf("00:00:5e:00:53:fe");
    private static final Ip6Address LINK_LOCAL = Ip6Address.valueOf("fe80::41");
    private static final int STEP_MILLIS = 100;
    private static final int WIFI = AccessTechnologyType.WLAN;

    private final AccessLink at1 = link("mag1");
    private final AccessLink at2 = link("mag2");
    private final List<Effect> sent = new ArrayList<>();
    private final List<Integer> probes = new ArrayList<>();
    private final SessionIndex index = new SessionIndex();
    private final ListStore store = new ListStore(new NamedMaps(), new DefaultApplicationId(1, "org.pmip"),
            index::changed);
    private final HomeLinks links = links();
    private final MagProcessor processor = processor();
    private final List<byte[]> answers = new ArrayList<>();
    private boolean there = true;
    private long now = 1_000_000;

    private static AccessLink link(String gateway) {
        return new AccessLink(gateway, new ConnectPoint(DeviceId.deviceId("device:" + gateway),
                PortNumber.portNumber(2)), 0);
    }

    private HomeLinks links() {
        NodeSettings settings = new NodeSettings(new HomeLink(true, false, 90, OptionalLong.empty(), 1_500), 90, 600);
        List<GatewayLinks> gateways = new ArrayList<>();
        for (AccessLink one : List.of(at1, at2)) {
            gateways.add(GatewayLinks.builder(one.gateway(), one.port().deviceId()).links(List.of(one), WIFI)
                    .router(ROUTER, Ip6Address.valueOf("fe80::1")).settings(node -> settings).build());
        }
        return new HomeLinks(new PacketServiceAdapter() {
            @Override
            public void emit(OutboundPacket packet) {
                probed(packet.data().array());
            }
        }, device -> true, new Links(), gateways, () -> now, name -> { });
    }

    /** The node hears what is sent to it, and answers later, as packets do. */
    private void probed(byte[] frame) {
        try {
            Ipv6Frame packet = Ipv6Frame.decode(frame);
            // A query follows a Hop-by-Hop Options header of 8 octets.
            int type = packet.payload()[packet.nextHeader() == 0 ? 8 : 0] & 0xff;
            probes.add(type);
            if (there && type == NeighborSolicitation.TYPE) {
                answers.add(NeighborAdvertisement.answer(MAC, false, NeighborSolicitation.decode(packet), ROUTER)
                        .octets());
            }
        } catch (DecodeException e) {
            probes.add(-1);
        }
    }

    private MagProcessor processor() {
        NamedMaps storage = new NamedMaps();
        MagProcessor.Parts parts = new MagProcessor.Parts();
        parts.store = store;
        parts.sessionIds = new NumberBlocks(storage.getAtomicCounter("sessions"), 1, 1_000, store::usesSessionId);
        parts.downlinkKeys = new NumberBlocks(storage.getAtomicCounter("keys"), 1, 1_000, store::usesDownlinkKey);
        parts.sequencer = new KeyedSequencer(Runnable::run, 16);
        parts.clock = () -> new Moment(now, Instant.ofEpochMilli(now));
        parts.turnstile = new Turnstile(() -> now, name -> { }, MagParameters.DEFAULTS);
        parts.counter = name -> { };
        MagEngine engine = new MagEngine(new MagPolicy(Map.of("mag1", gateway(1), "mag2", gateway(2)),
                Map.of("lma", ANCHOR), Map.of("anna@example.net", MagProfile.of("lma")),
                MagProfile.withoutService(false), GreWish.NONE), MagParameters.DEFAULTS);
        Switches switches = new Switches();
        MagProcessor made = new MagProcessor(parts);
        made.use(new MagTerms(engine, switches, switches, links));
        return made;
    }

    private static Gateway gateway(int number) {
        return new Gateway("mag" + number, Ip6Address.valueOf("2001:db8:0:1" + number + "::1"), Optional.empty(),
                Ip6Address.valueOf("fe80::1"));
    }

    private final class Switches implements MagProcessor.Switches, MagTerms.Messages {
        @Override
        public Optional<Placed> placed(MobileNodeIdentifier node, BindingUpdateListEntry entry) {
            return Optional.empty();
        }

        @Override
        public CompletableFuture<Void> change(List<Placed> removed, List<Placed> installed) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> compare(DeviceId device) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletableFuture<Void> compareAll() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void send(Effect effect) {
            sent.add(effect);
        }

        @Override
        public void synchroniseClock() {
            throw new AssertionError("nobody said so");
        }
    }

    private final class Links implements Attachments {
        @Override
        public Optional<MobileNodeIdentifier> identify(AccessLink link, MacAddress node, Optional<byte[]> client) {
            return Optional.of(ANNA);
        }

        @Override
        public void attached(MobileNodeIdentifier node, Attachment attachment, int hint) {
            processor.attached(node, ANCHOR, attachment, MagEvent.attached(attachment, hint, Optional.empty()));
        }

        @Override
        public void cameAgain(NodeSession session, Attachment attachment) {
            throw new AssertionError("only its anchor is away");
        }

        @Override
        public void denied(NodeSession session) {
            throw new AssertionError("the anchor says nothing");
        }

        @Override
        public void detached(Attachment attachment) {
            throw new AssertionError("nobody says so");
        }

        @Override
        public void presence(NodeSession session, boolean present) {
            processor.presence(session, present);
        }

        @Override
        public Optional<NodeSession> at(Attachment place) {
            return index.at(place);
        }

        @Override
        public boolean compared(String gateway) {
            return true;
        }

        @Override
        public void entriesAreMissing(NodeSession session) {
            throw new AssertionError("no session is in force");
        }

        @Override
        public Collection<NodeSession> active(String gateway) {
            return index.active(gateway);
        }
    }

    private void pass(long millis) {
        for (long until = now + millis; now < until;) {
            now += STEP_MILLIS;
            List<byte[]> heard = List.copyOf(answers);
            answers.clear();
            heard.forEach(frame -> links.process(new DefaultPacketContext(now, new DefaultInboundPacket(at2.port(),
                    null, ByteBuffer.wrap(frame), Optional.of((long) PuntClass.NEIGHBOUR_DISCOVERY.code())), null,
                    false) {
                @Override
                public void send() {
                    throw new IllegalStateException("nothing is to be sent through the context");
                }
            }));
            store.all().stream().filter(list -> list.deadline().orElse(Long.MAX_VALUE) <= now)
                    .forEach(list -> processor.submit(ANNA, MagEvent.timer()));
            links.tick();
        }
    }

    private BindingUpdate update(int number) {
        return sent.get(number).message().orElseThrow().update();
    }

    /** The anchor accepts the last request, as section 5.3 has it. */
    private void accept() {
        BindingUpdate update = update(sent.size() - 1);
        BindingAcknowledgement.Builder answer = BindingAcknowledgement.builder().status(0)
                .flags(BindingAcknowledgement.P).sequence(update.sequence()).lifetime(update.lifetime()).option(ANNA)
                .option(HomeNetworkPrefix.of(Ip6Prefix.valueOf("2001:db8:100::/64")));
        update.first(HandoffIndicator.class).ifPresent(answer::option);
        update.first(AccessTechnologyType.class).ifPresent(answer::option);
        update.first(Timestamp.class).ifPresent(answer::option);
        update.first(MobileNodeLinkLayerIdentifier.class).ifPresent(answer::option);
        update.first(LinkLocalAddress.class).ifPresent(asked -> answer.option(
                LinkLocalAddress.of(Ip6Address.valueOf("fe80::1"))));
        processor.submit(ANNA, MagEvent.acknowledged(answer.build(), ANCHOR.address(),
                sent.get(sent.size() - 1).message().orElseThrow().source()));
    }

    private List<BindingUpdateListEntry> entries() {
        return store.read(ANNA).list().entries();
    }

    private void registeredAtTheFirst() {
        new Links().attached(ANNA, at1.attachment(MAC, WIFI).withNodeLinkLocal(LINK_LOCAL), HandoffIndicator.UNKNOWN);
        accept();
        assertThat(entries()).singleElement().matches(entry -> entry.state() == State.ACTIVE);
    }

    @Test
    @Requirement({"PMIP10-6.9.4-3", "PMIP10-6.9.4-4"})
    void aQuietNodeThatMovesWhileItsAnchorIsAwayKeepsItsSession() {
        registeredAtTheFirst();
        links.hostCame(at2.port(), 0, MAC);
        probes.clear();
        pass(20_000);

        assertThat(probes).contains(NeighborSolicitation.TYPE);
        assertThat(sent).hasSizeGreaterThan(4);
        for (int i = 1; i < sent.size(); i++) {
            assertThat(update(i).lifetime()).isPositive();
        }
        assertThat(entries()).extracting(BindingUpdateListEntry::state)
                .containsExactly(State.SUPERSEDED, State.REGISTERING);
        accept();
        assertThat(entries()).singleElement().matches(entry -> entry.state() == State.ACTIVE
                && entry.attachment().gateway().equals("mag2"));
    }

    @Test
    @Requirement({"PMIP10-6.9.4-4", "PMIP10-6.13-4"})
    void aNodeThatDoesNotAnswerWhereItIsKnownIsGone() {
        registeredAtTheFirst();
        there = false;
        links.hostCame(at2.port(), 0, MAC);
        probes.clear();
        pass(10_000);

        assertThat(probes).filteredOn(type -> type == NeighborSolicitation.TYPE).hasSize(3);
        assertThat(update(1).lifetime()).isPositive();
        assertThat(update(2).lifetime()).isZero();
        assertThat(entries()).noneMatch(BindingUpdateListEntry::forwards);
    }

    @Test
    @Requirement({"PMIP10-6.9.4-3", "PMIP10-6.9.4-6"})
    void aNodeThatHasJustComeAndOfWhichNoAddressIsKnownIsAskedForAgain() {
        links.hostCame(at2.port(), 0, MAC);
        pass(20_000);

        assertThat(probes).as("Multicast Listener Queries").contains(130);
        assertThat(sent).hasSizeGreaterThan(4).allMatch(effect -> effect.message().orElseThrow().update()
                .lifetime() > 0);
        assertThat(entries()).singleElement().matches(entry -> entry.state() == State.REGISTERING);
    }
}
