// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.MobileNodeRecord;

/** Ends sessions. */
@Service
@Command(scope = "onos", name = "pmip-delete-binding",
        description = "Ends the sessions of a mobile node; its gateway learns of it when it next asks")
public class DeleteBindingCommand extends LmaCommand {

    private static final long SECONDS = 30;

    @Argument(name = "mobileNode", description = "Identifier of the mobile node", required = true)
    @Completion(MobileNodeCompleter.class)
    String mobileNode;

    @Argument(index = 1, name = "session", description = "Number of the session; without it all of the node's")
    Long session;

    @Override
    void run() throws Exception {
        MobileNodeRecord record = service.bindings(mobileNode).orElseThrow(() ->
                new IllegalArgumentException("no session of '" + mobileNode + "' is known"));
        ArrayNode ended = JsonNodeFactory.instance.arrayNode();
        for (BindingCacheEntry entry : record.entries()) {
            if ((session == null || session == entry.sessionId()) && delete(entry.sessionId())) {
                ended.add(entry.sessionId());
            }
        }
        if (ended.isEmpty()) {
            throw new IllegalArgumentException("'" + mobileNode + "' has no session "
                    + (session == null ? "any more" : session));
        }
        if (json) {
            json(JsonNodeFactory.instance.objectNode().set("ended", ended));
        } else {
            ended.forEach(one -> out.println("session " + one.asText() + " is ended"));
        }
    }

    private boolean delete(long sessionId) throws InterruptedException {
        try {
            return service.delete(mobileNode, sessionId).get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("session " + sessionId + ": not done after " + SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("session " + sessionId + ": " + e.getCause().getMessage(), e);
        }
    }
}
