// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.pmip.onos.dataplane.Progress;

/** Shows what was counted. */
@Service
@Command(scope = "onos", name = "pmip-statistics",
        description = "Shows what the anchor did on this node, how long it took, and what the switch dropped")
public class StatisticsCommand extends LmaCommand {

    @Override
    void run() throws Exception {
        if (json) {
            json(service.report());
            return;
        }
        out.println(service.ready() ? "The switch holds what it should." : "The switch is not there or not ready yet.");
        service.reconciliation().filter(Progress.Snapshot::going).ifPresent(at -> out.println("Comparing it with the"
                + " sessions: " + at.compared() + " of " + at.nodes() + " mobile nodes, " + at.written()
                + " rules written, " + at.removed() + " removed."));
        counted(service.statistics(), service.drops());
    }
}
