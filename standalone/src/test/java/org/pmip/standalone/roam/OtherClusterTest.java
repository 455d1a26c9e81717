// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.roam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.standalone.roam.RoamTest.until;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.mag.AttachmentEvent;
import org.pmip.onos.mag.MagService;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.standalone.Bundles;

/**
 * Hosts move between gateways of controllers that know nothing of each other, while they communicate: the anchor keeps
 * one session for each, and each controller and switch ends up with what is still there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherClusterTest {
    /** Longer than any step of a test takes, so that nothing is deleted meanwhile. */
    private static final int DELETION_MILLIS = 300_000;
    private static final int NODES = 32;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final List<Set<String>> ANCHOR_WITH_A_GATEWAY = List.of(Set.of("lma1", "mag1"), Set.of("mag2"));
    private static final List<Set<String>> ANCHOR_ALONE = List.of(Set.of("lma1"), Set.of("mag1"), Set.of("mag2"));
    /** What each session of a node with a prefix and an IPv4 address has at its gateway. */
    private static final Map<String, Integer> SESSION = Map.of("access_nodes", 1, "access_sources", 2,
        "access_uplinks", 1, "access_keys", 1, "access_destinations", 2, "access_deliveries", 1);
    private static final Set<String> AT_ANCHOR = Set.of("uplink_keys", "uplink_sources", "uplink_sessions",
        "home_networks", "downlink_sessions");

    /** A kind of tunnel, which is the name of the anchor that it leads to. */
    private enum Format { GRE_KEYS, UDP_TLV_GRE_KEYS }

    /** When the first gateway is told that the host has left. */
    private enum Leaving { BEFORE, AFTER }

    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger nodes = new AtomicInteger();
    private Wire nowhere;
    private Wire nobody;
    private RoamBed bed;

    @BeforeAll
    void start() throws Exception {
        Bundles.assumePackaged();
        nowhere = new Wire("nowhere");
        nobody = new Wire("nobody");
        nowhere.connect(nobody.port());
        nobody.connect(nowhere.port());
        bed = start(ANCHOR_WITH_A_GATEWAY, 0);
    }

    @AfterAll
    void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
        if (nobody != null) {
            nowhere.close();
            nobody.close();
        }
    }

    private static RoamBed start(List<Set<String>> clusters, int probeInterval) throws Exception {
        RoamBed made = new RoamBed(configuration(probeInterval), section ->
            ((ObjectNode) section.at("/lma/parameters")).put("minDelayBeforeBceDelete", DELETION_MILLIS), null,
            clusters);
        until("anchor and gateways are ready", () -> made.host().service(LmaService.class).ready()
            && mag(made, 1).ready() && mag(made, 2).ready());
        return made;
    }

    private static ObjectNode configuration(int probeInterval) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        ObjectNode mag = root.putObject("mag");
        ArrayNode gateways = mag.putArray("gateways");
        for (int number = 1; number <= 2; number++) {
            gateways.addObject().put("name", "mag" + number).put("device", "device:mag" + number)
                .put("address", "2001:db8:0:1" + number + "::1").put("ipv4Address", "203.0.113.1" + number);
        }
        mag.putArray("anchors").add(new ObjectMapper().createObjectNode().put("name", Format.GRE_KEYS.name())
            .put("address", "2001:db8:0:1::1")).addObject().put("name", Format.UDP_TLV_GRE_KEYS.name())
            .put("ipv4Address", "198.51.100.1").put("forceUdp", true);
        ArrayNode profiles = mag.putArray("mobileNodes");
        for (int number = 0; number < NODES; number++) {
            profiles.addObject().put("id", id(number)).put("anchor", Format.values()[number % 2].name())
                .put("ipv4Service", true).putArray("interfaces").add(mac(number).toString());
        }
        mag.putObject("homeLink").put("probeInterval", probeInterval);
        mag.putObject("parameters").put("gatewaysAreAll", false).put("contextRetention", 100);
        return root;
    }

    private static String id(int number) {
        return "mn" + number + "@example.net";
    }

    private static MacAddress mac(int number) {
        return MacAddress.valueOf(0x00005e005340L + number);
    }

    private static MagService mag(RoamBed bed, int number) {
        return bed.host("mag" + number).service(MagService.class);
    }

    private static ConnectPoint port(int number) {
        return ConnectPoint.deviceConnectPoint("device:mag" + number + "/2");
    }

    /** A host with datagrams of each family under way both ways all the time, and what it had in its first cell. */
    private final class Roamer implements AutoCloseable {
        private final RoamBed where;
        private final int number;
        private final ScriptedNode node;
        private final Map<String, Integer> atFirst;
        private final Map<String, Integer> atSecond;
        private final Map<String, Integer> atAnchor;
        private final BindingCacheEntry session;
        private final BindingUpdateListEntry entry;
        private final IpAddress address;
        private final IpAddress address4;
        private final String router;
        private final Thread thread = new Thread(this::send, "stream");
        private volatile boolean over;
        private volatile RuntimeException failure;

        Roamer(RoamBed bed, Format format) {
            where = bed;
            number = 2 * nodes.getAndIncrement() + format.ordinal();
            node = new ScriptedNode(mac(number));
            atFirst = sessions("mag1");
            atSecond = sessions("mag2");
            node.goTo(bed.cell(1));
            until("an address by advertisement", node::solicit, () -> node.address() != null);
            until("an offer", node::discover, node::offered);
            until("a lease", node::request, node::leased);
            until("the router's address", node::askForRouter4, node::knowsRouter4);
            address = node.address();
            address4 = node.address4().orElseThrow();
            router = node.router();
            thread.start();
            arrives();
            session = session();
            entry = entry(1).orElseThrow();
            atAnchor = atAnchor();
        }

        private void send() {
            try {
                while (!over) {
                    int one = numbers.incrementAndGet();
                    node.send(one, RoamBed.CORRESPONDENT);
                    node.send(one, RoamBed.CORRESPONDENT_4);
                    where.send(one, address);
                    where.send(one, address4);
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        /** What is sent from now on arrives, both ways and of both families. */
        void arrives() {
            int from = numbers.get() + 1;
            until("the stream from " + address, () -> any(from, one -> where.heard(address, one)));
            until("the stream from " + address4, () -> any(from, one -> where.heard(address4, one)));
            until("the stream to the host", () -> any(from, node::got));
            assertThat(failure).isNull();
        }

        private boolean any(int from, IntPredicate arrived) {
            return IntStream.rangeClosed(from, numbers.get()).anyMatch(arrived);
        }

        BindingCacheEntry session() {
            MobileNodeRecord record = where.host().service(LmaService.class).bindings(id(number)).orElseThrow();
            assertThat(record.entries()).hasSize(1);
            return record.entries().get(0);
        }

        Optional<BindingUpdateListEntry> entry(int gateway) {
            return mag(where, gateway).list(id(number)).flatMap(list -> list.first(one -> one.state() == State.ACTIVE));
        }

        JsonNode context() {
            MagService first = mag(where, 1);
            return first.describe(first.list(id(number)).orElseThrow()).at("/attachments/0/context");
        }

        /** The controller of the second gateway is told what that of the first one knows. */
        void tell(JsonNode context) {
            AttachmentEvent.of("device:mag2/2", 0, mac(number).toString()).attach(mag(where, 2), id(number), null,
                context);
        }

        void leaves(int gateway) {
            mag(where, gateway).detach(port(gateway), 0, mac(number));
        }

        private Map<String, Integer> sessions(String gateway) {
            Map<String, Integer> all = new TreeMap<>(where.entries(gateway));
            all.keySet().retainAll(SESSION.keySet());
            return all;
        }

        private Map<String, Integer> atAnchor() {
            Map<String, Integer> all = new TreeMap<>(where.entries("lma1"));
            all.keySet().retainAll(AT_ANCHOR);
            return all;
        }

        /** One session, as it was, at that gateway and with the keys that it has chosen. */
        void isSameAt(int gateway) {
            until("the anchor has it at the gateway", () -> session().state() == BindingCacheEntry.State.ACTIVE
                && session().proxyCoa().equals(entry(gateway).map(BindingUpdateListEntry::careOf).orElse(null)));
            BindingCacheEntry now = session();
            BindingUpdateListEntry here = entry(gateway).orElseThrow();
            assertThat(now.sessionId()).isEqualTo(session.sessionId());
            assertThat(now.prefixes()).isEqualTo(session.prefixes());
            assertThat(now.ipv4Home()).isEqualTo(session.ipv4Home());
            assertThat(now.uplinkKey()).isEqualTo(session.uplinkKey());
            assertThat(now.downlinkKey()).isEqualTo(here.downlinkKey().orElseThrow());
            assertThat(here.binding().orElseThrow().uplinkKey()).isEqualTo(session.uplinkKey());
            assertThat(here.binding().orElseThrow().format()).isEqualTo(entry.binding().orElseThrow().format());
            assertThat(here.binding().orElseThrow().linkLocal()).isEqualTo(entry.binding().orElseThrow().linkLocal());
        }

        /** The host finds what it had: addresses, router, and what it sends and gets. */
        void findsWhatItHad() {
            int told = node.advertisements();
            until("an advertisement in the cell", node::solicit, () -> node.advertisements() > told);
            assertThat(node.address()).isEqualTo(address);
            assertThat(node.addressValid()).isTrue();
            assertThat(node.address4()).contains(address4.getIp4Address());
            assertThat(node.router()).isEqualTo(router);
            arrives();
        }

        /** Nothing is left of it at the other gateway, and there is one session everywhere else. */
        void isNowhereBut(int gateway) {
            int other = 3 - gateway;
            until("the other controller has forgotten it", () -> mag(where, other).list(id(number)).isEmpty());
            Map<String, Integer> with = new TreeMap<>(gateway == 1 ? atFirst : atSecond);
            SESSION.forEach((table, count) -> with.merge(table, count, Integer::sum));
            until("the other switch has lost it", () ->
                sessions("mag" + other).equals(other == 1 ? atFirst : atSecond));
            until("the switch has it", () -> sessions("mag" + gateway).equals(with));
            until("the anchor's switch has it once", () -> atAnchor().equals(atAnchor));
            isSameAt(gateway);
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            thread.join();
        }
    }

    /** Each with each other; all of them together are asked for by {@code -Dcluster=true}. */
    private static Stream<Arguments> ways() {
        boolean all = Boolean.getBoolean("cluster");
        return Stream.of(Format.values()).flatMap(format -> Stream.of(Leaving.values()).flatMap(leaving ->
            Stream.of(false, true).filter(told -> all || (format.ordinal() + leaving.ordinal()) % 2 == 0 == told)
                .map(told -> Arguments.of(format, leaving, told))));
    }

    @ParameterizedTest
    @MethodSource("ways")
    @Requirement({"PMIP10-3-7", "PMIP10-3-8", "PMIP10-3-10", "PMIP10-5.3.5-1", "PMIP10-5.3.5-5", "PMIP10-5.3.5-6",
        "PMIP10-6.9.1.4-6", "PMIP10-6.9.1.4-8", "R5845-3.3.2-8", "PMIP10-6.2-2"})
    void keepsItsSessionInEitherOrderAndWithAndWithoutContext(Format format, Leaving leaving, boolean told)
        throws Exception {
        try (Roamer roamer = new Roamer(bed, format)) {
            JsonNode context = roamer.context();
            assertThat(context.get("prefixes")).hasSize(1);
            if (leaving == Leaving.BEFORE) {
                roamer.node.goTo(nowhere);
                roamer.leaves(1);
                until("it is de-registered", () -> roamer.session().state() == BindingCacheEntry.State.ENDING);
            }
            if (told) {
                roamer.tell(context);
                roamer.isSameAt(2);
            }
            roamer.node.goTo(bed.cell(2));
            roamer.arrives();
            roamer.isSameAt(2);
            long key = roamer.entry(2).orElseThrow().downlinkKey().orElseThrow();
            if (told) {
                assertThat(key).as("the key goes along").isEqualTo(roamer.entry.downlinkKey().orElseThrow());
            } else {
                assertThat(key).as("a key of the second controller's").isGreaterThan(RoamBed.KEYS);
            }
            if (leaving == Leaving.AFTER) {
                assertThat(roamer.entry(1)).as("nobody has told").isPresent();
                roamer.leaves(1);
            }
            roamer.isNowhereBut(2);
            roamer.findsWhatItHad();
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    @Requirement({"PMIP10-3-7", "PMIP10-3-10", "PMIP10-6.9.1.1-11"})
    void comesBackToAGatewayThatHasNotNoticedItsLeaving(Format format) throws Exception {
        try (Roamer roamer = new Roamer(bed, format)) {
            roamer.node.goTo(bed.cell(2));
            roamer.arrives();
            roamer.isSameAt(2);
            assertThat(roamer.entry(1)).as("nobody has told").isPresent();
            roamer.node.goTo(bed.cell(1));
            // As hosts do whose link has come up; what comes within a second of the last request says nothing new.
            until("the anchor has it at the first gateway again", roamer.node::solicit, () ->
                roamer.session().proxyCoa().equals(roamer.entry.careOf()));
            roamer.arrives();
            roamer.leaves(2);
            roamer.isNowhereBut(1);
            roamer.findsWhatItHad();
        }
    }

    /** Three controllers; nobody tells the first gateway anything. */
    @Test
    @Requirement({"PMIP10-6.13-3", "PMIP10-6.13-4", "PMIP10-5.3.5-1", "PMIP10-3-8", "PMIP10-3-10"})
    void aGatewayFindsOutByItselfThatAHostHasGoneToAnotherControllers() throws Exception {
        try (RoamBed three = start(ANCHOR_ALONE, 2_000);
             Roamer one = new Roamer(three, Format.GRE_KEYS)) {
            one.node.goTo(three.cell(2));
            one.arrives();
            one.isNowhereBut(2);
            one.findsWhatItHad();
        }
    }
}
