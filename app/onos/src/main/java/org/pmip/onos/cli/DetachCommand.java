// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.pmip.onos.mag.AttachmentEvent;

/** Tells a gateway that a mobile node has left. */
@Service
@Command(scope = "onos", name = "pmip-detach",
        description = "Tells a mobile access gateway that an interface has left an access link")
public class DetachCommand extends AttachmentEventCommand {

    @Override
    void run() throws Exception {
        AttachmentEvent event = event();
        event.detach(service);
        if (json) {
            json(JsonNodeFactory.instance.objectNode().put("detached", event.toString()));
        } else {
            out.println("the gateway knows that " + event + " is over");
        }
    }
}
