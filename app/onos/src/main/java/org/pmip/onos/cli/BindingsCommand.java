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
import org.pmip.onos.lma.BindingFilter;
import org.pmip.protocol.lma.MobileNodeRecord;

/** Lists the binding cache. */
@Service
@Command(scope = "onos", name = "pmip-bindings", description = "Lists the binding cache of the mobility anchor")
public class BindingsCommand extends LmaCommand {

    @Option(name = "-n", aliases = "--node", description = "Mobile nodes whose identifier contains this text")
    @Completion(MobileNodeCompleter.class)
    String node;

    @Option(name = "-p", aliases = "--prefix", description = "Sessions with this prefix or address")
    String prefix;

    @Option(name = "-m", aliases = "--mag", description = "Sessions at this gateway, by name or address")
    @Completion(GatewayCompleter.class)
    String mag;

    @Option(name = "-o", aliases = "--operator", description = "Sessions of this operator, 1 to 65535")
    Integer operator;

    @Option(name = "-s", aliases = "--state", description = "Sessions in this state: active or ending")
    @Completion(StateCompleter.class)
    String state;

    @Option(name = "-l", aliases = "--limit", description = "Most mobile nodes that are listed")
    int limit = 100;

    @Option(name = "-a", aliases = "--after", description = "Go on after this identifier")
    @Completion(MobileNodeCompleter.class)
    String after = "";

    @Override
    void run() throws Exception {
        checkLimit(limit);
        BindingFilter filter = filter();
        List<MobileNodeRecord> page = filter.page(service, after, limit);
        if (json) {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            page.forEach(record -> all.add(service.summary(record)));
            json(all);
            return;
        }
        Columns columns = new Columns("MOBILE NODE", "SESSION", "STATE", "HOME NETWORK", "PROXY-COA", "OPERATOR", "GRE",
                "KEYS DOWN/UP", "LEFT");
        for (MobileNodeRecord record : page) {
            JsonNode summary = service.summary(record);
            for (JsonNode one : summary.get("sessions")) {
                columns.row(record.key(), one.get("sessionId").asText(), one.get("state").asText(), home(one),
                        one.get("proxyCoa").asText(), one.get("operator").asText(), one.get("gre").asText(),
                        one.has("uplinkKey") ? one.get("downlinkKey").asText() + "/" + one.get("uplinkKey").asText()
                                : "-", one.get("remainingMillis").asLong() / 1000 + " s");
            }
        }
        columns.print(out);
        counted(filter.count(service), page.stream().map(MobileNodeRecord::key).collect(Collectors.toList()));
    }

    private BindingFilter filter() {
        BindingFilter filter = BindingFilter.ALL;
        filter = node == null ? filter : filter.mobileNode(node);
        filter = prefix == null ? filter : filter.prefix(prefix);
        filter = mag == null ? filter : filter.gateway(mag, service);
        filter = operator == null ? filter : filter.operator(operator);
        return state == null ? filter : filter.state(state);
    }
}
