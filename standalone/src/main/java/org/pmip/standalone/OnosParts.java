// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import java.util.List;
import java.util.Map;

/**
 * The parts of ONOS that run in the host, by the class names of their components, in the order in which they are
 * started. Everything else that an application sees is the host's own.
 */
final class OnosParts {
    /** What everything else stands on: component properties, the network configuration, leaderships. */
    static final List<String> BASE = List.of(
        "org.onosproject.cfg.impl.ComponentConfigManager",
        "org.onosproject.net.config.impl.NetworkConfigManager",
        "org.onosproject.net.config.impl.BasicNetworkConfigs",
        "org.onosproject.cluster.impl.LeadershipManager",
        "org.onosproject.cluster.impl.MembershipManager",
        "org.onosproject.codec.impl.CodecManager");

    /** The store. */
    static final List<String> STORAGE = List.of(
        "org.onosproject.store.atomix.primitives.impl.PartitionManager",
        "org.onosproject.store.atomix.primitives.impl.StorageManager",
        "org.onosproject.store.atomix.primitives.impl.CoordinationManager");

    /** Devices' rules, packets and pipelines. */
    static final List<String> NETWORK = List.of(
        "org.onosproject.net.pi.impl.PiPipeconfManager",
        "org.onosproject.net.pi.impl.PiTranslationServiceImpl",
        "org.onosproject.net.flow.impl.FlowRuleManager",
        "org.onosproject.net.meter.impl.MeterManager",
        "org.onosproject.net.packet.impl.PacketManager");

    /**
     * Properties that differ from ONOS's defaults.
     *
     * @param pollSeconds between two readings of the devices' meters
     * @return values by component and property
     */
    static Map<String, Map<String, String>> properties(int pollSeconds) {
        return Map.of(
            // The pipeline gives each class of packets a cell of its own, so that the application has to choose them.
            "org.onosproject.net.meter.impl.MeterManager",
            Map.of("fallbackMeterPollFrequency", Integer.toString(pollSeconds), "userDefinedIndex", "true"));
    }

    private OnosParts() {
    }
}
