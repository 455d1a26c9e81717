// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Option;
import org.pmip.onos.mag.AttachmentEvent;

/** A command that tells a gateway of an interface at an access link. */
public abstract class AttachmentEventCommand extends MagCommand {

    @Argument(name = "port", description = "Switch and port of the access link, such as device:mag1/2",
            required = true)
    String port;

    @Argument(index = 1, name = "interface", description = "MAC address of the mobile node", required = true)
    String mac;

    @Option(name = "-v", aliases = "--vlan", description = "VLAN of the access link; without it, untagged frames")
    int vlan;

    /**
     * The event that is told.
     *
     * @throws IllegalArgumentException naming the argument that is wrong
     */
    AttachmentEvent event() {
        return AttachmentEvent.of(port, vlan, mac);
    }
}
