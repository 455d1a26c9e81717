// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.onosproject.net.DeviceId;
import org.pmip.standalone.p4runtime.TargetAddress;

/**
 * A switch that runs in the process of the host. Immutable, safe for use by many threads.
 *
 * @param device identity in ONOS
 * @param address where its P4Runtime server listens, on this machine
 * @param cpuPort number of the port to the controller
 * @param ports in the form PORT@SPEC
 * @param pcapDirectory where each port's packets are recorded, if they are
 */
public record SwitchSection(DeviceId device, TargetAddress address, int cpuPort, List<String> ports,
                            Optional<String> pcapDirectory) {
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
        List<String> ports = new ArrayList<>();
        JsonNode list = node.path("ports");
        if (!list.isArray() || list.isEmpty()) {
            problems.add(path + "/ports", "names no port: write [\"1@udp:127.0.0.1:5001/127.0.0.1:6001\", ...]");
        }
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).isTextual()) {
                ports.add(list.get(i).textValue());
            } else {
                problems.add(path + "/ports/" + i, "is " + list.get(i) + ": should be a text PORT@SPEC in quotes");
            }
        }
        Optional<String> pcap = Optional.ofNullable(problems.text(node, path, "pcap", null));
        return new SwitchSection(device, address, cpuPort, List.copyOf(ports), pcap);
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
