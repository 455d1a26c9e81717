// SPDX-License-Identifier: Apache-2.0
package org.pmip.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.onosproject.net.pi.runtime.PiAction;
import org.onosproject.net.pi.runtime.PiActionParam;
import org.onosproject.net.pi.runtime.PiExactFieldMatch;
import org.onosproject.net.pi.runtime.PiFieldMatch;
import org.onosproject.net.pi.runtime.PiLpmFieldMatch;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.PmipPipeconf;
import org.pmip.pipeconf.Role;
import org.pmip.pipeconf.entity.DownlinkSession;
import org.pmip.pipeconf.entity.HomeNetwork;
import org.pmip.pipeconf.entity.LocalAddress;
import org.pmip.pipeconf.entity.NetworkInterface;
import org.pmip.pipeconf.entity.NextHop;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.Route;
import org.pmip.pipeconf.entity.Station;
import org.pmip.pipeconf.entity.Tunnel;
import org.pmip.pipeconf.entity.TunnelEndpoints;
import org.pmip.pipeconf.entity.UplinkKey;
import org.pmip.pipeconf.entity.UplinkSession;
import org.pmip.pipeconf.entity.UplinkSource;
import org.pmip.softswitch.pipeline.ActionCall;
import org.pmip.softswitch.pipeline.Entry;
import org.pmip.softswitch.pipeline.KeyMatch;
import org.pmip.softswitch.pipeline.Pipeline;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.PipelineLoader;
import org.pmip.softswitch.pipeline.Table;
import org.pmip.softswitch.pipeline.TableException;

/** The product's pipeline on the softswitch core, filled as the application fills an anchor's switch. */
final class AnchorSwitch {

    static final int TRANSPORT_PORT = 1;
    static final int HOME_PORT = 2;

    private static final MacAddress TRANSPORT_MAC = MacAddress.valueOf("00:00:5e:00:53:01");
    private static final MacAddress HOME_MAC = MacAddress.valueOf("00:00:5e:00:53:02");
    private static final MacAddress NEIGHBOUR = MacAddress.valueOf("00:00:5e:00:53:99");
    private static final Ip6Address CORRESPONDENT = Ip6Address.valueOf("2001:db8:ffff::1");
    private static final int TUNNEL = 1;
    private static final int ETHERNET = 14;
    private static final int IPV6 = 40;
    private static final int GRE_WITH_KEY = 8;

    private final Pipeline pipeline;
    private final Map<String, List<String>> parameters = new HashMap<>();

    /** Makes a pipeline of a program. */
    interface Loader {
        Pipeline load(JsonNode program, LongSupplier clock) throws PipelineException;
    }

    /** Loads the program and writes the entries of so many sessions. */
    AnchorSwitch(int sessions) throws IOException, PipelineException, TableException {
        this(sessions, PipelineLoader::load);
    }

    /** As {@link #AnchorSwitch(int)}, loading the program in that way. */
    AnchorSwitch(int sessions, Loader loader) throws IOException, PipelineException, TableException {
        JsonNode program;
        try (InputStream in = PmipPipeconf.class.getResourceAsStream("pmip.json")) {
            program = new ObjectMapper().readTree(in);
        }
        for (JsonNode action : program.get("actions")) {
            List<String> names = new ArrayList<>();
            action.get("runtime_data").forEach(data -> names.add(data.get("name").asText()));
            parameters.put(action.get("name").asText(), names);
        }
        pipeline = loader.load(program, System::nanoTime);
        writeNetwork();
        for (int session = 1; session <= sessions; session++) {
            writeSession(session);
        }
    }

    Pipeline pipeline() {
        return pipeline;
    }

    private void writeNetwork() throws TableException {
        write(NetworkInterface.builder().port(PortNumber.portNumber(TRANSPORT_PORT)).vlanId(0).role(Role.TRANSPORT)
                .domain(0).build());
        write(NetworkInterface.builder().port(PortNumber.portNumber(HOME_PORT)).vlanId(0).role(Role.HOME_NETWORK)
                .domain(Domain.OPERATOR).build());
        write(Station.builder().port(PortNumber.portNumber(TRANSPORT_PORT)).mac(TRANSPORT_MAC).build());
        write(Station.builder().port(PortNumber.portNumber(HOME_PORT)).mac(HOME_MAC).build());
        write(LocalAddress.builder().domain(0).address(Domain.LMAA).build());
        nextHop(1, TRANSPORT_PORT, TRANSPORT_MAC);
        nextHop(2, HOME_PORT, HOME_MAC);
        write(Route.builder().domain(0).destination(IpPrefix.valueOf("2001:db8:0:11::/64")).nextHopId(1).build());
        write(Route.builder().domain(Domain.OPERATOR).destination(IpPrefix.valueOf("::/0")).nextHopId(2).build());
        write(Tunnel.builder().outerSource(Domain.MAG1).outerDestination(Domain.LMAA).sourcePort(0).tunnelId(TUNNEL)
                .domain(Domain.OPERATOR).build());
        write(TunnelEndpoints.builder().tunnelId(TUNNEL).source(Domain.LMAA).destination(Domain.MAG1).hopLimit(64)
                .mtu(1500).build());
    }

