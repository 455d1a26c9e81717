// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.onos.Surroundings.HERE;
import static org.pmip.onos.signalling.IcmpFrames.octets;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.DefaultPacketContext;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.pmip.onos.NamedMaps;
import org.pmip.onos.config.MagConfig;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.onos.dataplane.AccessPlane;
import org.pmip.onos.dataplane.AccessPlane.Placed;
import org.pmip.onos.dataplane.Paths;
import org.pmip.onos.dataplane.RuleWriter;
import org.pmip.onos.signalling.GatewaySignalling;
import org.pmip.onos.signalling.IcmpFrames;
import org.pmip.onos.signalling.TunnelErrors;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.pipeconf.PuntClass;
import org.pmip.pipeconf.entity.PipelineEntities;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.TunnelEndpoints;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;
import org.pmip.protocol.mag.TunnelFormat;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingError;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** What a gateway does about ICMP errors of the transport network: packets in, table entries, and frames to nodes. */
class GatewayTunnelsTest {

    private static final String CONFIG = "{'mag': {'gateways': [{'name': 'mag1', 'device': 'device:mag1',"
            + "'address': '2001:db8:0:11::1', 'ipv4Address': '203.0.113.11'}],"
            + "'anchors': [{'name': 'lma', 'address': '2001:db8:0:1::1'}], 'homeLink': {'mtu': 1480}},"
            + "'switches': {'device:mag1': {'interfaces': [{'port': 1, 'role': 'transport',"
            + "'mac': '00:00:5e:00:53:11', 'addresses': ['2001:db8:0:11::1', '203.0.113.11']},"
            + "{'port': 2, 'role': 'access', 'mac': '00:00:5e:00:52:13', 'vlans': [0, 60]}]}}}";
    private static final DeviceId DEVICE = DeviceId.deviceId("device:mag1");
    private static final ApplicationId APPLICATION = new DefaultApplicationId(1, "org.pmip");
    private static final Ip6Address COA = Ip6Address.valueOf("2001:db8:0:11::1");
    private static final Ip6Address LMA = Ip6Address.valueOf("2001:db8:0:1::1");
    private static final Ip4Address COA_4 = Ip4Address.valueOf("203.0.113.11");
    private static final Ip4Address LMA_4 = Ip4Address.valueOf("198.51.100.1");
    private static final IpAddress ROUTER = IpAddress.valueOf("2001:db8:ff::1");
    private static final IpAddress ROUTER_4 = IpAddress.valueOf("203.0.113.254");
    private static final IpAddress PEER = IpAddress.valueOf("2001:db8:ffff::1");
    private static final IpAddress NODE = IpAddress.valueOf("2001:db8:101::9");
    private static final IpAddress PEER_4 = IpAddress.valueOf("192.0.2.1");
    private static final IpAddress NODE_4 = IpAddress.valueOf("10.1.0.9");
    private static final byte[] PAYLOAD = octets("1389 1389 0584 0000 0001020304050607");
    private static final int CONFIGURED = 1_480;

    private final List<OutboundPacket> sent = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private final Map<Long, TunnelEndpoints> table = new HashMap<>();
    private long now = 1_000_000;
    private PmipConfig config;
    private MagConfig mag;
    private MagManager.Services services;
    private AccessPlane plane;
    private AccessPorts ports;
    private GatewayTunnels tunnels;
    private GatewaySignalling signalling;

    private static final class Nobody implements GatewaySignalling.Receiver {
        @Override
        public void acknowledged(BindingAcknowledgement message, IpAddress source, IpAddress destination) {
            throw new IllegalStateException("no signalling here");
        }

        @Override
        public void error(BindingError message, IpAddress source) {
            throw new IllegalStateException("no signalling here");
        }

        @Override
        public Optional<Ip4Address> router(ConnectPoint port, byte[] frame) {
            throw new IllegalStateException("nothing comes from links here");
        }
    }

