// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
import org.pmip.protocol.wire.option.Timestamp;
import org.pmip.protocol.wire.packet.SignallingPacket;
import org.pmip.standalone.config.RunConfiguration;

/**
 * What a change of the configuration of an anchor at work means for sessions that stand, key by key, as
 * docs/configuration.md says. One application serves all tests; each changes what the file says in the one place that
 * it is about and uses mobile nodes of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveConfigurationTest {
    private static final Ip6Address ANCHOR = Ip6Address.valueOf("2001:db8:0:1::1");
    private static final Ip6Address GATEWAY = Ip6Address.valueOf("2001:db8:0:11::1");
    private static final MacAddress GATEWAY_MAC = MacAddress.valueOf("00:00:5e:00:53:11");
    private static final MacAddress SWITCH_MAC = MacAddress.valueOf("00:00:5e:00:53:01");
    private static final long DOWNLINK_KEY = 0x77;
    private static final int REPETITION_MILLIS = 2_000;
    private static final int ATTEMPTS = 20;

    private DatagramSocket transport;
    private DatagramSocket home;
    private SwitchRack switches;
    private StandaloneHost host;
    private LmaService lma;
    private ObjectNode base;
    private int changes;
    private int sequence;
    private Ip6Address anchor = ANCHOR;

    @BeforeAll
    void start() throws Exception {
        for (String bundle : StandaloneHost.APPLICATION) {
            assumeTrue(Bundles.packaged(bundle), Bundles.REASON);
        }
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
    private void change(Consumer<ObjectNode> how) {
        ObjectNode next = base.deepCopy();
        how.accept((ObjectNode) next.at("/apps/org.pmip/pmip"));
        String marker = "marker" + ++changes;
        ((ObjectNode) mag(next, "marker0")).put("name", marker);
        host.configure(next);
        Await.until("the anchor has the new configuration", () ->
            StreamSupport.stream(lma.gateways().spliterator(), false)
                .anyMatch(one -> one.path("name").asText().equals(marker)) && lma.ready());
    }

    private static ObjectNode mag(ObjectNode root, String name) {
        ArrayNode mags = (ArrayNode) root.at((root.has("apps") ? "/apps/org.pmip/pmip" : "") + "/lma/mags");
        return (ObjectNode) StreamSupport.stream(mags.spliterator(), false)
            .filter(one -> one.path("name").asText().equals(name)).findFirst().orElseThrow();
    }

    private static void without(ArrayNode list, String name) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path("name").asText().equals(name)) {
                list.remove(i);
            }
        }
    }

    private static ObjectNode profile(ObjectNode pmip, String node) {
        ObjectNode anchor = (ObjectNode) pmip.get("lma");
        ArrayNode nodes = anchor.has("mobileNodes") ? (ArrayNode) anchor.get("mobileNodes")
            : anchor.putArray("mobileNodes");
        return nodes.addObject().put("id", node);
    }

    private BindingAcknowledgement ask(String node, int handoff, Optional<Ip6Prefix> prefix, boolean keys)
        throws Exception {
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

    private Optional<BindingAcknowledgement> answer(int number) throws Exception {
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

    private static byte[] receive(DatagramSocket socket, long until) throws IOException {
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

    private Ip6Prefix attach(String node, boolean keys) throws Exception {
        BindingAcknowledgement answer = ask(node, HandoffIndicator.NEW_INTERFACE, Optional.empty(), keys);
        assertThat(answer.status()).as(Status.name(answer.status())).isZero();
        return answer.first(HomeNetworkPrefix.class).orElseThrow().prefix();
    }

    private BindingAcknowledgement extend(String node, Ip6Prefix prefix, boolean keys) throws Exception {
        return ask(node, HandoffIndicator.UNCHANGED, Optional.of(prefix), keys);
    }

    private BindingCacheEntry binding(String node) {
        return lma.bindings(node).orElseThrow().entries().get(0);
    }

    /** The frame as which a packet from the home network comes out towards the gateway, in the tunnel. */
    private byte[] reaches(Ip6Prefix prefix) throws Exception {
        byte[] packet = new byte[14 + 40 + 8];
        System.arraycopy(MacAddress.valueOf("00:00:5e:00:53:02").toBytes(), 0, packet, 0, 6);
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

    @Test
    void sessionsKeepPrefixesOfPoolsThatAreGone() throws Exception {
        Ip6Prefix prefix = attach("pool1@example.net", true);
        change(pmip -> ((ObjectNode) pmip.at("/lma/pools/0")).put("prefix", "2001:db8:200::/40"));
        reaches(prefix);
        assertThat(extend("pool1@example.net", prefix, true).status()).isZero();
        assertThat(Ip6Prefix.valueOf("2001:db8:200::/40").contains(attach("pool2@example.net", true))).isTrue();
        change(pmip -> { });
        assertThat(attach("pool3@example.net", true)).as("still claimed").isNotEqualTo(prefix);
    }

    @Test
    void sessionsOfAGatewayThatIsGoneStandUntilTheyExpire() throws Exception {
        Ip6Prefix prefix = attach("gone@example.net", true);
        change(pmip -> without((ArrayNode) pmip.at("/lma/mags"), "mag1"));
        reaches(prefix);
        assertThat(extend("gone@example.net", prefix, true).status())
            .isEqualTo(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        assertThat(lma.bindings("gone@example.net")).as("what it asks ends nothing").isPresent();
        change(pmip -> { });
        assertThat(extend("gone@example.net", prefix, true).status()).isZero();
    }

    @Test
    void nodesThatLoseTheServiceAreRefusedWhenTheirGatewayAsks() throws Exception {
        Ip6Prefix prefix = attach("lost@example.net", true);
        change(pmip -> profile(pmip, "lost@example.net").put("mobilityService", false));
        reaches(prefix);
        assertThat(extend("lost@example.net", prefix, true).status()).isEqualTo(Status.PROXY_REG_NOT_ENABLED);
        change(pmip -> ((ObjectNode) pmip.get("lma")).put("unknownMobileNodes", "refuse"));
        assertThat(extend("lost@example.net", prefix, true).status())
            .isEqualTo(Status.NOT_LMA_FOR_THIS_MOBILE_NODE);
        change(pmip -> { });
    }

    @Test
    void capsCountForWhatComes() throws Exception {
        Ip6Prefix prefix = attach("capped@example.net", true);
        change(pmip -> mag(pmip, "mag1").put("sessionCap", 1));
        assertThat(extend("capped@example.net", prefix, true).status()).isZero();
        assertThat(ask("late@example.net", HandoffIndicator.NEW_INTERFACE, Optional.empty(), true).status())
            .isEqualTo(Status.INSUFFICIENT_RESOURCES);
        reaches(prefix);
        change(pmip -> { });
    }

    @Test
    void sessionsKeepTheirKeysWhenOthersAreAssigned() throws Exception {
        Ip6Prefix prefix = attach("key1@example.net", true);
        long key = binding("key1@example.net").uplinkKey();
        change(pmip -> ((ObjectNode) pmip.get("lma")).putObject("uplinkKeys").put("first", 5_000_000)
            .put("last", 6_000_000));
        assertThat(extend("key1@example.net", prefix, true).status()).isZero();
        assertThat(binding("key1@example.net").uplinkKey()).as("survives").isEqualTo(key);
        attach("key2@example.net", true);
        assertThat(binding("key2@example.net").uplinkKey()).isBetween(5_000_000L, 6_000_000L);
        change(pmip -> { });
    }

    @Test
    void theGrePolicyIsThatOfTheNextRequest() throws Exception {
        Ip6Prefix prefix = attach("plain@example.net", false);
        change(pmip -> ((ObjectNode) pmip.get("lma")).put("grePolicy", "keys"));
        reaches(prefix);
        assertThat(extend("plain@example.net", prefix, false).status()).isEqualTo(Status.GRE_KEY_OPTION_REQUIRED);
        reaches(prefix);
        assertThat(extend("plain@example.net", prefix, true).status()).isZero();
        assertThat(binding("plain@example.net").downlinkKey()).isEqualTo(DOWNLINK_KEY);
        change(pmip -> { });
    }

    @Test
    void whatIsSetAsideForANodeIsItsWhenItComesAnew() throws Exception {
        Ip6Prefix prefix = attach("fixed@example.net", true);
        change(pmip -> profile(pmip, "fixed@example.net").put("operator", 1).putArray("prefixes")
            .add("2001:db8:300::/64"));
        assertThat(extend("fixed@example.net", prefix, true).status()).isZero();
        assertThat(binding("fixed@example.net").prefixes()).containsExactly(prefix);
        reaches(prefix);
        change(pmip -> { });
    }

    @Test
    void sessionsStayAtTheAddressWhereTheyWereRegistered() throws Exception {
        Ip6Prefix prefix = attach("moved@example.net", true);
        Ip6Address next = Ip6Address.valueOf("2001:db8:0:1::2");
        change(pmip -> {
            ((ObjectNode) pmip.get("lma")).put("address", next.toString());
            ((ArrayNode) pmip.at("/switches/device:lma1/interfaces/0/addresses")).add(next.toString());
        });
        assertThat(Ip6Address.valueOf(Arrays.copyOfRange(reaches(prefix), 22, 38))).isEqualTo(ANCHOR);
        anchor = next;
        assertThat(extend("moved@example.net", prefix, true).status()).isZero();
        assertThat(Ip6Address.valueOf(Arrays.copyOfRange(reaches(prefix), 22, 38))).isEqualTo(next);
        anchor = ANCHOR;
        change(pmip -> { });
    }

    @Test
    void theOperatorOfASessionIsThatOfItsBegin() throws Exception {
        Ip6Prefix prefix = attach("operator@example.net", true);
        change(pmip -> profile(pmip, "operator@example.net").put("operator", 2));
        reaches(prefix);
        assertThat(extend("operator@example.net", prefix, true).status()).isZero();
        assertThat(binding("operator@example.net").operator()).isEqualTo(1);
        reaches(prefix);
        change(pmip -> { });
    }

    @Test
    void routesAndPortsChangeAtOnce() throws Exception {
        Ip6Prefix prefix = attach("routed@example.net", true);
        change(pmip -> ((ObjectNode) pmip.at("/switches/device:lma1/routes/0")).put("nextHop", "00:00:5e:00:53:77"));
        assertThat(MacAddress.valueOf(Arrays.copyOf(reaches(prefix), 6))).hasToString("00:00:5E:00:53:77");
        change(pmip -> { });
        assertThat(extend("routed@example.net", prefix, true).status()).isZero();
    }
}
