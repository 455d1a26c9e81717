// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.onos.Surroundings.HERE;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.pmip.onos.NamedMaps;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.TunnelFormat;

/** The tunnel that all sessions of a gateway share. */
class AccessTunnelTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("device:mag1");
    private static final String CONFIG = "{'mag': {"
            + "'gateways': [{'name': 'mag1', 'device': 'device:mag1', 'address': '2001:db8:0:11::1'}],"
            + "'anchors': [{'name': 'lma', 'address': '2001:db8:0:1::1'}]},"
            + "'switches': {'device:mag1': {'interfaces': ["
            + "{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:11', 'addresses': ['2001:db8:0:11::1']},"
            + "{'port': 2, 'role': 'access', 'mac': '00:00:5e:00:52:13'},"
            + "{'port': 3, 'role': 'access', 'mac': '00:00:5e:00:52:13', 'operator': 2}]}}}";

    private final ApplicationId application = new DefaultApplicationId(1, "org.pmip");

    private static BindingUpdateListEntry entry(int number, GreMode gre) {
        return BindingUpdateListEntry.builder().sessionId(number)
                .attachment(Attachment.of("mag1", Integer.toString(number), new byte[] {2, 0, 0, 0, 0, 1}, 3))
                .tunnel(Anchor.overIpv6("lma", Ip6Address.valueOf("2001:db8:0:1::1")),
                        Ip6Address.valueOf("2001:db8:0:11::1"))
                .state(BindingUpdateListEntry.State.ACTIVE).forwards(true).binding(Optional.of(Binding.builder()
                        .prefixes(List.of(Ip6Prefix.valueOf("2001:db8:100:" + number + "::/64")))
                        .tunnel(gre == GreMode.NONE ? TunnelFormat.IPV6 : TunnelFormat.GRE_IPV6)
                        .gre(gre, 17, 29).lifetime(100, 0).build())).build();
    }

    private static AccessPlane.Placed at(int port, int domain, GreMode gre) {
        MacAddress mac = MacAddress.valueOf("02:00:00:00:00:01");
        return new AccessPlane.Placed(entry(port, gre), DEVICE,
                new AccessEntities.Attached(port, 0, mac, mac, domain, false));
    }

    @Test
    void itsPacketsWithoutAKeyAreOfTheSameOperatorWhicheverSessionCameLast() throws Exception {
        PmipConfig config = PmipConfigParser.parse(new ObjectMapper().readTree(CONFIG.replace('\'', '"')));
        AccessPlane plane = new AccessPlane(new RuleWriter(new FlowRuleServiceAdapter(), device -> Optional.empty(),
                device -> HERE, application), new TunnelNumbers(new NamedMaps(), application), config, new Paths(),
                Runnable::run);
        List<String> own = plane.describe(at(2, 1, GreMode.NONE));
        List<String> other = plane.describe(at(3, 2, GreMode.KEYS));
        assertThat(own.subList(0, 2)).isEqualTo(other.subList(0, 2)).anyMatch(line -> line.contains("domain=1"));
        assertThat(other.subList(2, other.size())).anyMatch(line -> line.contains("domain=2"));
    }
}