    @BeforeEach
    void start() throws Exception {
        config = PmipConfigParser.parse(new ObjectMapper().readTree(CONFIG.replace('\'', '"')));
        mag = config.mag().orElseThrow();
        FlowRuleServiceAdapter rules = new FlowRuleServiceAdapter() {
            @Override
            public void apply(FlowRuleOperations operations) {
                operations.stages().forEach(stage -> stage.forEach(GatewayTunnelsTest.this::write));
                operations.callback().onSuccess(operations);
            }
        };
        PacketServiceAdapter packets = new PacketServiceAdapter() {
            @Override
            public void emit(OutboundPacket packet) {
                sent.add(packet);
            }
        };
        services = new MagManager.Services();
        ports = new AccessPorts(config);
        plane = new AccessPlane(new RuleWriter(rules, device -> Optional.empty(), device -> HERE, APPLICATION),
                new TunnelNumbers(new NamedMaps(), APPLICATION), config, services.paths, Runnable::run);
        tunnels = new GatewayTunnels(mag, services, plane, this::placed);
        signalling = new GatewaySignalling(packets, config, Map.of(DEVICE, Set.of(COA, COA_4)), new Nobody(),
                new TunnelErrors(packets, tunnels, Runnable::run, () -> now, counted::add), () -> now, name -> { });
    }

    private Optional<Placed> placed(MobileNodeIdentifier node, BindingUpdateListEntry entry) {
        return ports.place(entry.attachment(), false).map(at -> new Placed(entry, DEVICE, at));
    }

    private void write(FlowRuleOperation one) {
        PipelineEntity entity = PipelineEntities.fromFlowRule(one.rule());
        if (entity instanceof TunnelEndpoints) {
            table.put(((TunnelEndpoints) entity).tunnelId(), (TunnelEndpoints) entity);
        }
    }

    /** A session of node N on that link, with prefix 2001:db8:10N::/64, or with an IPv4 home address. */
    private BindingUpdateListEntry stands(int n, String link, TunnelFormat format) {
        boolean ipv4 = format != TunnelFormat.GRE_IPV6;
        Binding.Builder binding = Binding.builder().tunnel(format).gre(GreMode.KEYS, 100 + n, 200 + n)
                .prefixes(ipv4 ? List.of() : List.of(Ip6Prefix.valueOf("2001:db8:10" + n + "::/64")))
                .lifetime(150, now);
        if (ipv4) {
            binding.ipv4(Optional.of(new Ipv4Home(NODE_4.getIp4Address(), 24, Ip4Address.valueOf("10.1.0.1"))), true);
        }
        BindingUpdateListEntry entry = BindingUpdateListEntry.builder().sessionId(n).state(State.ACTIVE).forwards(true)
                .attachment(Attachment.of("mag1", link, new byte[] {2, 0, 0, 0, 0, (byte) n}, 3))
                .tunnel(ipv4 ? Anchor.overIpv4("lma4", LMA_4, true, false) : Anchor.overIpv6("lma", LMA),
                        ipv4 ? COA_4 : COA)
                .binding(Optional.of(binding.build())).downlinkKey(OptionalLong.of(100 + n))
                .waiting(Waiting.REFRESH, now + 500_000).build();
        MobileNodeIdentifier node = MobileNodeIdentifier.ofNai("mn" + n + "@example.net");
        services.index.changed(Optional.empty(), Optional.of(new BindingUpdateList(node, 7, 1, List.of(entry))));
        assertThat(plane.change(List.of(), List.of(placed(node, entry).orElseThrow()))).isCompleted();
        return entry;
    }

    private void receive(byte[] frame) {
        signalling.process(new DefaultPacketContext(now, new DefaultInboundPacket(new ConnectPoint(DEVICE,
                PortNumber.portNumber(1)), null, ByteBuffer.wrap(frame),
                Optional.of((long) PuntClass.ICMP.code())), null, false) {
            @Override
            public void send() {
                throw new IllegalStateException("nothing is to be sent through the context");
            }
        });
    }

    private static byte[] quoted(int length, int key, IpAddress from) {
        return IcmpFrames.packet(COA, LMA, 47, length, octets(String.format("200086dd%08x", key)),
                IcmpFrames.packet(from, PEER, 17, length - 48, PAYLOAD));
    }

    private int mtu() {
        assertThat(table).hasSize(1);
        return table.values().iterator().next().mtu();
    }

    private static byte[] part(byte[] octets, int from, int length) {
        return Arrays.copyOfRange(octets, from, from + length);
    }

    private PortNumber port(int index) {
        return ((OutputInstruction) sent.get(index).treatment().immediate().get(0)).port();
    }

