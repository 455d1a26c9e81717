// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collection;
import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.pmip.onos.mag.AttachmentFilter;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;

/** Ends sessions of the gateways. */
@Service
@Command(scope = "onos", name = "pmip-delete-attachment",
        description = "Ends the sessions of a mobile node at the gateways: de-registers them where that can be done,"
                + " forgets them otherwise")
public class DeleteAttachmentCommand extends MagCommand {

    @Argument(name = "mobileNode", description = "Identifier of the mobile node")
    @Completion(AttachedNodeCompleter.class)
    String mobileNode;

    @Argument(index = 1, name = "session", description = "Number of the session; without it all of the node's")
    Long session;

    @Option(name = "-g", aliases = "--gateway",
            description = "End all sessions at the gateway of this name, which may be gone, in place of a node's")
    String gateway;

    @Override
    void run() throws Exception {
        if ((mobileNode == null) == (gateway == null)) {
            throw new IllegalArgumentException("give the identifier of a mobile node, or --gateway");
        }
        Collection<BindingUpdateList> lists = mobileNode == null
                ? AttachmentFilter.of(null, gateway, null).all(service)
                : List.of(service.list(mobileNode).orElseThrow(() -> new IllegalArgumentException(
                        "'" + mobileNode + "' is attached to no gateway")));
        ArrayNode ended = JsonNodeFactory.instance.arrayNode();
        for (BindingUpdateList list : List.copyOf(lists)) {
            for (BindingUpdateListEntry entry : list.entries()) {
                if (isMeant(entry)
                        && ended(entry.sessionId(), service.delete(list.key(), entry.sessionId()))) {
                    ended.add(entry.sessionId());
                }
            }
        }
        ended(ended);
    }

    private boolean isMeant(BindingUpdateListEntry entry) {
        return (session == null || session == entry.sessionId())
                && (gateway == null || gateway.equals(entry.attachment().gateway()));
    }
}
