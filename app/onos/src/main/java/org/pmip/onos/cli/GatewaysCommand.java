// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the mobile access gateways. */
@Service
@Command(scope = "onos", name = "pmip-mags", description = "Lists the gateways that may register mobile nodes")
public class GatewaysCommand extends LmaCommand {

    @Override
    void run() throws Exception {
        if (json) {
            json(service.gateways());
            return;
        }
        Columns columns = new Columns("NAME", "PROXY-COA", "GRE POLICY", "OPERATOR", "SESSIONS");
        for (JsonNode one : service.gateways()) {
            columns.row(one.path("name").asText(), one.path("address").asText(), one.path("grePolicy").asText(),
                    one.path("operator").asText(), one.path("sessions").asText());
        }
        columns.print(out);
    }
}
