// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.roam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onlab.packet.MacAddress;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.mag.MagService;
import org.pmip.standalone.Bundles;

/**
 * A node of the transport network between anchor and gateway has a link on which less fits than either of them knows,
 * or loses its way: both learn it from ICMP, and who has sent the inner packets hears of it. Frames in and out of the
 * whole application are all that is looked at.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PathMtuTest {
    private static final int WIDE = 1_500;
    private static final int NARROW = 1_400;

    /** Kinds of tunnels that share no path, and how many octets each puts round a packet. */
    private enum Tunnel {
        GRE_KEYS(48), GRE_KEYS_IPV4(28), UDP_TLV_GRE_KEYS(40);

        private final int overhead;

        Tunnel(int overhead) {
            this.overhead = overhead;
        }
    }

    private final AtomicInteger numbers = new AtomicInteger();
    private TransportRouter router;
    private RoamBed bed;
    private MagService mag;
    private LmaService lma;

    @BeforeAll
    void start() throws Exception {
        Bundles.assumePackaged();
        router = new TransportRouter();
        bed = new RoamBed(gateways(), section -> ((ObjectNode) section.at("/switches/device:lma1/interfaces/1"))
            .putArray("addresses").add("2001:db8:ffff::2"), router);
        mag = bed.host().service(MagService.class);
        lma = bed.host().service(LmaService.class);
        RoamTest.until("anchor and gateways are ready", () -> lma.ready() && mag.ready());
    }

    @AfterAll
    void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
        if (router != null) {
            router.close();
        }
    }

    private static MacAddress mac(int number) {
        return MacAddress.valueOf(0x00005e005360L + number);
    }

    private static String id(int number) {
        return "mtu" + number + "@example.net";
    }

    private static ObjectNode gateways() {
        ObjectNode root = RoamBed.gateways();
        ObjectNode mag = (ObjectNode) root.get("mag");
        ArrayNode anchors = mag.putArray("anchors");
        anchors.addObject().put("name", Tunnel.GRE_KEYS.name()).put("address", "2001:db8:0:1::1");
        anchors.addObject().put("name", Tunnel.GRE_KEYS_IPV4.name()).put("ipv4Address", "198.51.100.1");
        anchors.addObject().put("name", Tunnel.UDP_TLV_GRE_KEYS.name()).put("ipv4Address", "198.51.100.1")
            .put("forceUdp", true);
        anchors.addObject().put("name", "plain").put("address", "2001:db8:0:1::1").put("grePolicy", "none");
        ArrayNode nodes = mag.putArray("mobileNodes");
        for (Tunnel tunnel : Tunnel.values()) {
            node(nodes, tunnel.ordinal(), tunnel.name());
        }
        node(nodes, 10, "plain");
        mag.putObject("homeLink").put("probeInterval", 0);
        return root;
    }

    private static void node(ArrayNode nodes, int number, String anchor) {
        nodes.addObject().put("id", id(number)).put("anchor", anchor).putArray("interfaces")
            .add(mac(number).toString());
    }

    private ScriptedNode attached(int number) {
        ScriptedNode node = new ScriptedNode(mac(number));
        node.goTo(bed.cell(1));
        RoamTest.until("an address by advertisement", node::solicit, () -> node.address() != null);
        passes(node, 72);
        return node;
    }

    /** Packets of that size come through, both ways. */
    private void passes(ScriptedNode node, int octets) {
        int up = numbers.incrementAndGet();
        RoamTest.until(octets + " octets from " + node.address(),
            () -> node.send(up, RoamBed.CORRESPONDENT, octets), () -> bed.heard(node.address(), up));
        int down = numbers.incrementAndGet();
        RoamTest.until(octets + " octets to " + node.address(), () -> bed.send(down, node.address(), octets),
            () -> node.got(down));
    }

    private JsonNode atAnchor(int number) {
        return lma.describe(lma.bindings(id(number)).orElseThrow()).at("/sessions/0/path");
    }

    private JsonNode atGateway(int number) {
        return mag.describe(mag.list(id(number)).orElseThrow()).at("/attachments/0/path");
    }

    @ParameterizedTest
    @EnumSource(Tunnel.class)
    @Requirement("PMIP10-6.10.5-4")
    void whoSendsTooMuchForALinkOnTheWayIsTold(Tunnel tunnel) {
        int number = tunnel.ordinal();
        int fits = WIDE - tunnel.overhead;
        int fitsNow = NARROW - tunnel.overhead;
        router.mtu(WIDE);
        ScriptedNode node = attached(number);
        passes(node, fits);
        assertThat(atGateway(number).get("pathMtu").asInt()).isEqualTo(WIDE);
        assertThat(atAnchor(number).get("pathMtu").asInt()).isEqualTo(WIDE);

        router.mtu(NARROW);
        RoamTest.until("Packet Too Big for the node", () -> node.send(0, RoamBed.CORRESPONDENT, fits),
            () -> node.errors().contains("2 " + fitsNow));
        RoamTest.until("Packet Too Big for the correspondent", () -> bed.send(0, node.address(), fits),
            () -> bed.told(node.address(), 2, fitsNow));
        RoamTest.until("the gateway's path MTU", () -> atGateway(number).get("pathMtu").asInt() == NARROW);
        RoamTest.until("the anchor's path MTU", () -> atAnchor(number).get("pathMtu").asInt() == NARROW);
        assertThat(atAnchor(number).get("configuredMtu").asInt()).isEqualTo(WIDE);
        assertThat(atAnchor(number).get("tooBig").asInt()).isPositive();
        passes(node, fitsNow);

        // From now on the switches themselves say so; none of it comes to the router any more.
        int before = router.tooBig();
        node.errors().clear();
        bed.forgetErrors();
        RoamTest.until("the gateway's own word", () -> node.send(0, RoamBed.CORRESPONDENT, fitsNow + 1),
            () -> node.errors().contains("2 " + fitsNow));
        RoamTest.until("the anchor's own word", () -> bed.send(0, node.address(), fitsNow + 1),
            () -> bed.told(node.address(), 2, fitsNow));
        assertThat(router.tooBig()).isEqualTo(before);
        router.mtu(WIDE);
    }

    @Test
    @Requirement("PMIP10-6.10.5-4")
    void whoseTunnelHasNoWayIsTold() {
        ScriptedNode node = attached(10);
        router.cut(true);
        try {
            RoamTest.until("Destination Unreachable for the node", () -> node.send(0, RoamBed.CORRESPONDENT, 100),
                () -> node.errors().contains("1 0"));
            RoamTest.until("Destination Unreachable for the correspondent", () -> bed.send(0, node.address(), 100),
                () -> bed.told(node.address(), 1, 0));
            assertThat(atGateway(10).get("unreachable").asInt()).isPositive();
            assertThat(atAnchor(10).get("unreachable").asInt()).isPositive();
            assertThat(atAnchor(10).get("lastError").asText()).startsWith("2001:db8:ff::1: UNREACHABLE");
        } finally {
            router.cut(false);
        }
        passes(node, 100);
    }
}
