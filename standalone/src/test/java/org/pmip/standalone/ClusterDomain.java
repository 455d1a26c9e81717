// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.packet.SignallingPacket;
import org.pmip.softswitch.SoftSwitch;
import org.pmip.softswitch.port.Port;
import org.pmip.softswitch.port.PortSpec;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.v1.P4RuntimeGrpc;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.GetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.ReadRequest;
import p4.v1.P4RuntimeOuterClass.ReadResponse;
import p4.v1.P4RuntimeOuterClass.TableEntry;

/** A switch with two gateways and a correspondent node at its ports. */
final class ClusterDomain implements AutoCloseable {
    static final Ip6Address ANCHOR = Ip6Address.valueOf("2001:db8:0:1::1");
    static final Ip6Address[] GATEWAYS = {Ip6Address.valueOf("2001:db8:0:11::1"),
        Ip6Address.valueOf("2001:db8:0:12::1")};
    private static final Ip6Address CORRESPONDENT = Ip6Address.valueOf("2001:db8:ff::100");
    private static final MacAddress[] SWITCH = {MacAddress.valueOf("00:00:5e:00:53:01"),
        MacAddress.valueOf("00:00:5e:00:53:02"), MacAddress.valueOf("00:00:5e:00:53:03")};
    private static final MacAddress[] OWN = {MacAddress.valueOf("00:00:5e:00:53:11"),
        MacAddress.valueOf("00:00:5e:00:53:12"), MacAddress.valueOf("00:00:5e:00:53:ff")};
    private static final int HOME = 2;
    private static final int ETHERNET = 14;
    private static final int IPV6 = 40;
    private static final int MOBILITY = 135;
    private static final int MARK = 8;
    private static final String CONFIGURATION = """
        {"devices": {"%1$s": {"basic": {"managementAddress": "grpc://%2$s?device_id=1", "driver": "bmv2",
            "pipeconf": "org.pmip.pipeconf"}}},
         "apps": {"org.pmip": {"pmip": {
            "lma": {"device": "%1$s", "address": "2001:db8:0:1::1", "grePolicy": "as-requested",
              "unknownMobileNodes": "accept",
              "parameters": {"minDelayBeforeBceDelete": 2000, "lifetimeCap": 600,
                "timestampValidityWindow": 60000},
              "pools": [{"name": "home", "prefix": "%3$s", "length": 64}],
              "mags": [{"name": "mag1", "address": "2001:db8:0:11::1"},
                {"name": "mag2", "address": "2001:db8:0:12::1"}]},
            "switches": {"%1$s": {
              "interfaces": [
                {"port": 1, "role": "transport", "mac": "00:00:5e:00:53:01", "addresses": ["2001:db8:0:1::1"]},
                {"port": 2, "role": "transport", "mac": "00:00:5e:00:53:02"},
                {"port": 3, "role": "home", "mac": "00:00:5e:00:53:03", "addresses": ["2001:db8:ff::1"]}],
              "routes": [
                {"prefix": "2001:db8:0:11::/64", "port": 1, "nextHop": "00:00:5e:00:53:11"},
                {"prefix": "2001:db8:0:12::/64", "port": 2, "nextHop": "00:00:5e:00:53:12"},
                {"prefix": "2001:db8:ff::/64", "operator": 1, "port": 3, "nextHop": "00:00:5e:00:53:ff"}]}}}}}}
        """;

    private final String grpc;
    private final Port[] wires = new Port[3];
    private final String[] near = new String[3];
    private volatile SoftSwitch device;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    /** A Mobility Header that came to a gateway. */
    record Signal(int gateway, byte[] octets) {
    }

    /** A user's packet that came out of the switch: where, what stood around it, and its number. */
    record Arrival(int port, String around, long number) {
    }

    /**
     * Starts it.
     *
     * @param grpc where the switch is to be reached by its controllers, host and port
     */
    ClusterDomain(String grpc) throws IOException {
        for (int i = 0; i < wires.length; i++) {
            int here = Samples.freeUdp();
            int there = Samples.freeUdp();
            near[i] = "udp:127.0.0.1:" + here + "/127.0.0.1:" + there;
            wires[i] = PortSpec.parse(i + 1 + "@udp:127.0.0.1:" + there + "/127.0.0.1:" + here).port();
            wire(i);
        }
        device = start(grpc);
        this.grpc = device.address();
    }

    /**
     * Takes another's switch, whose ports 1 to 3 are the other ends of interfaces of this machine.
     *
     * @param grpc where its controllers reach it
     * @param interfaces three, in the order of the ports
     */
    ClusterDomain(String grpc, List<String> interfaces) throws IOException {
        this.grpc = grpc;
        for (int i = 0; i < wires.length; i++) {
            wires[i] = PortSpec.parse(i + 1 + "@" + interfaces.get(i)).port();
            wire(i);
        }
    }

    private void wire(int port) throws IOException {
        wires[port].start((frame, offset, length) ->
            received(port, Arrays.copyOfRange(frame, offset, offset + length)));
    }

    private SoftSwitch start(String address) throws IOException {
        var builder = SoftSwitch.builder().deviceId(1).cpuPort(255).grpc(address);
        for (int i = 0; i < near.length; i++) {
            builder.port(i + 1, PortSpec.of(near[i]));
        }
        SoftSwitch started = builder.build();
        started.start();
        return started;
    }

    /** Puts an empty switch without a pipeline in the place of this one, as one that has lost its power comes back. */
    void restart() throws IOException {
        if (device == null) {
            throw new IOException("another's switch is restarted by who has started it");
        }
        device.close();
        device = start(grpc);
    }

