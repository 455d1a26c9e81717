// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.onos.Surroundings.HERE;
import static org.pmip.onos.signalling.IcmpFrames.octets;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.DefaultPacketContext;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.pmip.onos.NamedMaps;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.onos.dataplane.DataPlane;
import org.pmip.onos.dataplane.Paths;
import org.pmip.onos.dataplane.Progress;
import org.pmip.onos.dataplane.RuleWriter;
import org.pmip.onos.signalling.IcmpFrames;
import org.pmip.onos.signalling.Signalling;
import org.pmip.onos.signalling.TunnelErrors;
import org.pmip.onos.store.AddressClaims;
import org.pmip.onos.store.BindingStore;
import org.pmip.onos.store.PrefixClaims;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.pipeconf.PuntClass;
import org.pmip.pipeconf.entity.PipelineEntities;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.TunnelEndpoints;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.lma.OperatorAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** What an anchor does about ICMP errors of the transport network: packets in, table entries and packets out. */
class AnchorTunnelsTest {

    private static final String CONFIG = "{'lma': {'device': 'device:lma1', 'address': '2001:db8:0:1::1',"
            + "'ipv4Address': '198.51.100.1', 'pools': [{'name': 'home', 'prefix': '2001:db8:100::/40'}],"
            + "'ipv4Pools': [{'name': 'one', 'subnet': '10.1.0.0/24', 'defaultRouter': '10.1.0.1'},"
            + "{'name': 'two', 'operator': 2, 'subnet': '10.1.0.0/24', 'defaultRouter': '10.1.0.1'}],"
            + "'mags': [{'address': '2001:db8:0:11::1', 'ipv4Address': '203.0.113.11'}]},"
            + "'switches': {'device:lma1': {'interfaces': [{'port': 1, 'role': 'transport',"
            + "'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1', '198.51.100.1']},"
            + "{'port': 2, 'role': 'home', 'mac': '00:00:5e:00:53:02', 'addresses': ['2001:db8:ffff::2']},"
            + "{'port': 3, 'role': 'home', 'operator': 2, 'mac': '00:00:5e:00:53:03',"
            + "'addresses': ['192.0.2.3']}]}}}";
    private static final DeviceId DEVICE = DeviceId.deviceId("device:lma1");
    private static final ApplicationId APPLICATION = new DefaultApplicationId(1, "org.pmip");
    private static final Ip6Address LMA = Ip6Address.valueOf("2001:db8:0:1::1");
    private static final Ip6Address MAG = Ip6Address.valueOf("2001:db8:0:11::1");
    private static final Ip4Address LMA_4 = Ip4Address.valueOf("198.51.100.1");
    private static final Ip4Address MAG_4 = Ip4Address.valueOf("203.0.113.11");
    private static final IpAddress ROUTER = IpAddress.valueOf("2001:db8:ff::1");
    private static final IpAddress ROUTER_4 = IpAddress.valueOf("203.0.113.254");
    private static final IpAddress PEER = IpAddress.valueOf("2001:db8:ffff::1");
    private static final IpAddress PEER_4 = IpAddress.valueOf("192.0.2.1");
    private static final IpAddress NODE = IpAddress.valueOf("2001:db8:101::9");
    private static final IpAddress NODE_4 = IpAddress.valueOf("10.1.0.9");
    private static final byte[] PAYLOAD = octets("1389 1389 0584 0000 0001020304050607");

    private final List<OutboundPacket> sent = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private final Map<Long, TunnelEndpoints> table = new HashMap<>();
    private final NamedMaps storage = new NamedMaps();
    private int writes;
    private long now = 1_000_000;
    private BindingStore bindings;
    private PrefixClaims prefixes;
    private AddressClaims addresses;
    private DataPlane dataPlane;
    private Signalling signalling;

    @BeforeEach
    void start() throws Exception {
        PmipConfig config = PmipConfigParser.parse(new ObjectMapper().readTree(CONFIG.replace('\'', '"')));
        FlowRuleServiceAdapter rules = new FlowRuleServiceAdapter() {
            @Override
            public void apply(FlowRuleOperations operations) {
                writes++;
                operations.stages().forEach(stage -> stage.forEach(AnchorTunnelsTest.this::write));
                operations.callback().onSuccess(operations);
            }

            @Override
            public Iterable<FlowEntry> getFlowEntriesById(ApplicationId id) {
                return List.of();
            }
        };
        PacketServiceAdapter packets = new PacketServiceAdapter() {
            @Override
            public void emit(OutboundPacket packet) {
                sent.add(packet);
            }
        };
        bindings = new BindingStore(storage, APPLICATION, (before, after) -> { });
        prefixes = new PrefixClaims(storage, APPLICATION);
        addresses = new AddressClaims(storage, APPLICATION);
        dataPlane = new DataPlane(new RuleWriter(rules, device -> Optional.empty(), device -> HERE, APPLICATION),
                new TunnelNumbers(storage, APPLICATION), config, new Paths(), millis -> Runnable::run, Runnable::run);
        AnchorTunnels ends = new AnchorTunnels(config, dataPlane, bindings, prefixes, addresses, () -> now);
        signalling = new Signalling(packets, config, () -> new Moment(now, Instant.ofEpochMilli(now)),
                new TunnelErrors(packets, ends, Runnable::run, () -> now, counted::add), request -> { }, name -> { });
    }

