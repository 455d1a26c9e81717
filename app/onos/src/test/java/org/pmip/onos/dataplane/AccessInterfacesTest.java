// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.onlab.packet.MacAddress;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.pipeconf.DropReason;
import org.pmip.pipeconf.PuntClass;
import org.pmip.pipeconf.Role;
import org.pmip.pipeconf.entity.DropCounter;
import org.pmip.pipeconf.entity.NetworkInterface;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.PuntRule;
import org.pmip.pipeconf.entity.Station;

class AccessInterfacesTest {

    private static final DeviceId MAG = DeviceId.deviceId("device:mag1");

    private static JsonNode config(String access) throws IOException {
        return new ObjectMapper().readTree(("{'switches': {'device:mag1': {'interfaces': ["
                + "{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:11', 'addresses': ['2001:db8:0:11::1']},"
                + "{'port': 2, 'mac': '00:00:5e:00:53:fe', " + access + "}]}}}").replace('\'', '"'));
    }

    private static List<PipelineEntity> entities(String access) throws IOException {
        return StaticEntities.of(PmipConfigParser.parse(config(access)), MAG);
    }

    private static <T> List<T> those(Class<T> type, List<PipelineEntity> entities) {
        return entities.stream().filter(type::isInstance).map(type::cast).collect(Collectors.toList());
    }

    @Test
    void anAccessPortIsOpenInItsVlansAndSpeaksAsTheRouter() throws Exception {
        List<PipelineEntity> entities = entities("'role': 'access', 'vlans': [0, 60], 'operator': 3");
        PortNumber port = PortNumber.portNumber(2);
        for (int vlan : new int[] {0, 60}) {
            assertThat(entities).contains(NetworkInterface.builder().port(port).vlanId(vlan).role(Role.ACCESS)
                    .domain(3).build());
        }
        assertThat(entities).contains(
                Station.builder().port(port).mac(MacAddress.valueOf("00:00:5e:00:53:fe")).build(),
                DropCounter.builder().reason(DropReason.UNKNOWN_NODE).report().build());
        assertThat(those(PuntRule.class, entities)).filteredOn(rule -> rule.role().filter(Role.ACCESS::equals)
                .isPresent()).extracting(PuntRule::puntClass).contains(PuntClass.ROUTER_SOLICITATION,
                PuntClass.NEIGHBOUR_DISCOVERY, PuntClass.DHCP, PuntClass.ARP, PuntClass.OTHER);
    }

    @Test
    void aSwitchWithoutAccessPortsShowsNothingOfNodes() throws Exception {
        List<PipelineEntity> entities = entities("'role': 'home'");
        assertThat(entities).contains(DropCounter.builder().reason(DropReason.UNKNOWN_NODE).build());
        assertThat(those(PuntRule.class, entities)).noneMatch(rule ->
                rule.role().filter(Role.ACCESS::equals).isPresent());
    }

    @Test
    void saysWhatIsWrongWithAnAccessPort() throws Exception {
        String at = "apps/org.pmip/pmip/switches/device:mag1/interfaces/1/";
        assertThat(PmipConfigParser.problems(config("'role': 'home', 'vlans': [60]"))).containsExactly(
                at + "vlans: only access interfaces are divided into VLANs; leave the key out");
        assertThat(PmipConfigParser.problems(config("'role': 'access', 'vlans': []"))).containsExactly(
                at + "vlans: an access interface needs at least one; 0 stands for untagged frames");
        assertThat(PmipConfigParser.problems(config("'role': 'access', 'vlans': [60, 60, 4095, 'x']")))
                .containsExactly(at + "vlans/1: 60 is there twice",
                        at + "vlans/2: a whole number from 0 to 4094 is expected, not 4095",
                        at + "vlans/3: a whole number from 0 to 4094 is expected, not \"x\"");
        assertThat(PmipConfigParser.problems(config("'role': 'access', 'addresses': ['fe80::1']"))).containsExactly(
                at + "addresses: the router of mobile nodes has the addresses that the gateway gives it; leave the key "
                        + "out");
    }
}
