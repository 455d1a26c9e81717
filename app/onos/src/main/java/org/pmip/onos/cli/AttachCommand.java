// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.pmip.onos.mag.AttachmentEvent;

/** Tells a gateway that a mobile node has come. */
@Service
@Command(scope = "onos", name = "pmip-attach",
        description = "Tells a mobile access gateway that an interface has come to an access link")
public class AttachCommand extends AttachmentEventCommand {

    @Option(name = "-n", aliases = "--node", description = "The mobile node's identifier; without it, the profiles say")
    String node;

    @Option(name = "-i", aliases = "--handoff",
            description = "Handoff Indicator: 1 new interface, 2 between interfaces, 3 between gateways, 4 unknown;"
                    + " without it, what the context says, or 4")
    Integer handoff;

    @Option(name = "-c", aliases = "--context",
            description = "What the node has at another cluster's gateway, in the form in which pmip-attachment shows"
                    + " it there")
    String context;

    private static JsonNode parsed(String text) {
        try {
            return text == null ? null : new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("context: no JSON; put it in single quotes: " + e.getOriginalMessage(),
                    e);
        }
    }

    @Override
    void run() throws Exception {
        AttachmentEvent event = event();
        event.attach(service, node, handoff, parsed(context));
        if (json) {
            json(JsonNodeFactory.instance.objectNode().put("attached", event.toString()));
        } else {
            out.println(event + " is told to the gateway; pmip-attachments shows what comes of it");
        }
    }
}
