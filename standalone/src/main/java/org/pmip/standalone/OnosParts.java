// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import java.util.List;

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
        "org.onosproject.net.packet.impl.PacketManager");

    /** Component whose polls find out what became of the rules. */
    static final String FLOW_RULE_MANAGER = "org.onosproject.net.flow.impl.FlowRuleManager";

    /** Its property with the seconds between two polls. */
    static final String POLL_PROPERTY = "fallbackFlowPollFrequency";

    private OnosParts() {
    }
}