    /** Writes the network configuration of all members. */
    Path configuration(Path directory, String pool) throws IOException {
        return Files.writeString(directory.resolve("network.json"), CONFIGURATION.formatted(Samples.DEVICE,
            grpc, pool));
    }

    private void received(int port, byte[] frame) {
        if (frame.length < ETHERNET + IPV6) {
            return;
        }
        if (port != HOME && frame[ETHERNET + 6] == (byte) MOBILITY) {
            signals.add(new Signal(port, Arrays.copyOfRange(frame, ETHERNET + IPV6, frame.length)));
        } else if (frame.length >= ETHERNET + IPV6 + MARK) {
            int inner = frame.length - IPV6 - MARK;
            ByteBuffer marks = ByteBuffer.wrap(frame, frame.length - MARK, MARK);
            arrivals.add(new Arrival(port, hex(frame, ETHERNET + IPV6, inner), marks.getLong()));
        }
    }

    private static String hex(byte[] octets, int from, int to) {
        return java.util.HexFormat.of().formatHex(octets, Math.min(from, to), to);
    }

    /** The next message to a gateway, or null if none comes in time. */
    Signal signal(long millis) throws InterruptedException {
        return signals.poll(millis, TimeUnit.MILLISECONDS);
    }

    /** The next user's packet, or null if none comes in time. */
    Arrival arrival(long millis) throws InterruptedException {
        return arrivals.poll(millis, TimeUnit.MILLISECONDS);
    }

    /** Sends a Mobility Header from a gateway to the anchor. */
    void signal(int gateway, byte[] mobilityHeader) {
        send(gateway, SignallingPacket.encode(OWN[gateway], SWITCH[gateway], GATEWAYS[gateway], ANCHOR,
            mobilityHeader));
    }

    private void send(int port, byte[] frame) {
        wires[port].send(frame, 0, frame.length);
    }

    private static byte[] ipv6(Ip6Address source, Ip6Address destination, int nextHeader, byte[] payload) {
        return ByteBuffer.allocate(IPV6 + payload.length).putInt(0x6000_0000).putShort((short) payload.length)
            .put((byte) nextHeader).put((byte) 64).put(source.toOctets()).put(destination.toOctets()).put(payload)
            .array();
    }

    private static byte[] ethernet(int port, byte[] packet) {
        return ByteBuffer.allocate(ETHERNET + packet.length).put(SWITCH[port].toBytes()).put(OWN[port].toBytes())
            .putShort((short) 0x86dd).put(packet).array();
    }

    /** What stands between the outer header and the inner packet; a key below 0 stands for no GRE. */
    static String around(long key) {
        return key < 0 ? "" : String.format("200086dd%08x", key);
    }

    private static Ip6Address host(Ip6Prefix prefix) {
        byte[] octets = prefix.address().toOctets();
        octets[15] = 1;
        return Ip6Address.valueOf(octets);
    }

    private static byte[] number(long number) {
        // Protocol 253 is for experiments (RFC 3692): the switch has nothing to say to what it carries.
        return ByteBuffer.allocate(MARK).putLong(number).array();
    }

    /** A mobile node sends through its gateway's tunnel to the correspondent node. */
    void uplink(int gateway, Ip6Prefix prefix, long key, long number) {
        byte[] user = ipv6(host(prefix), CORRESPONDENT, 253, number(number));
        byte[] payload = key < 0 ? user : ByteBuffer.allocate(8 + user.length).putInt(0x2000_86dd).putInt((int) key)
            .put(user).array();
        send(gateway, ethernet(gateway, ipv6(GATEWAYS[gateway], ANCHOR, key < 0 ? 41 : 47, payload)));
    }

    /** The correspondent node sends to a mobile node. */
    void downlink(Ip6Prefix prefix, long number) {
        send(HOME, ethernet(HOME, ipv6(CORRESPONDENT, host(prefix), 253, number(number))));
    }

    /** How many entries each table of the switch has, by name. */
    Map<String, Integer> entries() {
        return entries(grpc, 1);
    }

    /** How many entries each table of a switch has, by name, read as a controller reads them. */
    static Map<String, Integer> entries(String grpc, long deviceId) {
        ManagedChannel channel = NettyChannelBuilder.forTarget(grpc).usePlaintext()
            .maxInboundMessageSize(1 << 26).build();
        try {
            var stub = P4RuntimeGrpc.newBlockingStub(channel);
            P4Info info = stub.getForwardingPipelineConfig(GetForwardingPipelineConfigRequest.newBuilder()
                .setDeviceId(deviceId).build()).getConfig().getP4Info();
            Map<Integer, String> names = new HashMap<>();
            Map<String, Integer> counts = new TreeMap<>();
            info.getTablesList().forEach(table -> {
                names.put(table.getPreamble().getId(), table.getPreamble().getAlias());
                counts.put(table.getPreamble().getAlias(), 0);
            });
            stub.read(ReadRequest.newBuilder().setDeviceId(deviceId).addEntities(Entity.newBuilder()
                .setTableEntry(TableEntry.getDefaultInstance())).build()).forEachRemaining((ReadResponse part) ->
                part.getEntitiesList().stream().map(Entity::getTableEntry).filter(entry ->
                    !entry.getIsDefaultAction()).forEach(entry ->
                    counts.merge(names.get(entry.getTableId()), 1, Integer::sum)));
            return counts;
        } finally {
            channel.shutdownNow();
        }
    }

    @Override
    public void close() {
        for (Port wire : wires) {
            wire.close();
        }
        if (device != null) {
            device.close();
        }
    }
}
