// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.pi.model.PiTableId;
import org.pmip.pipeconf.generated.P4;

/** All tables of the pipeline, each with its type of entity. */
public final class PipelineEntities {
    private static final Map<PiTableId, Function<FlowRule, PipelineEntity>> READERS =
            ImmutableMap.<PiTableId, Function<FlowRule, PipelineEntity>>builder()
                    .put(P4.Interfaces.TABLE, NetworkInterface::fromFlowRule)
                    .put(P4.Stations.TABLE, Station::fromFlowRule)
                    .put(P4.LocalAddresses.TABLE, LocalAddress::fromFlowRule)
                    .put(P4.Punt.TABLE, PuntRule::fromFlowRule)
                    .put(P4.Tunnels.TABLE, Tunnel::fromFlowRule)
                    .put(P4.UplinkKeys.TABLE, UplinkKey::fromFlowRule)
                    .put(P4.UplinkSources.TABLE, UplinkSource::fromFlowRule)
                    .put(P4.UplinkSessions.TABLE, UplinkSession::fromFlowRule)
                    .put(P4.HomeNetworks.TABLE, HomeNetwork::fromFlowRule)
                    .put(P4.DownlinkSessions.TABLE, DownlinkSession::fromFlowRule)
                    .put(P4.AccessNodes.TABLE, AccessNode::fromFlowRule)
                    .put(P4.AccessSources.TABLE, AccessSource::fromFlowRule)
                    .put(P4.AccessUplinks.TABLE, AccessUplink::fromFlowRule)
                    .put(P4.AccessKeys.TABLE, AccessKey::fromFlowRule)
                    .put(P4.AccessDestinations.TABLE, AccessDestination::fromFlowRule)
                    .put(P4.AccessDeliveries.TABLE, AccessDelivery::fromFlowRule)
                    .put(P4.Layer2Destinations.TABLE, Layer2Destination::fromFlowRule)
                    .put(P4.Layer2Tunnels.TABLE, Layer2Tunnel::fromFlowRule)
                    .put(P4.Layer2Stations.TABLE, Layer2Station::fromFlowRule)
                    .put(P4.Layer2Copies.TABLE, Layer2Copy::fromFlowRule)
                    .put(P4.TunnelEndpoints.TABLE, TunnelEndpoints::fromFlowRule)
                    .put(P4.Routes.TABLE, Route::fromFlowRule)
                    .put(P4.NextHops.TABLE, NextHop::fromFlowRule)
                    .put(P4.Drops.TABLE, DropCounter::fromFlowRule)
                    .build();

    private PipelineEntities() {
    }

    /**
     * Reads a flow rule of any table of the pipeline.
     *
     * @param rule a rule, as an entity made it or the switch reports it
     * @return the entity
     * @throws IllegalArgumentException if the table is none of the pipeline's, or the rule is not as its entities are
     */
    public static PipelineEntity fromFlowRule(FlowRule rule) {
        if (!(rule.table() instanceof PiTableId) || !READERS.containsKey((PiTableId) rule.table())) {
            throw new IllegalArgumentException("Table " + rule.table() + " is none of the pipeline's");
        }
        return READERS.get((PiTableId) rule.table()).apply(rule);
    }

    /**
     * Returns the tables.
     *
     * @return identifiers of all tables that have a type of entity
     */
    public static Set<PiTableId> tables() {
        return READERS.keySet();
    }
}
