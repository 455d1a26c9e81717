// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.onosproject.net.DeviceId;
import org.pmip.softswitch.port.PortSpec;
import org.pmip.standalone.p4runtime.TargetAddress;

/**
 * A switch that runs in the process of the host. Immutable, safe for use by many threads.
 *
 * @param device identity in ONOS
 * @param address where its P4Runtime server listens, on this machine
 * @param cpuPort number of the port to the controller
 * @param ports with what they are made of
 * @param pcapDirectory where each port's packets are recorded, if they are
 */
public record SwitchSection(DeviceId device, TargetAddress address, int cpuPort, List<PortSpec.Numbered> ports,
                            Optional<Path> pcapDirectory) {
    private static final int DEFAULT_CPU_PORT = 255;
    private static final int LAST_PORT = 510;
    private static final String PATH = RunConfiguration.STANDALONE + "/softswitches";

    static List<SwitchSection> all(Problems problems, JsonNode section, Map<DeviceId, TargetAddress> targets) {
        List<SwitchSection> switches = new ArrayList<>();
        section.fields().forEachRemaining(one -> {
            String path = PATH + '/' + one.getKey();
            Optional<DeviceId> device = targets.keySet().stream()
                .filter(id -> id.toString().equals(one.getKey())).findFirst();
            if (device.isEmpty()) {
                problems.add(path, one.getKey() + " is no device of this file: add devices/" + one.getKey()
                    + " or correct the name");
            } else if (!one.getValue().isObject()) {
                problems.add(path, "is no object: write {\"deviceId\": 1, \"ports\": [...]}");
            } else {
                switches.add(one(problems, path, one.getValue(), device.get(), targets.get(device.get())));
            }
        });
        return List.copyOf(switches);
    }

    private static SwitchSection one(Problems problems, String path, JsonNode node, DeviceId device,
                                     TargetAddress address) {
        problems.knownOnly(node, path, Set.of("deviceId", "cpuPort", "ports", "pcap"));
        if (address != null) {
            long id = problems.number(node, path, "deviceId", 1, Long.MAX_VALUE, address.deviceId());
            if (id != address.deviceId()) {
                problems.add(path + "/deviceId", "is " + id + ", but the managementAddress of " + device
                    + " has device_id=" + address.deviceId() + ": make them equal");
            }
            if (!isLoopback(address.host())) {
                problems.add("devices/" + device + "/basic/managementAddress", "has the host " + address.host()
                    + ", but the switch runs in this process: write 127.0.0.1");
            }
        }
        int cpuPort = (int) problems.number(node, path, "cpuPort", 1, LAST_PORT, DEFAULT_CPU_PORT);
        List<PortSpec.Numbered> ports = ports(problems, path + "/ports", node.path("ports"), cpuPort);
        Optional<Path> pcap = Optional.ofNullable(problems.text(node, path, "pcap", null)).map(Path::of);
        pcap.filter(directory -> !Files.isDirectory(directory)).ifPresent(directory ->
            problems.add(path + "/pcap", directory + " is no directory: make it or leave pcap out"));
        return new SwitchSection(device, address, cpuPort, ports, pcap);
    }

    private static List<PortSpec.Numbered> ports(Problems problems, String path, JsonNode list, int cpuPort) {
        Map<Integer, PortSpec.Numbered> ports = new LinkedHashMap<>();
        if (!list.isArray() || list.isEmpty()) {
            problems.add(path, "names no port: write [\"1@udp:127.0.0.1:5001/127.0.0.1:6001\", ...]");
        }
        for (int i = 0; i < list.size(); i++) {
            String here = path + '/' + i;
            if (!list.get(i).isTextual()) {
                problems.add(here, "is " + list.get(i) + ": should be a text PORT@SPEC in quotes");
                continue;
            }
            try {
                PortSpec.Numbered port = PortSpec.parse(list.get(i).textValue());
                if (port.number() == cpuPort) {
                    problems.add(here, "has the number of the CPU port, " + cpuPort + ": give one of them another");
                }
                if (ports.putIfAbsent(port.number(), port) != null) {
                    problems.add(here, "has the number " + port.number() + " of an earlier port: give it another");
                }
            } catch (IllegalArgumentException e) {
                problems.add(here, e.getMessage());
            }
        }
        return List.copyOf(ports.values());
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /**
     * Path of this section, for messages.
     *
     * @return path in the file
     */
    public String path() {
        return PATH + '/' + device;
    }
}
