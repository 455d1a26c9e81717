// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.onosproject.store.service.StorageException;
import org.pmip.onos.store.Stores;

/** Empties the application's stores. */
@Service
@Command(scope = "onos", name = "pmip-clear-stores",
        description = "Empties the stores of all sessions, lists, prefixes and tunnels, before the application is"
                + " uninstalled for good")
public class ClearStoresCommand extends PmipCommand {

    @Reference
    Stores service;

    @Option(name = "--yes", description = "Do it: nothing brings back what was stored")
    boolean yes;

    @Override
    void run() throws Exception {
        if (!yes) {
            throw new IllegalArgumentException("this takes all sessions, of anchor and gateways, out of the stores of"
                    + " the cluster for good; give --yes if that is meant");
        }
        Map<String, Integer> cleared;
        try {
            cleared = service.clear();
        } catch (StorageException e) {
            throw new IllegalStateException("the stores are not available, give it again later: " + e, e);
        }
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            cleared.forEach(node::put);
            json(node);
        } else {
            Columns columns = new Columns("STORE", "REMOVED");
            cleared.forEach(columns::row);
            columns.print(out);
        }
    }
}
