// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.net.ConnectPoint;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.protocol.mag.Attachment;

/** Where sessions are in the switches of a configuration, which need not be the one they began with. */
class AccessPortsTest {

    private static final byte[] NODE = {0, 0, 0x5e, 0, 0x53, 0x41};

    private AccessPorts ports;

    @BeforeEach
    void read() throws Exception {
        ports = new AccessPorts(PmipConfigParser.parse(new ObjectMapper().readTree(("{'mag': {'gateways': ["
                + "{'name': 'mag1', 'device': 'device:mag1', 'address': '2001:db8:0:11::1'}],"
                + "'anchors': [{'name': 'lma', 'address': '2001:db8:0:1::1'}]},"
                + "'switches': {'device:mag1': {'interfaces': [{'port': 1, 'role': 'transport',"
                + " 'mac': '00:00:5e:00:53:11', 'addresses': ['2001:db8:0:11::1']},"
                + "{'port': 2, 'role': 'access', 'mac': '00:00:5e:00:52:13', 'vlans': [0, 7]},"
                + "{'port': 3, 'role': 'access', 'mac': '00:00:5e:00:52:13', 'vlans': [7]}]}}}").replace('\'', '"'))));
    }

    private boolean has(String gateway, String link) {
        return ports.place(Attachment.of(gateway, link, NODE, 3), false).isPresent();
    }

    @Test
    void aSessionIsOnALinkThatIsConfigured() {
        assertThat(has("mag1", "2")).isTrue();
        assertThat(has("mag1", "2/7")).isTrue();
        assertThat(has("mag1", "3/7")).isTrue();
        assertThat(ports.link(ConnectPoint.deviceConnectPoint("device:mag1/2"), 7).name()).isEqualTo("2/7");
    }

    @Test
    void aGatewayAPortOrAVlanThatIsNotConfiguredHasNone() {
        assertThat(has("mag2", "2")).isFalse();
        assertThat(has("mag1", "1")).as("leads to the anchors").isFalse();
        assertThat(has("mag1", "4")).isFalse();
        assertThat(has("mag1", "3")).as("takes no untagged frames").isFalse();
        assertThat(has("mag1", "2/8")).isFalse();
        assertThatThrownBy(() -> ports.link(ConnectPoint.deviceConnectPoint("device:mag1/2"), 8))
                .hasMessage("device:mag1/2 VLAN 8 is no access link");
    }

    @Test
    void whatNamesNoPlaceIsNowhere() {
        assertThat(has("mag1", "two")).isFalse();
        assertThat(has("mag1", "2/x")).isFalse();
        assertThat(ports.place(Attachment.of("mag1", "2", new byte[] {1}, 3), false)).isEmpty();
    }
}
