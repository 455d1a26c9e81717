// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.roam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleProgrammable;
import org.pmip.checks.junit.FreePorts;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.protocol.mag.link.Ipv4UdpFrame;
import org.pmip.protocol.mag.link.Ipv6Frame;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.standalone.StandaloneHost;
import org.pmip.standalone.SwitchRack;
import org.pmip.standalone.config.RunConfiguration;

/**
 * An anchor, two gateways and a correspondent node: three switches and the application in one process, wired by UDP
 * sockets. Each gateway has one cell, the far end of its access port. Several controllers may share the switches out.
 */
final class RoamBed implements AutoCloseable {
    static final Ip6Address CORRESPONDENT = Ip6Address.valueOf("2001:db8:ffff::1");
    static final Ip4Address CORRESPONDENT_4 = Ip4Address.valueOf("192.0.2.1");
    static final String ROUTER_MAC = "00:00:5e:00:52:13";
    private static final MacAddress CORRESPONDENT_MAC = MacAddress.valueOf("00:00:5e:00:53:22");
    private static final MacAddress HOME_MAC = MacAddress.valueOf("00:00:5e:00:53:02");
    private static final int GATEWAYS = 2;
    /** How many downlink keys a controller has for each switch. */
    static final int KEYS = 1_000_000;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<Wire> cells = new ArrayList<>();
    private final Wire home;
    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private final Set<String> errors = ConcurrentHashMap.newKeySet();
    private final Map<String, StandaloneHost> hosts = new HashMap<>();
    private final ObjectNode network;

    /**
     * Starts everything.
     *
     * @param gateways what the configuration says of the gateways
     */
    RoamBed(ObjectNode gateways) throws Exception {
        this(gateways, section -> { });
    }

    /**
     * Starts everything.
     *
     * @param gateways what the configuration says of the gateways
     * @param changes made to the application's section of the configuration
     */
    RoamBed(ObjectNode gateways, Consumer<ObjectNode> changes) throws Exception {
        this(gateways, changes, null);
    }

    /**
     * Starts everything.
     *
     * @param gateways what the configuration says of the gateways
     * @param changes made to the application's section of the configuration
     * @param router what stands between the anchor and the first gateway; null if they are joined by a cable
     */
    RoamBed(ObjectNode gateways, Consumer<ObjectNode> changes, TransportRouter router) throws Exception {
        this(gateways, changes, router, List.of(Set.of("lma1", "mag1", "mag2")));
    }

