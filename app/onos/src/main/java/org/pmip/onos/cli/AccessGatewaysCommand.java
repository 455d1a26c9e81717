// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the gateways that this application is. */
@Service
@Command(scope = "onos", name = "pmip-gateways",
        description = "Lists the mobile access gateways that this application is, and what they did on this node")
public class AccessGatewaysCommand extends MagCommand {

    @Override
    void run() throws Exception {
        if (json) {
            json(service.report());
            return;
        }
        Columns columns = new Columns("GATEWAY", "SWITCH", "PROXY-COA", "ATTACHMENTS");
        for (JsonNode one : service.gateways()) {
            columns.row(one.get("name").asText(), one.get("device").asText(), one.get("address").asText()
                    + (one.has("ipv4Address") ? "," + one.get("ipv4Address").asText() : ""),
                    one.get("attachments").asText());
        }
        columns.print(out);
        for (JsonNode one : service.gateways()) {
            JsonNode at = one.path("reconciliation");
            if (at.path("going").asBoolean()) {
                out.println("Comparing " + one.get("device").asText() + " with the sessions: "
                        + at.get("compared").asLong() + " of " + at.get("mobileNodes").asLong() + " mobile nodes, "
                        + at.get("written").asLong() + " rules written, " + at.get("removed").asLong() + " removed.");
            }
        }
        out.println(service.ready() ? "The switches hold what they should."
                : "A switch is not there or not ready yet.");
        counted(service.statistics(), service.drops());
    }
}
