// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("ready", service.ready());
            node.set("gateways", service.gateways());
            service.statistics().forEach(node.putObject("statistics")::put);
            json(node);
            return;
        }
        Columns columns = new Columns("GATEWAY", "SWITCH", "PROXY-COA", "ATTACHMENTS");
        for (JsonNode one : service.gateways()) {
            columns.row(one.get("name").asText(), one.get("device").asText(), one.get("address").asText()
                    + (one.has("ipv4Address") ? "," + one.get("ipv4Address").asText() : ""),
                    one.get("attachments").asText());
        }
        columns.print(out);
        out.println(service.ready() ? "The switches hold what they should."
                : "A switch is not there or not ready yet.");
        Columns counted = new Columns("COUNTED", "NUMBER");
        service.statistics().forEach(counted::row);
        counted.print(out);
    }
}
