// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.pmip.onos.lma.Waiting;

/** Mends the gateways' switches. */
@Service
@Command(scope = "onos", name = "pmip-reconcile-gateways",
        description = "Compares the switches of the mobile access gateways with the sessions and mends what differs")
public class ReconcileGatewaysCommand extends MagCommand {

    private static final long SECONDS = 120;

    @Argument(name = "gateway", description = "Name of the gateway; without it all whose switch this node keeps")
    @Completion(AccessGatewayCompleter.class)
    String gateway;

    @Override
    void run() throws Exception {
        int written = Waiting.on("", service.reconcile(Optional.ofNullable(gateway)), SECONDS);
        if (json) {
            json(JsonNodeFactory.instance.objectNode().put("written", written));
        } else {
            out.println(written == 0 ? "The switches held what they should." : written + " rules were written.");
        }
    }
}
