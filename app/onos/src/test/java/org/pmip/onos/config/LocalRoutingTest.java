// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** Local routing: the gateway's policy wants it, the anchor permits it. */
class LocalRoutingTest {

    private static final String BOTH = "{'lma': {'device': 'device:lma1', 'address': '2001:db8:0:1::1',"
            + "'ipv4Address': '198.51.100.1', 'pools': [{'name': 'home', 'prefix': '2001:db8:100::/40'}],"
            + "'mobileNodes': [{'id': 'anna@example.net'}, {'id': 'bert@example.net'}],"
            + "'mags': [{'name': 'mag1', 'address': '2001:db8:0:11::1'}]},"
            + "'mag': {'gateways': [{'name': 'mag1', 'device': 'device:mag1', 'address': '2001:db8:0:11::1'}],"
            + "'anchors': [{'name': 'own', 'address': '2001:db8:0:1::1'}, {'name': 'own4',"
            + " 'ipv4Address': '198.51.100.1'}, {'name': 'foreign', 'address': '2001:db8:0:2::1'}],"
            + "'enableMagLocalRouting': true, 'mobileNodes': ["
            + "{'id': 'carl@example.net', 'anchor': 'own', 'enableMagLocalRouting': false}]},"
            + "'switches': {'device:lma1': {'interfaces': [{'port': 1, 'role': 'transport',"
            + " 'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1', '198.51.100.1']}]},"
            + "'device:mag1': {'interfaces': [{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:11',"
            + " 'addresses': ['2001:db8:0:11::1']},"
            + " {'port': 2, 'role': 'access', 'mac': '00:00:5e:00:52:13'}]}}}";

    private static PmipConfig read(Consumer<ObjectNode> change) throws Exception {
        ObjectNode node = (ObjectNode) new ObjectMapper().readTree(BOTH.replace('\'', '"'));
        change.accept(node);
        return PmipConfigParser.parse(node);
    }

    private static ObjectNode at(ObjectNode node, String path) {
        return (ObjectNode) node.at(path);
    }

    private static boolean local(PmipConfig config, String node, String anchor) {
        return config.localRouting(MobileNodeIdentifier.ofNai(node),
                config.mag().orElseThrow().policy().anchor(anchor).orElseThrow());
    }

    @Test
    @Requirement("PMIP10-6.10.3-3")
    void theGatewaysPolicyCountsWhereTheAnchorSaysNothing() throws Exception {
        PmipConfig config = read(node -> { });
        assertThat(local(config, "anna@example.net", "own")).isTrue();
        assertThat(local(config, "anna@example.net", "own4")).isTrue();
        assertThat(local(config, "anna@example.net", "foreign")).isTrue();
        assertThat(local(config, "carl@example.net", "own")).as("its own policy").isFalse();
    }

    @Test
    @Requirement("PMIP10-6.10.3-3")
    void theAnchorOfThisApplicationOverrulesIt() throws Exception {
        PmipConfig config = read(node -> {
            at(node, "/lma").put("enableMagLocalRouting", false);
            at(node, "/lma/mobileNodes/1").put("enableMagLocalRouting", true);
        });
        assertThat(local(config, "anna@example.net", "own")).isFalse();
        assertThat(local(config, "anna@example.net", "own4")).as("the same anchor over IPv4").isFalse();
        assertThat(local(config, "stranger@example.net", "own")).isFalse();
        assertThat(local(config, "bert@example.net", "own")).as("its own word at the anchor").isTrue();
        assertThat(local(config, "anna@example.net", "foreign")).as("another anchor's node").isTrue();
    }

    @Test
    @Requirement("PMIP10-6.10.3-3")
    void whatTheAnchorPermitsTheGatewayNeedNotDo() throws Exception {
        PmipConfig config = read(node -> {
            at(node, "/mag").put("enableMagLocalRouting", false);
            at(node, "/lma").put("enableMagLocalRouting", true);
        });
        assertThat(local(config, "anna@example.net", "own")).isFalse();
    }

    @Test
    @Requirement("PMIP10-6.10.3-3")
    void ofAForeignAnchorTheConfigurationTells() throws Exception {
        PmipConfig config = read(node -> at(node, "/mag/anchors/2").put("enableMagLocalRouting", false));
        assertThat(local(config, "anna@example.net", "foreign")).isFalse();
        assertThat(local(config, "anna@example.net", "own")).isTrue();
    }
}
