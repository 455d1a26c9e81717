// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.Ipv4CareOfAddress;
import org.pmip.protocol.wire.option.Ipv4HomeAddressReply;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.Timestamp;
import org.pmip.protocol.wire.packet.Ipv4SignallingPacket;
import org.pmip.standalone.config.RunConfiguration;

/**
 * Two operators use the same IPv4 addresses; their mobile nodes are at one gateway, which comes over IPv4. Frames are
 * sent to the switch of the whole application and compared with octets written by hand. One application serves all
 * tests, so that sessions go over from each format to another as well.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Ipv4TunnelsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final Ip4Address ANCHOR = Ip4Address.valueOf("192.0.2.1");
    private static final Ip4Address GATEWAY = Ip4Address.valueOf("192.0.2.11");
    private static final Ip4Address TRANSLATOR = Ip4Address.valueOf("192.0.2.66");
    private static final String GATEWAY_MAC = "00005e005311";
    private static final String SWITCH_MAC = "00005e005301";
    private static final String HOME = "0a010009";
    private static final String CORRESPONDENT = "c6336463";
    private static final int DATA_PORT = 5437;

    /** What gateway and anchor agree on. */
    private enum Format {
        IP(BindingUpdate.A | BindingUpdate.P, false, false, false),
        GRE(BindingUpdate.A | BindingUpdate.P, true, false, false),
        GRE_KEY(BindingUpdate.A | BindingUpdate.P, true, true, false),
        UDP(BindingUpdate.A | BindingUpdate.P | BindingUpdate.F, false, false, true),
        UDP_TLV_GRE(BindingUpdate.A | BindingUpdate.P | BindingUpdate.F | BindingUpdate.T, true, false, true),
        UDP_TLV_GRE_KEY(BindingUpdate.A | BindingUpdate.P | BindingUpdate.F | BindingUpdate.T, true, true, true);

        private final int flags;
        private final boolean gre;
        private final boolean key;
        private final boolean udp;

        Format(int flags, boolean gre, boolean key, boolean udp) {
            this.flags = flags;
            this.gre = gre;
            this.key = key;
            this.udp = udp;
        }

        /** Protocol number and all that stands between the outer IPv4 header and the inner packet of that length. */
        private String tunnel(int inner, long greKey, int from, int to) {
            String header = !gre ? "" : key ? "20000800" + String.format("%08x", greKey) : "00000800";
            String tlv = gre && udp ? "002f" + String.format("%04x", header.length() / 2 + inner) : "";
            String udpHeader = !udp ? "" : String.format("%04x%04x%04x0000", from, to,
                8 + (tlv.length() + header.length()) / 2 + inner);
            return (udp ? "11" : gre ? "2f" : "04") + udpHeader + tlv + header;
        }
    }

    private DatagramSocket transport;
    private DatagramSocket home1;
    private DatagramSocket home2;
    private SwitchRack switches;
    private StandaloneHost host;

    @BeforeAll
    void start() throws Exception {
        Bundles.assumePackaged();
        transport = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        home1 = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        home2 = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        int[] ports = {Samples.freeUdp(), Samples.freeUdp(), Samples.freeUdp()};
        RunConfiguration configuration = RunConfiguration.check((ObjectNode) new ObjectMapper().readTree("""
            {"devices": {"device:lma1": {"basic": {"managementAddress": "grpc://127.0.0.1:%d?device_id=1",
                "driver": "bmv2", "pipeconf": "org.pmip.pipeconf"}}},
             "apps": {"org.pmip": {"pmip": {
                "lma": {"device": "device:lma1", "address": "2001:db8:0:1::1", "ipv4Address": "192.0.2.1",
                  "ipv6Service": false, "ipv4Service": true,
                  "ipv4Pools": [
                    {"name": "one", "subnet": "10.1.0.0/24", "defaultRouter": "10.1.0.1"},
                    {"name": "two", "operator": 2, "subnet": "10.1.0.0/24", "defaultRouter": "10.1.0.1"}],
                  "mags": [{"name": "mag1", "ipv4Address": "192.0.2.11", "translators": ["192.0.2.64/29"]}],
                  "mobileNodes": [{"id": "one@example.net", "ipv4HomeAddress": "10.1.0.9"},
                    {"id": "two@example.net", "operator": 2, "ipv4HomeAddress": "10.1.0.9"}],
                  "parameters": {"acceptForcedIpv4UdpEncapsulationRequest": true, "lifetimeCap": 80,
                    "timestampValidityWindow": 20000}},
                "switches": {"device:lma1": {
                  "interfaces": [
                    {"port": 1, "role": "transport", "mac": "00:00:5e:00:53:01",
                      "addresses": ["2001:db8:0:1::1", "192.0.2.1"]},
                    {"port": 2, "role": "home", "mac": "00:00:5e:00:53:02", "addresses": ["198.51.100.1"]},
                    {"port": 3, "role": "home", "mac": "00:00:5e:00:53:03", "operator": 2}],
                  "routes": [
                    {"prefix": "192.0.2.0/24", "port": 1, "nextHop": "00:00:5e:00:53:11"},
                    {"prefix": "198.51.100.0/24", "operator": 1, "port": 2, "nextHop": "00:00:5e:00:53:a1"},
                    {"prefix": "198.51.100.0/24", "operator": 2, "port": 3, "nextHop": "00:00:5e:00:53:a2"}]}}}}},
             "standalone": {"softswitches": {"device:lma1": {"deviceId": 1, "cpuPort": 255, "ports": [
                "1@udp:127.0.0.1:%d/127.0.0.1:%d", "2@udp:127.0.0.1:%d/127.0.0.1:%d",
                "3@udp:127.0.0.1:%d/127.0.0.1:%d"]}}}}
            """.formatted(Samples.freeTcp(), ports[0], transport.getLocalPort(), ports[1], home1.getLocalPort(),
            ports[2], home2.getLocalPort())), PmipConfigParser::problems);
        transport.connect(InetAddress.getLoopbackAddress(), ports[0]);
        home1.connect(InetAddress.getLoopbackAddress(), ports[1]);
        home2.connect(InetAddress.getLoopbackAddress(), ports[2]);
        switches = SwitchRack.start(configuration.switches());
        host = StandaloneHost.builder().networkConfig(configuration.network()).ports(switches::ports).shareTypes()
            .start();
        org.pmip.onos.lma.LmaService lma = host.service(org.pmip.onos.lma.LmaService.class);
        Await.until("the anchor is ready", lma::ready);
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable one : Arrays.<AutoCloseable>asList(host, switches, transport, home1, home2)) {
            if (one != null) {
                one.close();
            }
        }
    }

    private static void send(DatagramSocket socket, String frame) throws Exception {
        byte[] octets = HEX.parseHex(frame);
        socket.send(new DatagramPacket(octets, octets.length));
    }

    /** The next frame; empty if none comes for that time. */
    private static Optional<String> receive(DatagramSocket socket, int millis) throws Exception {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.setSoTimeout(millis);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
        return Optional.of(HEX.formatHex(packet.getData(), 0, packet.getLength()));
    }

    private static String received(DatagramSocket socket) throws Exception {
        return receive(socket, (int) TimeUnit.SECONDS.toMillis(10)).orElseThrow(() ->
            new AssertionError("no frame came"));
    }

    private BindingAcknowledgement register(String node, Format format, long key, Ip4Address from, int port,
                                            MobilityOption... more) throws Exception {
        BindingUpdate.Builder update = BindingUpdate.builder().flags(format.flags).sequence(1).lifetime(100)
            .option(MobileNodeIdentifier.ofNai(node)).option(HandoffIndicator.of(1)).option(AccessTechnologyType.of(4))
            .option(MobileNodeLinkLayerIdentifier.of(new byte[] {2, 0, 0, 0, 0, 1}))
            .option(Ipv4HomeAddressRequest.of(24, Ip4Address.ZERO)).option(Timestamp.of(Instant.now()));
        if (format.gre) {
            update.option(format.key ? GreKey.of(key) : GreKey.modeOnly());
        }
        update.options(List.of(more));
        send(transport, HEX.formatHex(Ipv4SignallingPacket.encode(MacAddress.valueOf("00:00:5e:00:53:11"),
            MacAddress.valueOf("00:00:5e:00:53:01"), from, port, ANCHOR, Ipv4SignallingPacket.PORT,
            MobilityHeaderCodec.encodeWithoutChecksum(update.build()))));
        byte[] answer = HEX.parseHex(received(transport));
        assertThat(HEX.formatHex(answer, 0, 14)).as("Ethernet header").isEqualTo(GATEWAY_MAC + SWITCH_MAC + "0800");
        assertThat(HEX.formatHex(answer, 26, 38)).as("addresses and ports")
            .isEqualTo(HEX.formatHex(ANCHOR.toOctets()) + HEX.formatHex(from.toOctets())
                + String.format("%04x%04x", Ipv4SignallingPacket.PORT, port));
        return (BindingAcknowledgement) MobilityHeaderCodec.decodeWithoutChecksum(
            Arrays.copyOfRange(answer, 42, answer.length));
    }

    /** An IPv4 header without options, with its checksum. */
    private static String ipv4(int length, int timeToLive, String protocol, String source, String destination) {
        String header = "4500" + String.format("%04x", length) + "0000" + "4000" + String.format("%02x", timeToLive)
            + protocol + "0000" + source + destination;
        int sum = 0;
        for (int i = 0; i < header.length(); i += 4) {
            sum += Integer.parseInt(header.substring(i, i + 4), 16);
        }
        sum = (sum & 0xffff) + (sum >> 16);
        return header.substring(0, 20) + String.format("%04x", ~sum & 0xffff) + header.substring(24);
    }

    private static String packet(int timeToLive, String source, String destination) {
        String payload = "0102030405060708090a0b0c";
        return ipv4(20 + payload.length() / 2, timeToLive, "fd", source, destination) + payload;
    }

    /** The inner packet is as it should be, and what stands round it is the tunnel's. */
    private void downlink(DatagramSocket from, String mac, Format format, long key, Ip4Address to, int port)
        throws Exception {
        send(from, mac + "00005e0053a1" + "0800" + packet(64, CORRESPONDENT, HOME));
        String inner = packet(63, CORRESPONDENT, HOME);
        String frame = received(transport);
        String outer = frame.substring(28, 68);
        String tunnel = format.tunnel(inner.length() / 2, key, DATA_PORT, port);
        assertThat(frame.substring(0, 28)).isEqualTo(GATEWAY_MAC + SWITCH_MAC + "0800");
        assertThat(outer.substring(4, 8)).as("length").isEqualTo(String.format("%04x", (frame.length() - 28) / 2));
        assertThat(outer.substring(18, 20)).as("protocol").isEqualTo(tunnel.substring(0, 2));
        assertThat(outer.substring(24)).as("addresses")
            .isEqualTo(HEX.formatHex(ANCHOR.toOctets()) + HEX.formatHex(to.toOctets()));
        String rest = frame.substring(68);
        if (format.udp) {
            // Between IPv4 addresses a checksum of UDP may be left out, and need not.
            rest = rest.substring(0, 12) + "0000" + rest.substring(16);
        }
        assertThat(rest).isEqualTo(tunnel.substring(2) + inner);
    }

    private void uplink(DatagramSocket to, String macs, Format format, long key, Ip4Address from, int port)
        throws Exception {
        String inner = packet(64, HOME, CORRESPONDENT);
        String tunnel = format.tunnel(inner.length() / 2, key, port, DATA_PORT);
        send(transport, SWITCH_MAC + GATEWAY_MAC + "0800" + ipv4(20 + (tunnel.length() - 2 + inner.length()) / 2, 64,
            tunnel.substring(0, 2), HEX.formatHex(from.toOctets()), HEX.formatHex(ANCHOR.toOctets()))
            + tunnel.substring(2) + inner);
        assertThat(received(to)).isEqualTo(macs + "0800" + packet(63, HOME, CORRESPONDENT));
    }

    private static long uplinkKey(BindingAcknowledgement answer) {
        return answer.first(GreKey.class).orElseThrow().key();
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    @Requirement({"R5844-4-1", "R5844-4.1.3.2-1", "R5845-7.2-2", "R5845-7.2-5"})
    void packetsGoThroughTheTunnelThatWasAgreed(Format format) throws Exception {
        BindingAcknowledgement answer = register("one@example.net", format, 0x11, GATEWAY, 5436);
        assertThat(answer.status()).isZero();
        assertThat(answer.first(Ipv4HomeAddressReply.class).orElseThrow().address())
            .isEqualTo(Ip4Address.valueOf("10.1.0.9"));
        assertThat(answer.has(BindingAcknowledgement.T)).isEqualTo(format.gre && format.udp);
        downlink(home1, "00005e005302", format, 0x11, GATEWAY, DATA_PORT);
        uplink(home1, "00005e0053a1" + "00005e005302", format, format.key ? uplinkKey(answer) : 0, GATEWAY, DATA_PORT);
    }

    @Test
    @Requirement("R5845-2.2-4")
    void operatorsWithTheSameAddressesAreToldApartByTheirKeys() throws Exception {
        BindingAcknowledgement one = register("one@example.net", Format.GRE_KEY, 0x11, GATEWAY, 5436);
        BindingAcknowledgement two = register("two@example.net", Format.GRE_KEY, 0x22, GATEWAY, 5436);
        assertThat(two.status()).isZero();
        assertThat(two.first(Ipv4HomeAddressReply.class).orElseThrow().address())
            .isEqualTo(one.first(Ipv4HomeAddressReply.class).orElseThrow().address());
        downlink(home1, "00005e005302", Format.GRE_KEY, 0x11, GATEWAY, DATA_PORT);
        downlink(home2, "00005e005303", Format.GRE_KEY, 0x22, GATEWAY, DATA_PORT);
        uplink(home1, "00005e0053a1" + "00005e005302", Format.GRE_KEY, uplinkKey(one), GATEWAY, DATA_PORT);
        uplink(home2, "00005e0053a2" + "00005e005303", Format.GRE_KEY, uplinkKey(two), GATEWAY, DATA_PORT);
    }

    @Test
    void behindATranslatorTheTunnelEndsAtTheTranslatedAddress() throws Exception {
        BindingAcknowledgement answer = register("one@example.net", Format.UDP_TLV_GRE_KEY, 0x11, TRANSLATOR, 40_001,
            Ipv4CareOfAddress.of(GATEWAY));
        assertThat(answer.status()).isZero();
        assertThat(answer.has(BindingAcknowledgement.T)).isTrue();
        downlink(home1, "00005e005302", Format.UDP_TLV_GRE_KEY, 0x11, TRANSLATOR, 40_001);
        uplink(home1, "00005e0053a1" + "00005e005302", Format.UDP_TLV_GRE_KEY, uplinkKey(answer), TRANSLATOR, 40_001);
    }

    @Test
    void neighboursAskForAddressesByArp() throws Exception {
        send(transport, "ffffffffffff" + GATEWAY_MAC + "0806" + "0001080006040001" + GATEWAY_MAC + "c000020b"
            + "000000000000" + "c0000201");
        assertThat(received(transport)).startsWith(GATEWAY_MAC + SWITCH_MAC + "0806" + "0001080006040002" + SWITCH_MAC
            + "c0000201" + GATEWAY_MAC + "c000020b");
    }

    @Test
    void theSenderOfWhatDoesNotFitTheTunnelIsToldSo() throws Exception {
        register("one@example.net", Format.GRE_KEY, 0x11, GATEWAY, 5436);
        String payload = "ab".repeat(1480);
        send(home1, "00005e005302" + "00005e0053a1" + "0800" + ipv4(1500, 64, "fd", CORRESPONDENT, HOME) + payload);
        String error = received(home1);
        assertThat(error.substring(0, 28)).isEqualTo("00005e0053a1" + "00005e005302" + "0800");
        assertThat(error.substring(52, 68)).as("addresses").isEqualTo("c6336401" + CORRESPONDENT);
        assertThat(error.substring(68, 72)).as("type and code").isEqualTo("0304");
        assertThat(error.substring(80, 84)).as("what fits beside IPv4, GRE and key").isEqualTo(String.format("%04x",
            1500 - 20 - 8));
    }

    @Test
    @Requirement("R5213-9.1-2")
    void configuredVariablesSurviveARestart() throws Exception {
        int units = 80 / 4;
        assertThat(register("one@example.net", Format.UDP, 0, GATEWAY, 5436).lifetime()).isEqualTo(units);
        stop();
        start();
        BindingAcknowledgement again = register("one@example.net", Format.UDP, 0, GATEWAY, 5436);
        assertThat(again.status()).as("F is accepted as it was").isZero();
        assertThat(again.lifetime()).isEqualTo(units);
    }
}
