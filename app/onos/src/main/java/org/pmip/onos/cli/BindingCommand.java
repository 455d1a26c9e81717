// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.JsonNode;
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
        node.get("sessions").forEach(this::show);
    }
}
