// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

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
            description = "Handoff Indicator: 1 new interface, 2 between interfaces, 3 between gateways, 4 unknown")
    int handoff = AttachmentEvent.UNKNOWN;

    @Override
    void run() throws Exception {
        AttachmentEvent event = event();
        event.attach(service, node, handoff);
        if (json) {
            json(JsonNodeFactory.instance.objectNode().put("attached", event.toString()));
        } else {
            out.println(event + " is told to the gateway; pmip-attachments shows what comes of it");
        }
    }
}
