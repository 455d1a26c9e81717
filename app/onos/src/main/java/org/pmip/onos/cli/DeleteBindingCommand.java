// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.MobileNodeRecord;

/** Ends sessions. */
@Service
@Command(scope = "onos", name = "pmip-delete-binding",
        description = "Ends the sessions of a mobile node; its gateway learns of it when it next asks")
public class DeleteBindingCommand extends LmaCommand {

    @Argument(name = "mobileNode", description = "Identifier of the mobile node")
    @Completion(MobileNodeCompleter.class)
    String mobileNode;

    @Argument(index = 1, name = "session", description = "Number of the session; without it all of the node's")
    Long session;

    @Option(name = "--all", description = "End the sessions of all mobile nodes, to leave the stores empty")
    boolean all;

    @Override
    void run() throws Exception {
        ArrayNode ended = JsonNodeFactory.instance.arrayNode();
        if (all) {
            if (mobileNode != null) {
                throw new IllegalArgumentException("--all and '" + mobileNode + "': give one of them");
            }
            for (MobileNodeRecord record : List.copyOf(service.bindings())) {
                for (BindingCacheEntry entry : record.entries()) {
                    if (delete(record.key(), entry.sessionId())) {
                        ended.add(entry.sessionId());
                    }
                }
            }
            ended(ended);
            return;
        }
        if (mobileNode == null) {
            throw new IllegalArgumentException("mobileNode: give an identifier, or --all");
        }
        MobileNodeRecord record = service.bindings(mobileNode).orElseThrow(() ->
                new IllegalArgumentException("no session of '" + mobileNode + "' is known"));
        for (BindingCacheEntry entry : record.entries()) {
            if ((session == null || session == entry.sessionId()) && delete(mobileNode, entry.sessionId())) {
                ended.add(entry.sessionId());
            }
        }
        if (ended.isEmpty()) {
            throw new IllegalArgumentException("'" + mobileNode + "' has no session "
                    + (session == null ? "any more" : session));
        }
        ended(ended);
    }

    private boolean delete(String node, long sessionId) {
        return ended(sessionId, service.delete(node, sessionId));
    }
}