    /**
     * Starts everything.
     *
     * @param gateways what the configuration says of the gateways
     * @param changes made to the application's section of the configuration
     * @param router what stands between the anchor and the first gateway; null if they are joined by a cable
     * @param clusters names of the switches of each controller; they know nothing of each other
     */
    RoamBed(ObjectNode gateways, Consumer<ObjectNode> changes, TransportRouter router, List<Set<String>> clusters)
        throws Exception {
        try {
            home = keep(new Wire("home"));
            ObjectMapper json = new ObjectMapper();
            ObjectNode root = (ObjectNode) json.readTree("""
                {"devices": {}, "apps": {"org.pmip": {"pmip": {
                  "lma": {"device": "device:lma1",
                    "mobileNodes": [{"id": "mn26@example.net", "mobilityService": false}],
                     "address": "2001:db8:0:1::1", "ipv4Address": "198.51.100.1",
                    "ipv6Service": true, "ipv4Service": true,
                    "pools": [{"name": "home", "prefix": "2001:db8:100::/40"}],
                    "ipv4Pools": [{"name": "home4", "subnet": "10.1.0.0/16", "defaultRouter": "10.1.0.1"}],
                    "mags": [
                      {"name": "mag1", "address": "2001:db8:0:11::1", "ipv4Address": "203.0.113.11"},
                      {"name": "mag2", "address": "2001:db8:0:12::1", "ipv4Address": "203.0.113.12"}],
                    "parameters": {"acceptForcedIpv4UdpEncapsulationRequest": true, "dhcpSupportMode": "server",
                      "timestampValidityWindow": 20000}},
                  "switches": {
                    "device:lma1": {"interfaces": [
                        {"port": 1, "role": "transport", "mac": "00:00:5e:00:53:01",
                          "addresses": ["2001:db8:0:1::1", "198.51.100.1"]},
                        {"port": 2, "role": "home", "mac": "00:00:5e:00:53:02"},
                        {"port": 3, "role": "transport", "mac": "00:00:5e:00:53:03"}],
                      "routes": [
                        {"prefix": "2001:db8:0:11::/64", "port": 1, "nextHop": "00:00:5e:00:53:11"},
                        {"prefix": "2001:db8:0:12::/64", "port": 3, "nextHop": "00:00:5e:00:53:12"},
                        {"prefix": "203.0.113.11/32", "port": 1, "nextHop": "00:00:5e:00:53:11"},
                        {"prefix": "203.0.113.12/32", "port": 3, "nextHop": "00:00:5e:00:53:12"},
                        {"prefix": "2001:db8:900::/48", "port": 1, "operator": 1, "nextHop": "00:00:5e:00:53:11"},
                        {"prefix": "2001:db8:ffff::/64", "port": 2, "nextHop": "00:00:5e:00:53:22"},
                        {"prefix": "::/0", "operator": 1, "port": 2, "nextHop": "00:00:5e:00:53:22"},
                        {"prefix": "0.0.0.0/0", "operator": 1, "port": 2, "nextHop": "00:00:5e:00:53:22"}]}}}}},
                 "standalone": {"softswitches": {}}}
                """);
            ObjectNode section = (ObjectNode) root.at("/apps/org.pmip/pmip");
            section.setAll(gateways);
            int[] transport = {FreePorts.udp(), FreePorts.udp(), FreePorts.udp(), FreePorts.udp()};
            int homePort = FreePorts.udp();
            device(root, "lma1", 1, "1@udp:127.0.0.1:" + transport[0] + "/127.0.0.1:"
                + (router == null ? transport[1] : router.anchorsPeer()),
                "2@udp:127.0.0.1:" + homePort + "/127.0.0.1:" + home.port(),
                "3@udp:127.0.0.1:" + transport[2] + "/127.0.0.1:" + transport[3]);
            home.connect(homePort);
            for (int number = 1; number <= GATEWAYS; number++) {
                Wire cell = keep(new Wire("cell" + number));
                cells.add(cell);
                int access = FreePorts.udp();
                device(root, "mag" + number, number + 1,
                    "1@udp:127.0.0.1:" + transport[2 * number - 1] + "/127.0.0.1:"
                        + (router == null || number != 1 ? transport[2 * number - 2] : router.gatewaysPeer()),
                    "2@udp:127.0.0.1:" + access + "/127.0.0.1:" + cell.port());
                cell.connect(access);
                ((ObjectNode) section.get("switches")).set("device:mag" + number, json.readTree("""
                    {"interfaces": [
                        {"port": 1, "role": "transport", "mac": "00:00:5e:00:53:1%1$d",
                          "addresses": ["2001:db8:0:1%1$d::1", "203.0.113.1%1$d"]},
                        {"port": 2, "role": "access", "mac": "%2$s"}],
                     "routes": [
                        {"prefix": "2001:db8:0:1::/64", "port": 1, "nextHop": "00:00:5e:00:53:0%3$d"},
                        {"prefix": "2001:db8:ffff::/64", "port": 1, "nextHop": "00:00:5e:00:53:0%3$d"},
                        {"prefix": "198.51.100.0/24", "port": 1, "nextHop": "00:00:5e:00:53:0%3$d"}]}
                    """.formatted(number, ROUTER_MAC, 2 * number - 1)));
            }
            if (router != null) {
                router.connect(transport[0], transport[1]);
            }
            changes.accept(section);
            network = root.deepCopy().retain("apps");
            RunConfiguration configuration = RunConfiguration.check(root, PmipConfigParser::problems);
            SwitchRack switches = keep(SwitchRack.start(configuration.switches()));
            for (Set<String> names : clusters) {
                ObjectNode part = clusters.size() == 1 ? configuration.network()
                    : part(configuration.network(), names, hosts.size());
                StandaloneHost host = keep(StandaloneHost.builder().networkConfig(part).ports(switches::ports)
                    .shareTypes().start());
                names.forEach(name -> hosts.put(name, host));
            }
            home.add(this::arrived);
        } catch (Exception | AssertionError e) {
            close();
            throw e;
        }
    }

    /** What a controller of some of the switches is told; its gateways have downlink keys of their own. */
    private static ObjectNode part(ObjectNode whole, Set<String> names, int before) {
        ObjectNode root = whole.deepCopy();
        List<String> devices = names.stream().map(name -> "device:" + name).toList();
        ((ObjectNode) root.get("devices")).retain(devices);
        ObjectNode section = (ObjectNode) root.at("/apps/org.pmip/pmip");
        ((ObjectNode) section.get("switches")).retain(devices);
        if (!names.contains("lma1")) {
            section.remove("lma");
        }
        Iterator<JsonNode> gateways = section.at("/mag/gateways").elements();
        while (gateways.hasNext()) {
            if (!devices.contains(gateways.next().get("device").textValue())) {
                gateways.remove();
            }
        }
        if (section.at("/mag/gateways").isEmpty()) {
            section.remove("mag");
        } else {
            ((ObjectNode) section.get("mag")).putObject("downlinkKeys").put("first", 1 + before * KEYS)
                .put("last", (before + 1) * KEYS);
        }
        return root;
    }