    @Test
    void packetTooBigLowersTheTunnelAndTellsTheNodeOnItsLink() {
        BindingUpdateListEntry entry = stands(1, "2/60", TunnelFormat.GRE_IPV6);
        assertThat(mtu()).isEqualTo(CONFIGURED);
        receive(IcmpFrames.error(ROUTER, COA, 2, 0, 1_400, quoted(CONFIGURED, 201, NODE)));
        assertThat(mtu()).isEqualTo(1_400);
        assertThat(counted).containsExactly("tunnel errors too big", "path MTUs lowered", "tunnel errors passed on");
        assertThat(port(0)).isEqualTo(PortNumber.portNumber(2));
        byte[] told = sent.get(0).data().array();
        assertThat(part(told, 0, 18)).as("from its router, with the link's tag")
                .isEqualTo(octets("020000000001" + "00005e005213" + "8100003c" + "86dd"));
        assertThat(part(told, 26, 32)).isEqualTo(octets("20010db8000000110000000000000001"
                + "20010db8010100000000000000000009"));
        assertThat(part(told, 58, 2)).isEqualTo(octets("0200"));
        assertThat(ByteBuffer.wrap(told).getInt(62)).isEqualTo(1_352);
        Paths.State path = tunnels.path(MobileNodeIdentifier.ofNai("mn1@example.net"), entry).orElseThrow();
        assertThat(path.mtu()).isEqualTo(1_400);
        assertThat(path.greatest()).isEqualTo(CONFIGURED);
        plane.age(services.clock.steadyMillis() + Paths.AGE_MILLIS, DEVICE::equals);
        assertThat(mtu()).isEqualTo(CONFIGURED);
    }

    @Test
    void nodesShareTheTunnelAndEachErrorIsItsOwnSources() {
        stands(1, "2", TunnelFormat.GRE_IPV6);
        stands(2, "2", TunnelFormat.GRE_IPV6);
        receive(IcmpFrames.error(ROUTER, COA, 1, 0, 0,
                quoted(1_000, 202, IpAddress.valueOf("2001:db8:102::5"))));
        assertThat(sent).hasSize(1);
        byte[] told = sent.get(0).data().array();
        assertThat(part(told, 0, 14)).isEqualTo(octets("020000000002" + "00005e005213" + "86dd"));
        assertThat(part(told, 54, 2)).as("address unreachable").isEqualTo(octets("0103"));
    }

    @Test
    void whatNoNodeHasSentChangesNothing() {
        stands(1, "2", TunnelFormat.GRE_IPV6);
        receive(IcmpFrames.error(ROUTER, COA, 2, 0, 1_400, quoted(CONFIGURED, 101, NODE)));
        receive(IcmpFrames.error(ROUTER, COA, 2, 0, 1_400,
                quoted(CONFIGURED, 201, IpAddress.valueOf("2001:db8:109::5"))));
        receive(IcmpFrames.error(ROUTER, COA, 2, 0, 1_400, IcmpFrames.packet(COA, LMA, 47, CONFIGURED,
                octets("000086dd"), IcmpFrames.packet(NODE, PEER, 17, CONFIGURED - 44, PAYLOAD))));
        assertThat(counted).hasSize(3).containsOnly("tunnel errors of no session");
        receive(IcmpFrames.error(ROUTER, COA, 2, 0, 1_400, quoted(CONFIGURED + 1, 201, NODE)));
        assertThat(counted).endsWith("tunnel errors not believed");
        assertThat(sent).isEmpty();
        assertThat(mtu()).isEqualTo(CONFIGURED);
    }

    @Test
    void anIpv4NodeIsToldByItsDefaultRouter() {
        stands(3, "2", TunnelFormat.GRE_IPV4_UDP_TLV);
        receive(IcmpFrames.error(ROUTER_4, COA_4, 3, 4, 1_300, IcmpFrames.packet(COA_4, LMA_4, 17, 1_400,
                octets("153d153d05640000" + "002f0558" + "20000800000000cb"),
                IcmpFrames.packet(NODE_4, PEER_4, 17, 1_360, PAYLOAD))));
        assertThat(mtu()).isEqualTo(1_300);
        byte[] told = sent.get(0).data().array();
        assertThat(part(told, 0, 14)).isEqualTo(octets("020000000003" + "00005e005213" + "0800"));
        assertThat(part(told, 26, 8)).isEqualTo(octets("0a010001" + "0a010009"));
        assertThat(part(told, 34, 2)).isEqualTo(octets("0304"));
        assertThat(ByteBuffer.wrap(told).getShort(40)).isEqualTo((short) 1_260);
    }

    @Test
    void eightOctetsAreEnoughToLower() {
        stands(3, "2", TunnelFormat.GRE_IPV4);
        receive(IcmpFrames.error(ROUTER_4, COA_4, 3, 4, 1_300,
                IcmpFrames.packet(COA_4, LMA_4, 47, 1_400, octets("20000800000000cb"))));
        assertThat(mtu()).isEqualTo(1_300);
        assertThat(sent).isEmpty();
    }
}