    private void nextHop(int id, int port, MacAddress own) throws TableException {
        write(NextHop.builder().nextHopId(id).port(PortNumber.portNumber(port)).vlanId(0).sourceMac(own)
                .destinationMac(NEIGHBOUR).build());
    }

    private void writeSession(int session) throws TableException {
        long key = Domain.UPLINK_KEY + session;
        write(UplinkKey.builder().localAddress(Domain.LMAA).key(key).domain(Domain.OPERATOR).build());
        write(UplinkSession.builder().sessionId(session).build());
        write(DownlinkSession.builder().sessionId(session).encapsulation(Encapsulation.GRE_KEY).tunnelId(TUNNEL)
                .key(Domain.DOWNLINK_KEY + session).build());
        write(UplinkSource.builder().domain(Domain.OPERATOR).source(homeNetwork(session)).sessionId(session)
                .tunnelId(TUNNEL).encapsulation(Encapsulation.GRE_KEY).key(key).build());
        write(HomeNetwork.builder().domain(Domain.OPERATOR).destination(homeNetwork(session)).sessionId(session)
                .build());
    }

    /** One more home network of the first session. */
    void addHomeNetwork(Ip6Prefix prefix) throws TableException {
        write(HomeNetwork.builder().domain(Domain.OPERATOR).destination(prefix).sessionId(1).build());
    }

    private static Ip6Prefix homeNetwork(int session) {
        byte[] octets = Domain.HOME_NETWORK.address().toOctets();
        octets[5] = (byte) (session >> 16);
        octets[6] = (byte) (session >> 8);
        octets[7] = (byte) session;
        return Ip6Prefix.valueOf(octets, 64);
    }

    private static Ip6Address node(int session) {
        byte[] octets = homeNetwork(session).address().toOctets();
        octets[15] = 1;
        return Ip6Address.valueOf(octets);
    }

    /** A frame from the gateway with a node's packet in GRE with key; {@code payload} octets after the inner header. */
    static byte[] uplink(int session, int payload) {
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET + IPV6 + GRE_WITH_KEY + IPV6 + payload);
        ethernet(frame, TRANSPORT_MAC);
        ipv6(frame, GRE_WITH_KEY + IPV6 + payload, 47, Domain.MAG1, Domain.LMAA);
        frame.putShort((short) 0x2000).putShort((short) 0x86dd).putInt((int) (Domain.UPLINK_KEY + session));
        ipv6(frame, payload, 59, node(session), CORRESPONDENT);
        return frame.array();
    }

    /** A frame from the home network to a node; {@code payload} octets after its header. */
    static byte[] downlink(int session, int payload) {
        return downlink(node(session), payload);
    }

    /** A frame from the home network to that address. */
    static byte[] downlink(Ip6Address node, int payload) {
        ByteBuffer frame = ByteBuffer.allocate(ETHERNET + IPV6 + payload);
        ethernet(frame, HOME_MAC);
        ipv6(frame, payload, 59, CORRESPONDENT, node);
        return frame.array();
    }

    private static void ethernet(ByteBuffer frame, MacAddress destination) {
        frame.put(destination.toBytes()).put(NEIGHBOUR.toBytes()).putShort((short) 0x86dd);
    }

    private static void ipv6(ByteBuffer frame, int payload, int next, Ip6Address source, Ip6Address destination) {
        frame.putInt(0x60000000).putShort((short) payload).put((byte) next).put((byte) 64)
                .put(source.toOctets()).put(destination.toOctets());
    }

    private void write(PipelineEntity entity) throws TableException {
        Table table = pipeline.table(entity.table().id());
        Map<String, KeyMatch> given = new HashMap<>();
        for (PiFieldMatch match : entity.matchKey().fieldMatches()) {
            given.put(match.fieldId().id(), keyMatch(match));
        }
        List<KeyMatch> matches = new ArrayList<>();
        for (Table.KeyShape key : table.keys()) {
            matches.add(given.getOrDefault(key.name(), KeyMatch.ANY));
        }
        table.insert(new Entry(matches, 0, call(entity.action())));
    }

    private static KeyMatch keyMatch(PiFieldMatch match) {
        if (match instanceof PiExactFieldMatch exact) {
            return KeyMatch.exact(exact.value().asArray());
        }
        if (match instanceof PiLpmFieldMatch lpm) {
            return KeyMatch.lpm(lpm.value().asArray(), lpm.prefixLength());
        }
        throw new IllegalArgumentException("no session table has a match like " + match);
    }

    private ActionCall call(PiAction action) {
        Map<String, byte[]> values = new HashMap<>();
        for (PiActionParam parameter : action.parameters()) {
            values.put(parameter.id().id(), parameter.value().asArray());
        }
        return ActionCall.of(action.id().id(),
                parameters.get(action.id().id()).stream().map(values::get).toArray(byte[][]::new));
    }
}