    private void write(FlowRuleOperation one) {
        PipelineEntity entity = PipelineEntities.fromFlowRule(one.rule());
        if (entity instanceof TunnelEndpoints) {
            table.put(((TunnelEndpoints) entity).tunnelId(), (TunnelEndpoints) entity);
        }
    }

    private static BindingCacheEntry.Builder session(int id) {
        return BindingCacheEntry.builder().sessionId(id).state(BindingCacheEntry.State.ACTIVE).operator(1);
    }

    private BindingCacheEntry keyed() {
        return session(5).prefixes(List.of(Ip6Prefix.valueOf("2001:db8:101::/64"))).tunnel(MAG, LMA)
                .gre(GreMode.KEYS, 7, 77).build();
    }

    private void stands(String name, BindingCacheEntry entry) {
        MobileNodeIdentifier node = MobileNodeIdentifier.ofNai(name);
        MobileNodeRecord record = new MobileNodeRecord(node, List.of(entry));
        entry.prefixes().forEach(prefix -> prefixes.claim(prefix, record.key()));
        entry.ipv4Home().ifPresent(home -> addresses.claim(new OperatorAddress(entry.operator(), home.address()),
                record.key()));
        assertThat(bindings.replace(bindings.read(node), record)).isTrue();
        assertThat(dataPlane.update(MobileNodeRecord.none(node), record)).isCompleted();
    }

    private void receive(byte[] frame) {
        receive(0, frame);
    }

    private void receive(int domain, byte[] frame) {
        signalling.process(new DefaultPacketContext(now, new DefaultInboundPacket(new ConnectPoint(DEVICE,
                PortNumber.portNumber(1)), null, ByteBuffer.wrap(frame),
                Optional.of(PuntClass.ICMP.code() | (long) domain << 16)), null, false) {
            @Override
            public void send() {
                throw new IllegalStateException("nothing is to be sent through the context");
            }
        });
    }

    private static byte[] quoted(int length, String between, int overhead) {
        return IcmpFrames.packet(LMA, MAG, between.isEmpty() ? 41 : 47, length, octets(between),
                IcmpFrames.packet(PEER, NODE, 17, length - overhead, PAYLOAD));
    }

    private static byte[] keyedPacket(int length, int key) {
        return quoted(length, String.format("200086dd%08x", key), 48);
    }

    private int mtu() {
        assertThat(table).hasSize(1);
        return table.values().iterator().next().mtu();
    }

    private byte[] message(int index) {
        return sent.get(index).data().array();
    }

    private static byte[] part(byte[] octets, int from, int length) {
        return Arrays.copyOfRange(octets, from, from + length);
    }

    @Test
    void packetTooBigLowersTheTunnelAndTellsTheCorrespondent() {
        stands("a@example.net", keyed());
        assertThat(mtu()).isEqualTo(1_500);
        receive(IcmpFrames.error(ROUTER, LMA, 2, 0, 1_400, keyedPacket(1_500, 7)));
        assertThat(mtu()).isEqualTo(1_400);
        assertThat(counted).containsExactly("tunnel errors too big", "path MTUs lowered", "tunnel errors passed on");
        assertThat(sent).hasSize(1);
        byte[] told = message(0);
        assertThat(part(told, 22, 16)).isEqualTo(IpAddress.valueOf("2001:db8:ffff::2").toOctets());
        assertThat(part(told, 38, 16)).isEqualTo(PEER.toOctets());
        assertThat(part(told, 54, 2)).as("Packet Too Big").isEqualTo(octets("0200"));
        assertThat(ByteBuffer.wrap(told).getInt(58)).as("without what the tunnel adds").isEqualTo(1_352);
        assertThat(part(told, 62, told.length - 62)).as("what is known of the packet")
                .isEqualTo(IcmpFrames.packet(PEER, NODE, 17, 1_452, PAYLOAD));
        assertThat(sent.get(0).treatment().writeMetadata().metadata()).as("in the operator's network").isEqualTo(1);
        Paths.State path = dataPlane.path(keyed(), now);
        assertThat(path.mtu()).isEqualTo(1_400);
        assertThat(path.remaining()).isEqualTo(Paths.AGE_MILLIS);
        assertThat(dataPlane.describe(keyed())).anyMatch(line -> line.contains("mtu=1400"));
    }

