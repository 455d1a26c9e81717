// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.pmip.onos.dataplane.TunnelCounts;

/** Lists the tunnels of the anchor and of the gateways. */
@Service
@Command(scope = "onos", name = "pmip-tunnels",
        description = "Lists the tunnels of the anchor and of the gateways, and what they carried")
public class TunnelsCommand extends PmipCommand {

    @Reference
    TunnelCounts service;

    @Override
    void run() throws Exception {
        if (json) {
            json(service.read());
            return;
        }
        Columns columns = new Columns("SWITCH", "ROLE", "OWN ADDRESS", "PEER", "OPERATOR", "SESSIONS",
                "RECEIVED PACKETS", "OCTETS", "SENT PACKETS", "OCTETS");
        for (JsonNode one : service.read()) {
            columns.row(one.get("switch").asText(), one.get("role").asText(), one.get("own").asText(),
                    one.get("peer").asText() + (one.has("peerPort") ? " port " + one.get("peerPort").asText() : ""),
                    one.get("operator").asText(), one.get("sessions").asText(), one.get("receivedPackets").asText(),
                    one.get("receivedOctets").asText(), one.get("sentPackets").asText(),
                    one.get("sentOctets").asText());
        }
        columns.print(out);
    }
}
