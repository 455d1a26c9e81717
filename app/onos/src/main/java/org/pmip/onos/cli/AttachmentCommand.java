// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows all that the gateways know of one mobile node. */
@Service
@Command(scope = "onos", name = "pmip-attachment",
        description = "Shows where a mobile node is attached, with its registration and table entries")
public class AttachmentCommand extends MagCommand {

    @Argument(name = "mobileNode", description = "Identifier of the mobile node", required = true)
    @Completion(AttachedNodeCompleter.class)
    String mobileNode;

    @Override
    void run() throws Exception {
        JsonNode node = service.list(mobileNode).map(service::describe).orElseThrow(() ->
                new IllegalArgumentException("'" + mobileNode + "' is attached to no gateway"));
        if (json) {
            json(node);
            return;
        }
        out.println(mobileNode);
        node.get("attachments").forEach(this::show);
    }
}
