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
        Columns columns = new Columns("COUNTED", "NUMBER");
        service.statistics().counts().forEach(columns::row);
        columns.print(out);
        Columns latencies = new Columns("MICROSECONDS", "TIMES", "MEAN", "MEDIAN", "95 %", "99 %", "GREATEST");
        service.statistics().latencies().forEach((step, took) -> latencies.row(step.word(), took.count(), took.mean(),
                took.median(), took.percentile95(), took.percentile99(), took.greatest()));
        latencies.print(out);
        Columns drops = new Columns("DROPPED FOR", "PACKETS");
        service.drops().forEach(drops::row);
        drops.print(out);
    }
}
