// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.pmip.onos.mag.AttachmentEvent;

/** Tells a gateway that a mobile node has left. */
@Service
@Command(scope = "onos", name = "pmip-detach",
        description = "Tells a mobile access gateway that an interface has left an access link")
public class DetachCommand extends MagCommand {

    @Argument(name = "port", description = "Switch and port of the access link, such as device:mag1/2",
            required = true)
    String port;

    @Argument(index = 1, name = "interface", description = "MAC address of the mobile node", required = true)
    String mac;

    @Option(name = "-v", aliases = "--vlan", description = "VLAN of the access link; without it, untagged frames")
    int vlan;

    @Override
    void run() throws Exception {
        AttachmentEvent event = AttachmentEvent.of(port, vlan, mac);
        event.detach(service);
        if (json) {
            json(JsonNodeFactory.instance.objectNode().put("detached", event.toString()));
        } else {
            out.println("the gateway knows that " + event + " is over");
        }
    }
}