    /** What the configuration says of gateways, with both of them in its section {@code mag} and nothing else yet. */
    static ObjectNode gateways() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        ArrayNode list = root.putObject("mag").putArray("gateways");
        for (int number = 1; number <= GATEWAYS; number++) {
            list.addObject().put("name", "mag" + number).put("device", "device:mag" + number)
                .put("address", "2001:db8:0:1" + number + "::1").put("ipv4Address", "203.0.113.1" + number);
        }
        return root;
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.add(0, one);
        return one;
    }

    private static void device(ObjectNode root, String name, int id, String... ports) throws Exception {
        int grpc = FreePorts.tcp();
        ((ObjectNode) root.get("devices")).putObject("device:" + name).putObject("basic")
            .put("managementAddress", "grpc://127.0.0.1:" + grpc + "?device_id=" + id).put("driver", "bmv2")
            .put("pipeconf", "org.pmip.pipeconf");
        ArrayNode list = ((ObjectNode) root.at("/standalone/softswitches")).putObject("device:" + name)
            .put("deviceId", id).put("cpuPort", 255).putArray("ports");
        for (String port : ports) {
            list.add(port);
        }
    }

    /** Puts other gateways into the configuration, and makes changes to the application's section of it. */
    void change(ObjectNode gateways, Consumer<ObjectNode> changes) {
        ObjectNode next = network.deepCopy();
        ObjectNode section = (ObjectNode) next.at("/apps/org.pmip/pmip");
        section.setAll(gateways);
        changes.accept(section);
        host().configure(next);
    }

    /** The controller of the anchor's switch. */
    StandaloneHost host() {
        return host("lma1");
    }

    /** The controller of a switch. */
    StandaloneHost host(String name) {
        return hosts.get(name);
    }

    /** How many entries each table of a switch has, read from the switch itself. */
    Map<String, Integer> entries(String name) {
        Device device = host(name).service(DeviceService.class).getDevice(DeviceId.deviceId("device:" + name));
        Map<String, Integer> counts = new TreeMap<>();
        for (FlowEntry entry : device.as(FlowRuleProgrammable.class).getFlowEntries()) {
            String table = entry.table().toString();
            counts.merge(table.substring(table.lastIndexOf('.') + 1), 1, Integer::sum);
        }
        return counts;
    }

    /** The network behind the anchor. */
    Wire home() {
        return home;
    }

    /** The cell of a gateway. */
    Wire cell(int number) {
        return cells.get(number - 1);
    }

    private void arrived(byte[] frame) {
        try {
            if (frame[12] == 0x08) {
                Ipv4UdpFrame packet = Ipv4UdpFrame.decode(frame);
                heard.add(packet.source() + " " + java.nio.ByteBuffer.wrap(packet.data()).getInt());
            } else {
                Ipv6Frame packet = Ipv6Frame.decode(frame);
                if (packet.nextHeader() == Ipv6Frame.UDP) {
                    heard.add(packet.source() + " " + java.nio.ByteBuffer.wrap(packet.data()).getInt());
                } else if (packet.payload()[0] > 0) {
                    // An ICMPv6 error, and the destination of the packet that it quotes.
                    errors.add(packet.payload()[0] + " " + java.nio.ByteBuffer.wrap(packet.payload()).getInt(4) + " "
                        + Ip6Address.valueOf(java.util.Arrays.copyOfRange(packet.payload(), 32, 48)));
                }
            }
        } catch (DecodeException e) {
            throw new IllegalStateException("the correspondent would not understand this: " + e.getMessage(), e);
        }
    }

    /** Whether the correspondent node has got a datagram of that number from that address. */
    boolean heard(IpAddress from, int number) {
        return heard.contains(from + " " + number);
    }

    /** Whether the correspondent node has got an ICMPv6 error of that type and value for what it sent there. */
    boolean told(IpAddress destination, int type, int value) {
        return errors.contains(type + " " + value + " " + destination);
    }

    /** As if it had got none so far. */
    void forgetErrors() {
        errors.clear();
    }

    /** The correspondent node sends a numbered datagram. */
    void send(int number, IpAddress to) {
        send(number, to, to.isIp6() ? 80 : 60);
    }

    /** The same of so many octets, headers included. */
    void send(int number, IpAddress to, int octets) {
        byte[] data = java.nio.ByteBuffer.allocate(octets - (to.isIp6() ? 48 : 28)).putInt(number).array();
        if (to.isIp6()) {
            home.send(Ipv6Frame.udp(CORRESPONDENT_MAC, HOME_MAC, CORRESPONDENT, ScriptedNode.PORT,
                to.getIp6Address(), ScriptedNode.PORT, data).octets());
        } else {
            home.send(new Ipv4UdpFrame(CORRESPONDENT_MAC, HOME_MAC, CORRESPONDENT_4, ScriptedNode.PORT,
                to.getIp4Address(), ScriptedNode.PORT, data).octets());
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }
}
