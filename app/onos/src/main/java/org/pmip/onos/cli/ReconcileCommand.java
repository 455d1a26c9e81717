// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Mends the switch. */
@Service
@Command(scope = "onos", name = "pmip-reconcile",
        description = "Compares the switch with the sessions and mends what differs")
public class ReconcileCommand extends LmaCommand {

    @Override
    void run() throws Exception {
        written(service.reconcile(), "The switch held what it should.");
    }
}
