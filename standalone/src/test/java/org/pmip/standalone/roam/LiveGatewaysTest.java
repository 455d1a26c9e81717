// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.roam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRuleService;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.mag.MagService;
import org.pmip.standalone.Bundles;

/** What a change of the configuration of gateways at work means for sessions that stand. */
class LiveGatewaysTest {
    private static final String NODE = "mn1@example.net";
    private static final MacAddress MAC = MacAddress.valueOf("00:00:5e:00:53:41");

    private RoamBed bed;
    private LmaService lma;
    private MagService mag;
    private ScriptedNode node;

    @BeforeEach
    void start() throws Exception {
        Bundles.assumePackaged();
        bed = new RoamBed(configuration(2, true));
        lma = bed.host().service(LmaService.class);
        mag = bed.host().service(MagService.class);
        RoamTest.until("anchor and gateways are ready", () -> lma.ready() && mag.ready());
        node = new ScriptedNode(MAC);
        node.goTo(bed.cell(1));
        RoamTest.until("an address by advertisement", node::solicit, () -> node.address() != null);
    }

    @AfterEach
    void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    private static ObjectNode configuration(int gateways, boolean service) {
        ObjectNode root = new ObjectMapper().createObjectNode();
        ObjectNode mag = root.putObject("mag");
        ArrayNode list = mag.putArray("gateways");
        for (int number = 2; number > 2 - gateways; number--) {
            list.addObject().put("name", "mag" + number).put("device", "device:mag" + number)
                .put("address", "2001:db8:0:1" + number + "::1");
        }
        mag.putArray("anchors").addObject().put("name", "lma").put("address", "2001:db8:0:1::1");
        mag.putArray("mobileNodes").addObject().put("id", NODE).put("mobilityService", service)
            .putArray("interfaces").add(MAC.toString());
        mag.putObject("parameters").put("contextRetention", 100);
        return root;
    }

    /** In whatever state: rules are ADDED only when the switch has been read. */
    private long rules(String device) {
        return StreamSupport.stream(bed.host().service(FlowRuleService.class)
            .getFlowEntries(DeviceId.deviceId(device)).spliterator(), false).count();
    }

    private void carries(int number) {
        Ip6Address address = node.address();
        RoamTest.until("a packet each way", () -> {
            node.send(number, RoamBed.CORRESPONDENT);
            bed.send(number, address);
        }, () -> bed.heard(address, number) && node.got(number));
    }

    @Test
    void whoLosesTheServiceIsDeregistered() throws Exception {
        carries(1);
        bed.change(configuration(2, false));
        RoamTest.until("the list is empty", () -> mag.list(NODE).isEmpty());
        assertThat(lma.bindings(NODE).stream().flatMap(record -> record.entries().stream()))
            .allMatch(entry -> entry.toString().contains("ENDING"));
        bed.change(configuration(2, true));
        RoamTest.until("service again", node::solicit, () -> mag.list(NODE).isPresent());
        carries(2);
    }

    @Test
    void aGatewayThatIsGoneIsClearedAndItsNodesGoElsewhere() throws Exception {
        carries(1);
        Ip6Address address = node.address();
        bed.change(configuration(1, true));
        RoamTest.until("the switch is cleared", () -> rules("device:mag1") == 0);
        assertThat(rules("device:mag2")).isPositive();
        assertThat(lma.bindings(NODE)).as("the anchor has not been asked").isPresent();
        node.goTo(bed.cell(2));
        RoamTest.until("attached at the other gateway", node::solicit, () ->
            mag.list(NODE).map(Object::toString).orElse("").contains("ACTIVE at mag2"));
        assertThat(node.address()).isEqualTo(address);
        carries(2);
    }
}
