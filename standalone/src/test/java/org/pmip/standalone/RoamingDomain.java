// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.pmip.softswitch.SoftSwitch;
import org.pmip.softswitch.SoftSwitchBuilder;
import org.pmip.softswitch.port.PortSpec;
import org.pmip.standalone.roam.Wire;

/**
 * An anchor's switch and those of two gateways with a cell each, and between them a transport network that can lose
 * all signalling; all of loopback sockets.
 */
final class RoamingDomain implements AutoCloseable {
    static final String ANCHOR = Samples.DEVICE;
    static final List<String> GATEWAYS = List.of("device:mag1", "device:mag2");
    static final List<String> ADDRESSES = List.of("2001:db8:0:11::1", "2001:db8:0:12::1");
    static final String ROUTER_MAC = "00:00:5e:00:52:13";
    static final String HOME_MAC = "00:00:5e:00:53:02";
    static final String CORRESPONDENT_MAC = "00:00:5e:00:53:22";
    /** For which sessions are registered. They are extended when half of it is over, long before a fault ends them. */
    static final int LIFETIME_SECONDS = 60;
    /** After that time without a word a node is asked whether it is there. */
    static final int PROBE_MILLIS = 10_000;
    private static final int NEXT_HEADER_AT = 20;
    private static final int MOBILITY = 135;
    private static final String CONFIGURATION = """
        {"lma": {"device": "device:lma1", "address": "2001:db8:0:1::1",
            "pools": [{"name": "home", "prefix": "2001:db8:100::/57"}],
            "mags": [{"name": "mag1", "address": "2001:db8:0:11::1"},
              {"name": "mag2", "address": "2001:db8:0:12::1"}],
            "parameters": {"minDelayBeforeBceDelete": 2000, "timestampValidityWindow": 60000}},
         "mag": {
            "gateways": [{"name": "mag1", "device": "device:mag1", "address": "2001:db8:0:11::1"},
              {"name": "mag2", "device": "device:mag2", "address": "2001:db8:0:12::1"}],
            "anchors": [{"name": "lma1", "address": "2001:db8:0:1::1", "grePolicy": "keys"}],
            "homeLink": {"probeInterval": %1$d}, "parameters": {"lifetime": %2$d, "extensionMargin": 30000}},
         "switches": {
            "device:lma1": {"interfaces": [
                {"port": 1, "role": "transport", "mac": "00:00:5e:00:53:01", "addresses": ["2001:db8:0:1::1"]},
                {"port": 2, "role": "home", "mac": "00:00:5e:00:53:02"},
                {"port": 3, "role": "transport", "mac": "00:00:5e:00:53:03"}],
              "routes": [
                {"prefix": "2001:db8:0:11::/64", "port": 1, "nextHop": "00:00:5e:00:53:11"},
                {"prefix": "2001:db8:0:12::/64", "port": 3, "nextHop": "00:00:5e:00:53:12"},
                {"prefix": "::/0", "operator": 1, "port": 2, "nextHop": "00:00:5e:00:53:22"}]},
            "device:mag1": {"interfaces": [
                {"port": 1, "role": "transport", "mac": "00:00:5e:00:53:11", "addresses": ["2001:db8:0:11::1"]},
                {"port": 2, "role": "access", "mac": "00:00:5e:00:52:13"}],
              "routes": [{"prefix": "2001:db8:0:1::/64", "port": 1, "nextHop": "00:00:5e:00:53:01"}]},
            "device:mag2": {"interfaces": [
                {"port": 1, "role": "transport", "mac": "00:00:5e:00:53:12", "addresses": ["2001:db8:0:12::1"]},
                {"port": 2, "role": "access", "mac": "00:00:5e:00:52:13"}],
              "routes": [{"prefix": "2001:db8:0:1::/64", "port": 1, "nextHop": "00:00:5e:00:53:03"}]}}}
        """;

    private final Map<String, SoftSwitch> switches = new LinkedHashMap<>();
    private final List<Wire> wires = new ArrayList<>();
    private final List<Wire> cells = new ArrayList<>();
    private final Wire home;
    private final AtomicInteger lost = new AtomicInteger();
    private volatile boolean deaf;
    private volatile boolean closing;

    /** Starts the switches and what is between them. */
    RoamingDomain() throws IOException {
        SoftSwitchBuilder anchor = builder(1);
        Wire[] near = {wire(anchor, 1), wire(anchor, 3)};
        home = wire(anchor, 2);
        start(ANCHOR, anchor);
        for (int i = 0; i < GATEWAYS.size(); i++) {
            SoftSwitchBuilder gateway = builder(i + 2);
            Wire far = wire(gateway, 1);
            cells.add(wire(gateway, 2));
            start(GATEWAYS.get(i), gateway);
            Wire here = near[i];
            here.add(frame -> carry(frame, far));
            far.add(frame -> carry(frame, here));
        }
    }

    private static SoftSwitchBuilder builder(int id) {
        return SoftSwitch.builder().deviceId(id).cpuPort(255).grpc("127.0.0.1:0");
    }

    private Wire wire(SoftSwitchBuilder device, int port) throws IOException {
        Wire wire = new Wire("wire-" + wires.size());
        wires.add(wire);
        int other = Samples.freeUdp();
        device.port(port, PortSpec.of("udp:127.0.0.1:" + other + "/127.0.0.1:" + wire.port()));
        wire.connect(other);
        return wire;
    }

    private void start(String name, SoftSwitchBuilder builder) throws IOException {
        SoftSwitch device = builder.build();
        device.start();
        switches.put(name, device);
    }

    private void carry(byte[] frame, Wire to) {
        if (deaf && frame.length > NEXT_HEADER_AT && (frame[NEXT_HEADER_AT] & 0xff) == MOBILITY) {
            lost.incrementAndGet();
        } else if (!closing) {
            to.send(frame);
        }
    }

    /** Loses all signalling from now on, or no longer does. */
    void deaf(boolean now) {
        deaf = now;
    }

    /** How many messages were lost on purpose. */
    int lost() {
        return lost.get();
    }

    /** The cell of a gateway, the first one is 0. */
    Wire cell(int gateway) {
        return cells.get(gateway);
    }

    /** The network behind the anchor. */
    Wire home() {
        return home;
    }

    /** How many entries each table of a switch has, by name. */
    Map<String, Integer> entries(String device) {
        SoftSwitch one = switches.get(device);
        return ClusterDomain.entries(one.address(), one.deviceId());
    }

    /**
     * Writes the network configuration of all members.
     *
     * @param nodes interfaces by the identifiers of their mobile nodes
     */
    Path configuration(Path directory, Map<String, String> nodes) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode section = (ObjectNode) json.readTree(CONFIGURATION.formatted(PROBE_MILLIS, LIFETIME_SECONDS));
        ArrayNode profiles = ((ObjectNode) section.path("mag")).putArray("mobileNodes");
        nodes.forEach((id, mac) -> profiles.addObject().put("id", id).putArray("interfaces").add(mac));
        ObjectNode root = json.createObjectNode();
        ObjectNode devices = root.putObject("devices");
        switches.forEach((name, device) -> devices.putObject(name).putObject("basic")
            .put("managementAddress", "grpc://" + device.address() + "?device_id=" + device.deviceId())
            .put("driver", "bmv2").put("pipeconf", "org.pmip.pipeconf"));
        root.putObject("apps").putObject("org.pmip").set("pmip", section);
        return Files.writeString(directory.resolve("network.json"), json.writeValueAsString(root));
    }

    @Override
    public void close() {
        closing = true;
        wires.forEach(Wire::close);
        switches.values().forEach(SoftSwitch::close);
    }
}
