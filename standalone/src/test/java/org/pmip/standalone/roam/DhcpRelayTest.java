// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.roam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.mag.MagService;
import org.pmip.protocol.mag.link.Dhcpv4Message;
import org.pmip.protocol.mag.link.Dhcpv4Relay;
import org.pmip.protocol.mag.link.Ipv4UdpFrame;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.standalone.Bundles;

/** A host gets the address that the anchor assigned from a DHCP server behind the anchor, through its gateway. */
class DhcpRelayTest {
    private static final MacAddress NODE = MacAddress.valueOf("00:00:5e:00:53:41");
    private static final MacAddress SERVER_MAC = MacAddress.valueOf("00:00:5e:00:53:22");
    private static final MacAddress HOME_MAC = MacAddress.valueOf("00:00:5e:00:53:02");
    private static final Ip4Address SERVER = Ip4Address.valueOf("192.0.2.67");
    private static final Ip4Address CARE_OF = Ip4Address.valueOf("203.0.113.11");
    private static final Ip4Address ROUTER = Ip4Address.valueOf("10.1.0.1");

    private final Queue<Dhcpv4Message> asked = new ConcurrentLinkedQueue<>();

    private static ObjectNode gateways() {
        ObjectNode root = RoamBed.gateways();
        ObjectNode mag = (ObjectNode) root.get("mag");
        mag.putArray("anchors").addObject().put("name", "lma").put("address", "2001:db8:0:1::1");
        mag.putArray("mobileNodes").addObject().put("id", "mn1@example.net").put("ipv6Service", false)
            .put("ipv4Service", true).putArray("interfaces").add(NODE.toString());
        mag.putObject("homeLink").put("probeInterval", 0).put("dhcpv4RelayAddress", "gateway")
            .putArray("dhcpv4Servers").add(SERVER.toString());
        return root;
    }

    private static void routes(ObjectNode section) {
        ((ObjectNode) section.at("/lma/parameters")).put("dhcpSupportMode", "relay");
        ArrayNode anchor = (ArrayNode) section.at("/switches/device:lma1/routes");
        anchor.addObject().put("prefix", "192.0.2.0/24").put("port", 2).put("nextHop", SERVER_MAC.toString());
        anchor.addObject().put("prefix", CARE_OF + "/32").put("operator", 1).put("port", 1)
            .put("nextHop", "00:00:5e:00:53:11");
        for (int number = 1; number <= 2; number++) {
            ((ArrayNode) section.at("/switches/device:mag" + number + "/routes")).addObject()
                .put("prefix", "192.0.2.0/24").put("port", 1).put("nextHop", "00:00:5e:00:53:0" + (2 * number - 1));
        }
    }

    /** A server that honours the requested address and gives the relay's information back. */
    private void serve(Wire wire, byte[] frame) {
        try {
            if (frame[12] != 0x08) {
                return;
            }
            Ipv4UdpFrame packet = Ipv4UdpFrame.decode(frame);
            if (!packet.destination().equals(SERVER)) {
                return;
            }
            Dhcpv4Message message = Dhcpv4Message.decode(packet.data());
            asked.add(message);
            Dhcpv4Message answer = Dhcpv4Message.builder(Dhcpv4Message.REPLY, message.transaction(),
                    message.hardware()).flags(message.flags())
                .type(message.type() == Dhcpv4Message.DISCOVER ? Dhcpv4Message.OFFER : Dhcpv4Message.ACK)
                .addresses(message.client(), message.address(Dhcpv4Message.REQUESTED_ADDRESS).orElseThrow(),
                    message.relay())
                .option(Dhcpv4Message.SERVER_IDENTIFIER, ROUTER.toOctets())
                .option(Dhcpv4Message.ROUTER, ROUTER.toOctets())
                .option(Dhcpv4Message.LEASE_TIME, ByteBuffer.allocate(4).putInt(600).array())
                .option(Dhcpv4Message.AGENT_INFORMATION,
                    message.option(Dhcpv4Message.AGENT_INFORMATION).orElseThrow()).build();
            wire.send(new Ipv4UdpFrame(SERVER_MAC, HOME_MAC, SERVER, Ipv4UdpFrame.SERVER_PORT, message.relay(),
                Ipv4UdpFrame.SERVER_PORT, answer.octets()).octets());
        } catch (DecodeException e) {
            throw new IllegalStateException("the server would not understand this: " + e.getMessage(), e);
        }
    }

    @Test
    void aHostGetsItsLeaseFromAServerBehindTheAnchor() throws Exception {
        Bundles.assumePackaged();
        try (RoamBed bed = new RoamBed(gateways(), DhcpRelayTest::routes)) {
            MagService mag = bed.host().service(MagService.class);
            LmaService lma = bed.host().service(LmaService.class);
            RoamTest.until("anchor and gateways are ready", () -> { }, () -> lma.ready() && mag.ready());
            bed.home().add(frame -> serve(bed.home(), frame));
            ScriptedNode node = new ScriptedNode(NODE);
            node.goTo(bed.cell(1));
            RoamTest.until("an offer", node::discover, node::offered);
            RoamTest.until("a lease", node::request, node::leased);
            Ip4Address assigned = mag.list("mn1@example.net").orElseThrow().entries().get(0).binding().orElseThrow()
                .ipv4Home().orElseThrow().address();
            assertThat(node.address4()).contains(assigned);
            assertThat(asked).allSatisfy(one -> {
                assertThat(one.relay()).isEqualTo(CARE_OF);
                assertThat(Dhcpv4Relay.circuit(one)).contains("mag1 2".getBytes());
            });
            RoamTest.until("the router's address", node::askForRouter4, node::knowsRouter4);
            RoamTest.until("a datagram", () -> node.send(1, RoamBed.CORRESPONDENT_4), () -> bed.heard(assigned, 1));
        }
    }
}
