// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.roam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.mag.MagService;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.link.RouterAdvertisement;
import org.pmip.standalone.Bundles;

/**
 * Hosts that know nothing of mobility move between two gateways of the whole application, with each kind of tunnel:
 * their addresses and their router stay the same. Frames in and out of the switches are all that the hosts see.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoamTest {
    private static final long LIMIT_SECONDS = 60;
    private static final long PATIENCE_MILLIS = 300;

    /** A kind of tunnel, and the anchor of the configuration that makes gateways ask for it. */
    private enum Format {
        IPV6("none", false, false), GRE("mode-only", false, false), GRE_KEYS("keys", false, false),
        IPV4("none", true, false), GRE_IPV4("mode-only", true, false), GRE_KEYS_IPV4("keys", true, false),
        UDP("none", true, true), UDP_TLV_GRE("mode-only", true, true), UDP_TLV_GRE_KEYS("keys", true, true);

        private final String gre;
        private final boolean ipv4;
        private final boolean udp;

        Format(String gre, boolean ipv4, boolean udp) {
            this.gre = gre;
            this.ipv4 = ipv4;
            this.udp = udp;
        }
    }

    private static final Ip6Prefix VISITED = Ip6Prefix.valueOf("2001:db8:900::/56");

    private final AtomicInteger numbers = new AtomicInteger();
    private RoamBed bed;
    private MagService mag;

    @BeforeAll
    void start() throws Exception {
        Bundles.assumePackaged();
        bed = new RoamBed(configuration());
        mag = bed.host().service(MagService.class);
        LmaService lma = bed.host().service(LmaService.class);
        until("anchor and gateways are ready", () -> lma.ready() && mag.ready());
    }

    @AfterAll
    void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    private static MacAddress mac(int number) {
        return MacAddress.valueOf(0x00005e005340L + number);
    }

    private static String id(int number) {
        return "mn" + number + "@example.net";
    }

    private static ObjectNode configuration() {
        ObjectNode root = RoamBed.gateways();
        ObjectNode mag = (ObjectNode) root.get("mag");
        ArrayNode gateways = (ArrayNode) mag.get("gateways");
        ArrayNode anchors = mag.putArray("anchors");
        ArrayNode nodes = mag.putArray("mobileNodes");
        for (Format format : Format.values()) {
            ObjectNode anchor = anchors.addObject().put("name", format.name()).put("grePolicy", format.gre);
            if (format.ipv4) {
                anchor.put("ipv4Address", "198.51.100.1").put("forceUdp", format.udp);
            } else {
                anchor.put("address", "2001:db8:0:1::1");
            }
            node(nodes, format.ordinal(), format.name(), true, true);
        }
        node(nodes, 20, "GRE_KEYS", true, false);
        node(nodes, 21, "IPV6", true, false);
        node(nodes, 22, "IPV4", false, true);
        node(nodes, 23, "IPV6", true, false);
        nodes.addObject().put("id", id(24)).put("mobilityService", false).putArray("interfaces")
            .add(mac(24).toString());
        nodes.addObject().put("id", id(25)).put("mobilityService", false).put("plainAccess", true)
            .putArray("interfaces").add(mac(25).toString());
        node(nodes, 26, "IPV6", true, false);
        ((ObjectNode) nodes.get(nodes.size() - 1)).put("plainAccess", true);
        ((ObjectNode) gateways.get(0)).putObject("plainAccess").put("prefix", VISITED.toString());
        mag.putObject("homeLink").put("probeInterval", 0);
        return root;
    }

    private static void node(ArrayNode nodes, int number, String anchor, boolean ipv6, boolean ipv4) {
        nodes.addObject().put("id", id(number)).put("anchor", anchor).put("ipv6Service", ipv6)
            .put("ipv4Service", ipv4).putArray("interfaces").add(mac(number).toString());
    }

    static void until(String what, BooleanSupplier condition) {
        until(what, () -> { }, condition);
    }

    /** Waits for a condition; does something again and again meanwhile, as hosts do who get no answer. */
    static void until(String what, Runnable again, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        long next = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + LIMIT_SECONDS + " s: " + what);
            }
            if (System.nanoTime() > next) {
                again.run();
                next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private ScriptedNode node(int number, int cell) {
        ScriptedNode node = new ScriptedNode(mac(number));
        node.goTo(bed.cell(cell));
        return node;
    }

    private void getAddresses(ScriptedNode node, boolean ipv6, boolean ipv4) {
        if (ipv6) {
            until("an address by advertisement", node::solicit, () -> node.address() != null);
        }
        if (ipv4) {
            until("an offer", node::discover, node::offered);
            until("a lease", node::request, node::leased);
            until("the router's address", node::askForRouter4, node::knowsRouter4);
        }
    }

    /** Both ways, to and from the correspondent node. */
    private void communicates(ScriptedNode node, IpAddress own, IpAddress peer) {
        int up = numbers.incrementAndGet();
        until("a datagram from " + own, () -> node.send(up, peer), () -> bed.heard(own, up));
        int down = numbers.incrementAndGet();
        until("a datagram to " + own, () -> bed.send(down, own), () -> node.got(down));
    }

    private void communicates(ScriptedNode node) {
        if (node.address() != null) {
            communicates(node, node.address(), RoamBed.CORRESPONDENT);
        }
        node.address4().ifPresent(own -> communicates(node, own, RoamBed.CORRESPONDENT_4));
    }

    private boolean isAt(int number, String gateway) {
        return mag.list(id(number)).flatMap(list -> list.first(entry -> entry.state() == State.ACTIVE
            && entry.attachment().gateway().equals(gateway))).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    @Requirement({"PMIP10-3-3", "PMIP10-6-2", "PMIP10-6.9.3-3"})
    void addressesAndRouterStayTheSameOverEachTunnel(Format format) {
        int number = format.ordinal();
        ScriptedNode node = node(number, 1);
        getAddresses(node, true, true);
        communicates(node);
        IpAddress address = node.address();
        IpAddress address4 = node.address4().orElseThrow();
        String router = node.router();

        for (int cell : new int[] {2, 1}) {
            node.goTo(bed.cell(cell));
            // Nobody tells the gateways: what the node sends must do.
            communicates(node);
            until("the session is at the new gateway", () -> isAt(number, "mag" + cell));
            int told = node.advertisements();
            until("an advertisement in the new cell", node::solicit, () -> node.advertisements() > told);
            assertThat(node.address()).isEqualTo(address);
            assertThat(node.addressValid()).isTrue();
            assertThat(node.address4()).contains(address4.getIp4Address());
            assertThat(node.router()).isEqualTo(router);
            communicates(node);
        }
    }

    @Test
    void anIpv6NodeMovesByRouterSolicitation() {
        ScriptedNode node = node(20, 1);
        getAddresses(node, true, false);
        communicates(node);
        node.goTo(bed.cell(2));
        until("the session is at the new gateway", node::solicit, () -> isAt(20, "mag2"));
        communicates(node);
    }

    private BooleanSupplier counts(int number) {
        return () -> mag.list(id(number)).flatMap(list -> list.first(entry -> entry.state() == State.ACTIVE)
            .map(entry -> mag.traffic(list, entry))).filter(one -> one.uplinkPackets() > 0
                && one.uplinkOctets() >= 72 * one.uplinkPackets() && one.downlinkPackets() > 0
                && one.downlinkOctets() >= 72 * one.downlinkPackets()).isPresent();
    }

    @Test
    void eachSessionCountsAtItsGateway() {
        ScriptedNode node = node(20, 1);
        getAddresses(node, true, false);
        communicates(node);
        until("packets and octets are counted both ways", counts(20));
    }

    @Test
    void anIpv4NodeGetsItsAddressByDhcpAlone() {
        ScriptedNode node = node(22, 2);
        getAddresses(node, false, true);
        communicates(node);
        node.goTo(bed.cell(1));
        communicates(node);
        assertThat(node.address()).as("no prefix").isNull();
    }

    @Test
    @Requirement({"PMIP10-6.7-1", "PMIP10-6.4-1"})
    void isToldTheSameOnEveryLink() {
        ScriptedNode node = node(21, 1);
        getAddresses(node, true, false);
        node.goTo(bed.cell(2));
        int told = node.advertisements();
        until("an advertisement in the new cell", node::solicit, () -> node.advertisements() > told);
        assertThat(node.told()).allSatisfy(one -> {
            assertThat(one.managed()).isFalse();
            assertThat(one.mtu()).isEqualTo(first(node).mtu());
            assertThat(one.prefixes()).extracting(prefix -> prefix.prefix())
                .isEqualTo(first(node).prefixes().stream().map(prefix -> prefix.prefix()).toList());
        });
    }

    private static RouterAdvertisement first(ScriptedNode node) {
        return node.told().element();
    }

    @Test
    @Requirement("PMIP10-6.10.5-4")
    void aNodeIsToldWhatItsGatewayCannotPassOn() {
        ScriptedNode node = node(21, 1);
        getAddresses(node, true, false);
        communicates(node);
        int mtu = first(node).mtu().orElseThrow();
        until("Packet Too Big with the MTU that was advertised",
            () -> node.send(RoamBed.CORRESPONDENT, mtu + 1, 64), () -> node.errors().contains("2 " + mtu));
        until("Time Exceeded", () -> node.send(RoamBed.CORRESPONDENT, 100, 1), () -> node.errors().contains("3 0"));
        assertThat(node.errors()).hasSize(2);
    }

    @Test
    @Requirement({"PMIP10-6.13-3", "PMIP10-6.13-4"})
    void aNodeThatIsSaidToBeGoneIsDeregistered() {
        ScriptedNode node = node(23, 1);
        getAddresses(node, true, false);
        communicates(node);
        mag.detach(ConnectPoint.deviceConnectPoint("device:mag1/2"), 0, mac(23));
        until("its prefix is withdrawn", () -> !node.addressValid());
        until("no session is left", () -> mag.list(id(23)).flatMap(list ->
            list.first(entry -> entry.state() == State.ACTIVE)).isEmpty());
        mag.attach(ConnectPoint.deviceConnectPoint("device:mag1/2"), 0, mac(23), 4, Optional.empty());
        until("it is advertised again", () -> node.addressValid());
        communicates(node);
    }

    @ParameterizedTest
    @ValueSource(ints = {25, 26})
    @Requirement({"PMIP10-6.9.2-3", "PMIP10-6.9.2-4", "PMIP10-6.14-2", "PMIP10-6.14-3", "PMIP10-6.14-4"})
    void aNodeWithoutTheServiceOrRefusedByItsAnchorGetsAVisitedPrefix(int number) {
        ScriptedNode node = node(number, 1);
        getAddresses(node, true, false);
        assertThat(node.told()).allSatisfy(one -> assertThat(one.prefixes())
            .allMatch(prefix -> VISITED.contains(prefix.prefix()) && prefix.prefix().prefixLength() == 64));
        communicates(node);
        mag.detach(ConnectPoint.deviceConnectPoint("device:mag1/2"), 0, mac(number));
        until("its prefix is withdrawn", () -> !node.addressValid());
        int lost = numbers.incrementAndGet();
        until("it is called back by what it sends", () -> node.send(lost, RoamBed.CORRESPONDENT),
            () -> node.addressValid());
        communicates(node);
    }

    @Test
    @Requirement({"PMIP10-6.14-1", "PMIP10-6.5-1"})
    void aNodeWithoutEntitlementGetsNothing() {
        ScriptedNode node = node(24, 1);
        ScriptedNode stranger = node(30, 2);
        ScriptedNode entitled = node(20, 1);
        node.solicit();
        stranger.solicit();
        node.discover();
        // What comes later for another node on the same path shows that nothing comes any more for these.
        node.goTo(bed.cell(1));
        node.solicit();
        entitled.goTo(bed.cell(2));
        getAddresses(entitled, true, false);
        assertThat(node.advertisements() + stranger.advertisements()).isZero();
        assertThat(node.offered()).isFalse();
        assertThat(mag.list(id(24))).isEmpty();
    }
}
