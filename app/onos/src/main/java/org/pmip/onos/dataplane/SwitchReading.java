// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.Collection;
import java.util.Optional;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleProgrammable;

/**
 * Reads what a switch itself has. ONOS goes on believing in rules that went with a switch's restart until it reads the
 * tables, some time later, and then writes them one by one.
 */
public interface SwitchReading {

    /**
     * Reads all tables; to be asked of the switch's master alone.
     *
     * @return empty if the switch is none that can be read
     * @throws IllegalStateException if the switch does not tell
     */
    Optional<Collection<FlowEntry>> read(DeviceId device);

    /** Reads through the switch's driver. */
    static SwitchReading of(DeviceService devices) {
        return id -> {
            Device device = devices.getDevice(id);
            return device != null && device.is(FlowRuleProgrammable.class)
                    ? Optional.of(device.as(FlowRuleProgrammable.class).getFlowEntries()) : Optional.empty();
        };
    }
}
