// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Mends the gateways' switches. */
@Service
@Command(scope = "onos", name = "pmip-reconcile-gateways",
        description = "Compares the switches of the mobile access gateways with the sessions and mends what differs")
public class ReconcileGatewaysCommand extends MagCommand {

    @Argument(name = "gateway", description = "Name of the gateway; without it all whose switch this node keeps")
    @Completion(AccessGatewayCompleter.class)
    String gateway;

    @Override
    void run() throws Exception {
        written(service.reconcile(Optional.ofNullable(gateway)), "The switches held what they should.");
    }
}
