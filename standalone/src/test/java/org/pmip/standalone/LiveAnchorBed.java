// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.onos.lma.LmaService;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.Timestamp;
import org.pmip.protocol.wire.packet.SignallingPacket;
import org.pmip.standalone.config.RunConfiguration;

/**
 * An anchor with a switch in the same process, a gateway and a correspondent node by UDP sockets, for tests that change
 * what the configuration says. One application serves all tests of a class, so each uses mobile nodes of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LiveAnchorBed {
    static final Ip6Address ANCHOR = Ip6Address.valueOf("2001:db8:0:1::1");
    static final Ip6Address GATEWAY = Ip6Address.valueOf("2001:db8:0:11::1");
    static final MacAddress GATEWAY_MAC = MacAddress.valueOf("00:00:5e:00:53:11");
    static final MacAddress SWITCH_MAC = MacAddress.valueOf("00:00:5e:00:53:01");
    static final long DOWNLINK_KEY = 0x77;
    static final int REPETITION_MILLIS = 2_000;
    static final int ATTEMPTS = 20;

    DatagramSocket transport;
    DatagramSocket home;
    SwitchRack switches;
    StandaloneHost host;
    LmaService lma;
    ObjectNode base;
    int changes;
    int sequence;
    Ip6Address anchor = ANCHOR;
    MacAddress homeMac = MacAddress.valueOf("00:00:5e:00:53:02");

    @BeforeAll
    void start() throws Exception {
        Bundles.assumePackaged();
        transport = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        home = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        int[] ports = {Samples.freeUdp(), Samples.freeUdp()};
        ObjectNode whole = Samples.anchor(Samples.freeTcp());
        ((ArrayNode) whole.at("/apps/org.pmip/pmip/lma/mags")).addObject().put("name", "marker0")
            .put("address", "2001:db8:0:99::1");
        ((ObjectNode) whole.at("/apps/org.pmip/pmip/lma")).putObject("parameters")
            .put("timestampValidityWindow", 60_000);
        ObjectNode one = whole.putObject("standalone").putObject("softswitches").putObject(Samples.DEVICE);
        one.put("deviceId", 1).put("cpuPort", 255).putArray("ports")
            .add("1@udp:127.0.0.1:" + ports[0] + "/127.0.0.1:" + transport.getLocalPort())
            .add("2@udp:127.0.0.1:" + ports[1] + "/127.0.0.1:" + home.getLocalPort());
        RunConfiguration configuration = RunConfiguration.check(whole, PmipConfigParser::problems);
        transport.connect(InetAddress.getLoopbackAddress(), ports[0]);
        home.connect(InetAddress.getLoopbackAddress(), ports[1]);
        base = whole.deepCopy().retain("apps");
        switches = SwitchRack.start(configuration.switches());
        host = StandaloneHost.builder().networkConfig(configuration.network()).ports(switches::ports).shareTypes()
            .start();
        lma = host.service(LmaService.class);
        Await.until("the anchor is ready", lma::ready);
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable one : Arrays.<AutoCloseable>asList(host, switches, transport, home)) {
            if (one != null) {
                one.close();
            }
        }
    }

    /** Changes what the file says and waits until the anchor works by that. */
    void change(Consumer<ObjectNode> how) {
        ObjectNode next = base.deepCopy();
        how.accept((ObjectNode) next.at("/apps/org.pmip/pmip"));
        String marker = "marker" + ++changes;
        ((ObjectNode) mag(next, "marker0")).put("name", marker);
        host.configure(next);
        Await.until("the anchor has the new configuration", () ->
            StreamSupport.stream(lma.gateways().spliterator(), false)
                .anyMatch(one -> one.path("name").asText().equals(marker)) && lma.ready());
    }

    static ObjectNode mag(ObjectNode root, String name) {
        ArrayNode mags = (ArrayNode) root.at((root.has("apps") ? "/apps/org.pmip/pmip" : "") + "/lma/mags");
        return (ObjectNode) StreamSupport.stream(mags.spliterator(), false)
            .filter(one -> one.path("name").asText().equals(name)).findFirst().orElseThrow();
    }

    static void without(ArrayNode list, String name) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path("name").asText().equals(name)) {
                list.remove(i);
            }
        }
    }

    static ObjectNode profile(ObjectNode pmip, String node) {
        ObjectNode anchor = (ObjectNode) pmip.get("lma");
        ArrayNode nodes = anchor.has("mobileNodes") ? (ArrayNode) anchor.get("mobileNodes")
            : anchor.putArray("mobileNodes");
        return nodes.addObject().put("id", node);
    }

    BindingAcknowledgement ask(String node, int handoff, Optional<Ip6Prefix> prefix, boolean keys,
                                       MobilityOption... more) throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int number = ++sequence;
            byte[] mac = {2, 0, 0, 0, (byte) (node.hashCode() >> 8), (byte) node.hashCode()};
            BindingUpdate.Builder update = BindingUpdate.proxyBuilder().sequence(number).lifetime(100)
                .option(MobileNodeIdentifier.ofNai(node)).option(HandoffIndicator.of(handoff))
                .option(AccessTechnologyType.of(4)).option(MobileNodeLinkLayerIdentifier.of(mac))
                .option(prefix.map(HomeNetworkPrefix::of).orElseGet(HomeNetworkPrefix::allZero))
                .option(Timestamp.of(Instant.now()));
            if (keys) {
                update.option(GreKey.of(DOWNLINK_KEY));
            }
            update.options(List.of(more));
            byte[] frame = SignallingPacket.encode(GATEWAY_MAC, SWITCH_MAC, GATEWAY, anchor,
                MobilityHeaderCodec.encode(update.build(), GATEWAY, anchor));
            transport.send(new DatagramPacket(frame, frame.length));
            Optional<BindingAcknowledgement> answer = answer(number);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw new AssertionError("no answer to " + ATTEMPTS + " requests for " + node);
    }

    Optional<BindingAcknowledgement> answer(int number) throws Exception {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(REPETITION_MILLIS);
        for (byte[] frame = receive(transport, until); frame != null; frame = receive(transport, until)) {
            if (frame.length > 60 && (frame[20] & 0xff) == MobilityHeaderCodec.NEXT_HEADER) {
                BindingAcknowledgement answer = (BindingAcknowledgement) MobilityHeaderCodec.decode(
                    SignallingPacket.decode(frame).mobilityHeader(), anchor, GATEWAY);
                if (answer.sequence() == number) {
                    return Optional.of(answer);
                }
            }
        }
        return Optional.empty();
    }

    static byte[] receive(DatagramSocket socket, long until) throws IOException {
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0) {
            return null;
        }
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.setSoTimeout((int) left);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException e) {
            return null;
        }
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    Ip6Prefix attach(String node, boolean keys) throws Exception {
        BindingAcknowledgement answer = ask(node, HandoffIndicator.NEW_INTERFACE, Optional.empty(), keys);
        assertThat(answer.status()).as(Status.name(answer.status())).isZero();
        return answer.first(HomeNetworkPrefix.class).orElseThrow().prefix();
    }

    BindingAcknowledgement extend(String node, Ip6Prefix prefix, boolean keys) throws Exception {
        return ask(node, HandoffIndicator.UNCHANGED, Optional.of(prefix), keys);
    }

    BindingCacheEntry binding(String node) {
        return lma.bindings(node).orElseThrow().entries().get(0);
    }

    /** The frame as which a packet from the home network comes out towards the gateway, in the tunnel. */
    byte[] reaches(Ip6Prefix prefix) throws Exception {
        byte[] packet = new byte[14 + 40 + 8];
        System.arraycopy(homeMac.toBytes(), 0, packet, 0, 6);
        System.arraycopy(MacAddress.valueOf("00:00:5e:00:53:12").toBytes(), 0, packet, 6, 6);
        packet[12] = (byte) 0x86;
        packet[13] = (byte) 0xdd;
        packet[14] = 0x60;
        packet[19] = 8;
        packet[20] = 59;
        packet[21] = 64;
        System.arraycopy(Ip6Address.valueOf("2001:db8:ffff::1").toOctets(), 0, packet, 22, 16);
        byte[] node = prefix.address().toOctets();
        node[15] = 9;
        System.arraycopy(node, 0, packet, 38, 16);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            home.send(new DatagramPacket(packet, packet.length));
            long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(REPETITION_MILLIS);
            for (byte[] frame = receive(transport, until); frame != null; frame = receive(transport, until)) {
                if (frame.length > 14 + 80 && Arrays.equals(Arrays.copyOfRange(frame, frame.length - 24,
                    frame.length - 8), node)) {
                    return frame;
                }
            }
        }
        throw new AssertionError("no packet for " + prefix + " came out of the switch");
    }
}