    @Test
    void sessionsThatComeLaterAndComparisonsKeepIt() {
        stands("a@example.net", keyed());
        receive(IcmpFrames.error(ROUTER, LMA, 2, 0, 1_400, keyedPacket(1_500, 7)));
        dataPlane.doubt();
        stands("b@example.net", session(6).prefixes(List.of(Ip6Prefix.valueOf("2001:db8:102::/64"))).tunnel(MAG, LMA)
                .gre(GreMode.KEYS, 8, 78).build());
        assertThat(mtu()).isEqualTo(1_400);
        table.clear();
        assertThat(dataPlane.reconcile(bindings::all, record -> record, new Progress())).isCompleted();
        assertThat(mtu()).isEqualTo(1_400);
    }

    @Test
    void itComesBackAfterTenMinutes() {
        stands("a@example.net", keyed());
        receive(IcmpFrames.error(ROUTER, LMA, 2, 0, 1_400, keyedPacket(1_500, 7)));
        dataPlane.age(now + Paths.AGE_MILLIS - 1);
        assertThat(mtu()).isEqualTo(1_400);
        dataPlane.age(now + Paths.AGE_MILLIS);
        assertThat(mtu()).isEqualTo(1_500);
        assertThat(dataPlane.path(keyed(), now).mtu()).isEqualTo(1_500);
    }

    @Test
    void aSwitchThatLostItIsToldAgain() {
        stands("a@example.net", keyed());
        byte[] frame = IcmpFrames.error(ROUTER, LMA, 2, 0, 1_400, keyedPacket(1_500, 7));
        receive(frame);
        int before = writes;
        receive(frame);
        assertThat(writes).as("under way meanwhile").isEqualTo(before);
        now += 2_000;
        receive(frame);
        assertThat(writes).isEqualTo(before + 1);
        assertThat(mtu()).isEqualTo(1_400);
    }

    @Test
    void whatNobodyHasSentChangesNothing() {
        stands("a@example.net", keyed());
        int before = writes;
        receive(IcmpFrames.error(ROUTER, LMA, 2, 0, 1_400, keyedPacket(1_500, 8)));
        receive(IcmpFrames.error(ROUTER, LMA, 2, 0, 1_400, quoted(1_500, "000086dd", 44)));
        receive(IcmpFrames.error(ROUTER, LMA, 2, 0, 1_400, quoted(1_500, "", 40)));
        receive(IcmpFrames.error(ROUTER, LMA, 2, 0, 1_400, IcmpFrames.packet(LMA, ROUTER, 47, 1_500,
                octets("200086dd00000007"), IcmpFrames.packet(PEER, NODE, 17, 1_452, PAYLOAD))));
        receive(IcmpFrames.error(ROUTER, LMA, 2, 0, 1_400, IcmpFrames.packet(LMA, MAG, 47, 1_500,
                octets("200086dd00000007"), IcmpFrames.packet(PEER, PEER, 17, 1_452, PAYLOAD))));
        assertThat(counted).hasSize(5).containsOnly("tunnel errors of no session");
        counted.clear();
        receive(IcmpFrames.error(ROUTER, LMA, 2, 0, 1_200, keyedPacket(1_500, 7)));
        receive(IcmpFrames.error(ROUTER, LMA, 2, 0, 1_400, keyedPacket(1_600, 7)));
        assertThat(counted).hasSize(2).containsOnly("tunnel errors not believed");
        counted.clear();
        receive(1, IcmpFrames.error(ROUTER, LMA, 2, 0, 1_400, keyedPacket(1_500, 7)));
        receive(IcmpFrames.error(ROUTER, LMA, 129, 0, 0, new byte[8]));
        assertThat(counted).hasSize(2).containsOnly("ICMP messages of no use");
        assertThat(sent).isEmpty();
        assertThat(writes).isEqualTo(before);
        assertThat(mtu()).isEqualTo(1_500);
    }

    @Test
    void aFloodIsLimited() {
        stands("a@example.net", keyed());
        for (int i = 0; i < 30; i++) {
            receive(IcmpFrames.error(ROUTER, LMA, 1, 0, 0, keyedPacket(1_000, 7)));
        }
        assertThat(counted.stream().filter("tunnel errors unreachable"::equals)).hasSize(20);
        assertThat(counted.stream().filter("tunnel errors over the rate"::equals)).hasSize(10);
    }

