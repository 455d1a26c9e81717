// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows all that is known of one mobile node. */
@Service
@Command(scope = "onos", name = "pmip-binding",
        description = "Shows the sessions of a mobile node with their table entries and counters")
public class BindingCommand extends LmaCommand {

    @Argument(name = "mobileNode", description = "Identifier of the mobile node", required = true)
    @Completion(MobileNodeCompleter.class)
    String mobileNode;

    @Override
    void run() throws Exception {
        JsonNode node = service.bindings(mobileNode).map(service::describe).orElseThrow(() ->
                new IllegalArgumentException("no session of '" + mobileNode + "' is known"));
        if (json) {
            json(node);
            return;
        }
        out.println(mobileNode);
        for (JsonNode session : node.get("sessions")) {
            out.println("  session " + session.get("sessionId").asText());
            Iterator<Map.Entry<String, JsonNode>> fields = session.fields();
            while (fields.hasNext()) {
                Map.Entry<String, JsonNode> field = fields.next();
                show(field.getKey(), field.getValue());
            }
        }
    }

    private void show(String name, JsonNode value) {
        if (name.equals("sessionId")) {
            return;
        }
        if (value.isArray() && name.equals("entries")) {
            out.println("    table entries");
            value.forEach(line -> out.println("      " + line.asText()));
        } else if (value.isObject()) {
            value.fields().forEachRemaining(one -> show(one.getKey(), one.getValue()));
        } else if (value.isArray()) {
            value.forEach(one -> show(name, one));
        } else {
            out.println(String.format("    %-20s %s", name, value.asText()));
        }
    }
}
