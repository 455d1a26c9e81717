// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows what was counted. */
@Service
@Command(scope = "onos", name = "pmip-statistics",
        description = "Shows what the anchor did on this node, and packets the switch dropped by reason")
public class StatisticsCommand extends LmaCommand {

    @Override
    void run() throws Exception {
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("ready", service.ready());
            service.statistics().forEach(node.putObject("statistics")::put);
            service.drops().forEach(node.putObject("drops")::put);
            json(node);
            return;
        }
        out.println(service.ready() ? "The switch holds what it should." : "The switch is not there or not ready yet.");
        Columns columns = new Columns("COUNTED", "NUMBER");
        service.statistics().forEach(columns::row);
        columns.print(out);
        Columns drops = new Columns("DROPPED FOR", "PACKETS");
        service.drops().forEach(drops::row);
        drops.print(out);
    }
}