    @Test
    void otherErrorsBecomeUnreachable() {
        stands("a@example.net", keyed());
        receive(IcmpFrames.error(ROUTER, LMA, 1, 0, 0, keyedPacket(1_000, 7)));
        receive(IcmpFrames.error(ROUTER, LMA, 3, 0, 0, keyedPacket(1_000, 7)));
        receive(IcmpFrames.error(ROUTER, LMA, 4, 1, 6, keyedPacket(1_000, 7)));
        assertThat(sent).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(part(message(i), 54, 2)).as("address unreachable").isEqualTo(octets("0103"));
        }
        Paths.State path = dataPlane.path(keyed(), now);
        assertThat(List.of(path.errors(org.pmip.protocol.wire.packet.TunnelError.Kind.UNREACHABLE),
                path.errors(org.pmip.protocol.wire.packet.TunnelError.Kind.TIME_EXCEEDED),
                path.errors(org.pmip.protocol.wire.packet.TunnelError.Kind.PARAMETER_PROBLEM)))
                .containsExactly(1L, 1L, 1L);
        assertThat(mtu()).isEqualTo(1_500);
    }

    @Test
    void errorsOfErrorsAreNotPassedOn() {
        stands("a@example.net", keyed());
        receive(IcmpFrames.error(ROUTER, LMA, 1, 0, 0, IcmpFrames.packet(LMA, MAG, 47, 200,
                octets("200086dd00000007"), IcmpFrames.packet(PEER, NODE, 58, 152, octets("0100000000000000")))));
        assertThat(counted).containsExactly("tunnel errors unreachable");
        assertThat(sent).isEmpty();
    }

    @Test
    void whereIpv6DoesNotFitAnyMoreTheDestinationIsUnreachable() {
        stands("a@example.net", keyed());
        receive(IcmpFrames.error(ROUTER, LMA, 2, 0, 1_280, keyedPacket(1_328, 7)));
        assertThat(mtu()).isEqualTo(1_280);
        assertThat(part(message(0), 54, 2)).as("its sender cannot send less than 1280").isEqualTo(octets("0103"));
        receive(IcmpFrames.error(ROUTER, LMA, 2, 0, 1_280, keyedPacket(1_400, 7)));
        assertThat(part(message(1), 54, 2)).isEqualTo(octets("0200"));
        assertThat(ByteBuffer.wrap(message(1)).getInt(58)).as("not less than 1280").isEqualTo(1_280);
    }

    private void ipv4Sessions() {
        stands("one@example.net", session(1).operator(1).ipv4Home(Optional.of(new Ipv4Home(NODE_4.getIp4Address(), 24,
                Ip4Address.valueOf("10.1.0.1")))).tunnel(MAG_4, LMA_4, MAG_4, 5_437).gre(GreMode.KEYS, 0x11, 0x21)
                .tlvHeader(true).build());
        stands("two@example.net", session(2).operator(2).ipv4Home(Optional.of(new Ipv4Home(NODE_4.getIp4Address(), 24,
                Ip4Address.valueOf("10.1.0.1")))).tunnel(MAG_4, LMA_4, MAG_4, 5_437).gre(GreMode.KEYS, 0x12, 0x22)
                .tlvHeader(true).build());
    }

    @Test
    void operatorsWithTheSameAddressesAreToldApartByTheirKeys() {
        ipv4Sessions();
        receive(IcmpFrames.error(ROUTER_4, LMA_4, 3, 4, 1_400, IcmpFrames.packet(LMA_4, MAG_4, 17, 1_500,
                octets("153d153d05c80000" + "002f05bc" + "2000080000000012"),
                IcmpFrames.packet(PEER_4, NODE_4, 17, 1_460, PAYLOAD))));
        assertThat(mtu()).isEqualTo(1_400);
        assertThat(sent.get(0).treatment().writeMetadata().metadata()).as("operator").isEqualTo(2);
        byte[] told = message(0);
        assertThat(part(told, 26, 8)).isEqualTo(octets("c0000203" + "c0000201"));
        assertThat(part(told, 34, 2)).as("fragmentation needed").isEqualTo(octets("0304"));
        assertThat(ByteBuffer.wrap(told).getShort(40)).isEqualTo((short) 1_360);
    }

    @Test
    void eightOctetsAreEnoughToLowerAndTooFewToTell() {
        ipv4Sessions();
        byte[] frame = IcmpFrames.error(ROUTER_4, LMA_4, 3, 4, 1_400,
                IcmpFrames.packet(LMA_4, MAG_4, 17, 1_500, octets("153d153d05c80000")));
        receive(frame);
        assertThat(mtu()).isEqualTo(1_400);
        assertThat(sent).isEmpty();
        receive(frame);
        assertThat(counted).containsExactly("tunnel errors too big", "path MTUs lowered",
                "tunnel errors of no session");
        now += 1_000;
        receive(IcmpFrames.error(ROUTER_4, LMA_4, 3, 4, 1_300,
                IcmpFrames.packet(LMA_4, MAG_4, 17, 1_400, octets("153d9c4005c80000"))));
        assertThat(mtu()).as("to a port that no tunnel has").isEqualTo(1_400);
    }
}
