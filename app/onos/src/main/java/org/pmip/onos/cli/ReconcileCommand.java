// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.pmip.onos.lma.Waiting;

/** Mends the switch. */
@Service
@Command(scope = "onos", name = "pmip-reconcile",
        description = "Compares the switch with the sessions and mends what differs")
public class ReconcileCommand extends LmaCommand {

    private static final long SECONDS = 120;

    @Override
    void run() throws Exception {
        int written = Waiting.on("", service.reconcile(), SECONDS);
        if (json) {
            json(JsonNodeFactory.instance.objectNode().put("written", written));
        } else {
            out.println(written == 0 ? "The switch held what it should." : written + " rules were written.");
        }
    }
}
