// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.pmip.onos.mag.AttachmentFilter;
import org.pmip.protocol.mag.BindingUpdateList;

/** Lists the Binding Update Lists. */
@Service
@Command(scope = "onos", name = "pmip-attachments",
        description = "Lists the mobile nodes at the mobile access gateways, their Binding Update Lists")
public class AttachmentsCommand extends MagCommand {

    @Option(name = "-n", aliases = "--node", description = "Mobile nodes whose identifier contains this text")
    @Completion(AttachedNodeCompleter.class)
    String node;

    @Option(name = "-g", aliases = "--gateway", description = "Nodes at the gateway of this name")
    String gateway;

    @Option(name = "-s", aliases = "--state",
            description = "Nodes in this state: registering, active, superseded, denied, ending or left")
    String state;

    @Option(name = "-l", aliases = "--limit", description = "Most mobile nodes that are listed")
    int limit = 100;

    @Option(name = "-a", aliases = "--after", description = "Go on after this identifier")
    @Completion(AttachedNodeCompleter.class)
    String after = "";

    @Override
    void run() throws Exception {
        checkLimit(limit);
        AttachmentFilter filter = AttachmentFilter.of(node, gateway, state);
        List<BindingUpdateList> all = filter.all(service);
        List<BindingUpdateList> page = AttachmentFilter.page(all, after, limit);
        if (json) {
            ArrayNode out = JsonNodeFactory.instance.arrayNode();
            page.forEach(list -> out.add(service.summary(list)));
            json(out);
            return;
        }
        Columns columns = new Columns("MOBILE NODE", "SESSION", "STATE", "GATEWAY", "LINK", "INTERFACE",
                "HOME NETWORK", "ANCHOR", "WAITING FOR", "LEFT");
        for (BindingUpdateList list : page) {
            for (JsonNode one : service.summary(list).get("attachments")) {
                columns.row(list.key(), one.get("sessionId").asText(), one.get("state").asText(),
                        one.get("gateway").asText(), one.get("link").asText(),
                        one.get("linkLayerIdentifier").asText(), home(one).isEmpty() ? "-" : home(one),
                        one.get("anchor").asText(), one.get("waitingFor").asText(),
                        one.has("remainingMillis") ? one.get("remainingMillis").asLong() / 1000 + " s" : "-");
            }
        }
        columns.print(out);
        counted(all.size(), page.stream().map(BindingUpdateList::key).collect(Collectors.toList()));
    }
}
