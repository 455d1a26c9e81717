// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.roam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.onlab.packet.Ip6Address;
import org.onosproject.net.ConnectPoint;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.mag.MagService;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.standalone.Bundles;

/**
 * All nodes of a cell come at once, and then go at once to the next one: nobody is forgotten, and all tables end up
 * exact. {@code bench/massmove.sh} does it with 10,000 nodes and prints how long it took.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MassMoveTest {
    private static final int NODES = Integer.getInteger("massmove.nodes", 200);
    private static final int SINGLE_MOVES = Integer.getInteger("massmove.single", 20);
    private static final boolean FIGURES = Boolean.getBoolean("massmove");
    private static final long LIMIT_SECONDS = Integer.getInteger("massmove.limit", 300);
    /** A host that hears of no router asks again after 4 s (RFC 4861 section 10), an access point does nothing. */
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long DELETION_MILLIS = 500;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final Set<String> OF_SESSIONS_AT_GATEWAY = Set.of("access_nodes", "access_sources",
        "access_uplinks", "access_keys", "access_destinations", "access_deliveries");
    private static final Set<String> OF_SESSIONS_AT_ANCHOR = Set.of("uplink_keys", "uplink_sources",
        "uplink_sessions", "home_networks", "downlink_sessions");

    private final Crowd crowd = new Crowd(NODES);
    private RoamBed bed;
    private MagService mag;
    private LmaService lma;
    private Map<String, Integer> atStart;

    @BeforeAll
    void start() throws Exception {
        Bundles.assumePackaged();
        bed = new RoamBed(crowd.configuration(), section -> ((ObjectNode) section.at("/lma/parameters"))
            .put("minDelayBeforeBceDelete", DELETION_MILLIS));
        mag = bed.host().service(MagService.class);
        lma = bed.host().service(LmaService.class);
        until("anchor and gateways are ready", () -> lma.ready() && mag.ready());
        atStart = bed.entries("lma1");
    }

    @AfterAll
    void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    @Test
    @Order(1)
    void allComeAtOnce() {
        rush("attached", 1);
        exact(1);
    }

    @Test
    @Order(2)
    void allMoveAtOnce() {
        rush("moved", 2);
        exact(2);
        assertThat(bed.entries("mag1")).as("entries of sessions that have left").doesNotContainKeys(
            OF_SESSIONS_AT_GATEWAY.toArray(String[]::new));
    }

    @Test
    @Order(3)
    void allLeaveAndComeBackWhileTheirSessionsAreDeleted() {
        ConnectPoint port = ConnectPoint.deviceConnectPoint("device:mag2/2");
        for (int number = 0; number < NODES; number++) {
            mag.detach(port, 0, Crowd.mac(number));
        }
        until("all are de-registered", () -> mag.lists().stream().noneMatch(list -> isAt(list, "mag2")));
        rush("back", 2);
        exact(2);
    }

    @Test
    @Order(4)
    void oneAfterTheOtherMovesBack() {
        crowd.goTo(bed.cell(1));
        List<Long> took = new ArrayList<>();
        for (int number = 0; number < Math.min(SINGLE_MOVES, NODES); number++) {
            int moving = number;
            crowd.announce(number);
            until(Crowd.id(number) + " is told of its router again", () -> crowd.took(moving).isPresent());
            took.add(crowd.took(number).getAsLong());
        }
        say("one after the other", took);
        until("as many entries as sessions at the first gateway", () ->
            bed.entries("mag1").getOrDefault("access_nodes", 0) == took.size());
    }

    /** Everybody is announced in a cell at once; whoever hears nothing is announced again, as hosts ask again. */
    private void rush(String what, int number) {
        long sent = sent();
        crowd.goTo(bed.cell(number));
        crowd.announceWhoWaits();
        long[] next = {System.nanoTime() + AGAIN_NANOS};
        until("all are " + what, () -> {
            long now = System.nanoTime();
            if (now > next[0]) {
                next[0] = now + AGAIN_NANOS;
                if (FIGURES) {
                    System.out.printf(Locale.ROOT, "massmove: %d of %d %s, %d updates sent%n", crowd.told(), NODES,
                        what, sent() - sent);
                }
                crowd.announceWhoWaits();
            }
            return crowd.told() == NODES;
        });
        until("all are active at the gateway", () -> mag.lists().stream().filter(list -> isAt(list, "mag" + number))
            .count() == NODES);
        if (FIGURES) {
            System.out.printf(Locale.ROOT, "massmove: %d nodes %s at once: %.1f s to the last one, %.0f a second; %d "
                + "announcements, %d updates sent, %d of them again%n", NODES, what, crowd.span() / 1e9,
                NODES * 1e9 / crowd.span(), crowd.announcements(), sent() - sent, sent() - sent - NODES);
            System.out.println("massmove: gateways " + mag.statistics());
            System.out.println("massmove: anchor " + lma.statistics());
            say(what + " at once", crowd.all());
        }
    }

    private long sent() {
        return mag.statistics().of("sent");
    }

    private static boolean isAt(BindingUpdateList list, String gateway) {
        return list.first(entry -> entry.state() == State.ACTIVE && entry.forwards()
            && entry.attachment().gateway().equals(gateway)).isPresent();
    }

    /** What lists, binding cache and tables have is what it should be, each node's once. */
    private void exact(int number) {
        Ip6Address careOf = Ip6Address.valueOf("2001:db8:0:1" + number + "::1");
        assertThat(mag.lists()).hasSize(NODES).allSatisfy(list -> assertThat(list.entries())
            .filteredOn(entry -> entry.state() != State.LEFT).singleElement().satisfies(entry -> {
                assertThat(entry.state()).isEqualTo(State.ACTIVE);
                assertThat(entry.attachment().gateway()).isEqualTo("mag" + number);
            }));
        assertThat(lma.bindings()).hasSize(NODES).extracting(MobileNodeRecord::entries).allSatisfy(entries ->
            assertThat(entries).singleElement().satisfies(entry ->
                assertThat(entry.proxyCoa()).isEqualTo(careOf)));
        Map<String, Integer> atGateway = new TreeMap<>();
        OF_SESSIONS_AT_GATEWAY.forEach(table -> atGateway.put(table, NODES));
        Map<String, Integer> atAnchor = new TreeMap<>();
        OF_SESSIONS_AT_ANCHOR.forEach(table -> atAnchor.put(table, atStart.getOrDefault(table, 0) + NODES));
        // Gateways take out what has left after they have told the node of its router.
        until("entries of sessions at other gateways are gone", () -> List.of("mag1", "mag2").stream()
            .filter(gateway -> !gateway.equals("mag" + number))
            .allMatch(gateway -> bed.entries(gateway).keySet().stream().noneMatch(OF_SESSIONS_AT_GATEWAY::contains)));
        until("the gateway's entries are exact", () ->
            bed.entries("mag" + number).entrySet().containsAll(atGateway.entrySet()));
        until("the anchor's entries are exact", () -> bed.entries("lma1").entrySet().containsAll(atAnchor.entrySet()));
    }

    private static void say(String what, List<Long> nanos) {
        if (FIGURES) {
            List<Long> sorted = nanos.stream().sorted().toList();
            System.out.printf(Locale.ROOT, "massmove: %s: announcement to router advertisement median %.1f ms, 99th "
                + "percentile %.1f ms of %d%n", what, sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6, sorted.size());
        }
    }

    private static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + LIMIT_SECONDS + " s: " + what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
