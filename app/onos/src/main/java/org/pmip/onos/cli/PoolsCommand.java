// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists the pools. */
@Service
@Command(scope = "onos", name = "pmip-pools", description = "Lists the pools and how full they are")
public class PoolsCommand extends LmaCommand {

    @Override
    void run() throws Exception {
        if (json) {
            json(service.pools());
            return;
        }
        Columns columns = new Columns("NAME", "PREFIX", "LENGTH", "SIZE", "ASSIGNED");
        for (JsonNode one : service.pools()) {
            columns.row(one.path("name").asText(), one.path("prefix").asText(), one.path("length").asText(),
                    one.path("size").asText(), one.path("assigned").asText());
        }
        columns.print(out);
    }
}
