// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.onosproject.net.DeviceId;
import org.onosproject.net.Port;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DefaultPortDescription;
import org.onosproject.net.device.PortDescription;
import org.pmip.softswitch.SoftSwitch;
import org.pmip.softswitch.SoftSwitchBuilder;
import org.pmip.softswitch.port.PortSpec;
import org.pmip.standalone.config.ConfigurationException;
import org.pmip.standalone.config.SwitchSection;

/**
 * The switches that run in this process. Safe for use by many threads.
 */
public final class SwitchRack implements AutoCloseable {
    private final Map<DeviceId, SwitchSection> sections = new LinkedHashMap<>();
    private final Map<DeviceId, SoftSwitch> switches = new LinkedHashMap<>();

    private SwitchRack() {
    }

    /**
     * Starts switches, all or none.
     *
     * @param sections what they are made of
     * @return the running switches
     * @throws ConfigurationException with each switch that does not start
     */
    public static SwitchRack start(List<SwitchSection> sections) throws ConfigurationException {
        SwitchRack rack = new SwitchRack();
        List<String> problems = new ArrayList<>();
        for (SwitchSection section : sections) {
            SoftSwitch made = make(section);
            try {
                made.start();
                rack.sections.put(section.device(), section);
                rack.switches.put(section.device(), made);
            } catch (IOException e) {
                problems.add(section.path() + ": " + e.getMessage() + ": free it or name another");
            }
        }
        if (!problems.isEmpty()) {
            rack.close();
            throw new ConfigurationException(problems);
        }
        return rack;
    }

    private static SoftSwitch make(SwitchSection section) {
        SoftSwitchBuilder builder = SoftSwitch.builder()
            .deviceId(section.address().deviceId())
            .cpuPort(section.cpuPort())
            .grpc(section.address().toString());
        for (PortSpec.Numbered port : section.ports()) {
            builder.port(port.number(), port.spec());
        }
        section.pcapDirectory().ifPresent(builder::captures);
        return builder.build();
    }

    /**
     * The ports of a switch in ONOS's form.
     *
     * @param device identity
     * @return its ports, none for a device that does not run here
     */
    public List<PortDescription> ports(DeviceId device) {
        SwitchSection section = sections.get(device);
        return section == null ? List.of() : section.ports().stream()
            .map(port -> DefaultPortDescription.builder().withPortNumber(PortNumber.portNumber(port.number()))
                .isEnabled(true).type(Port.Type.VIRTUAL).build())
            .collect(Collectors.toList());
    }

    /**
     * One of the switches, for its counters.
     *
     * @param device identity
     * @return the switch, or null for a device that does not run here
     */
    public SoftSwitch get(DeviceId device) {
        return switches.get(device);
    }

    /** The ports of a switch in words, none for a device that does not run here. */
    List<String> describe(DeviceId device) {
        SwitchSection section = sections.get(device);
        return section == null ? List.of()
            : section.ports().stream().map(PortSpec.Numbered::toString).collect(Collectors.toList());
    }

    @Override
    public void close() {
        switches.values().forEach(SoftSwitch::close);
    }
}
