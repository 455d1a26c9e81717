// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.protocol.wire.rip.RouteUpdate;

class RouteAnnouncerTest {

    private static final DeviceId SWITCH = DeviceId.deviceId("device:lma1");
    private static final MacAddress MAC = MacAddress.valueOf("00:00:5e:00:53:02");
    private static final Ip6Address LINK_LOCAL = Ip6Address.valueOf("fe80::200:5eff:fe00:5302");
    private static final Ip4Address OWN = Ip4Address.valueOf("192.0.2.1");
    private static final Ip6Prefix HOME = Ip6Prefix.valueOf("2001:db8:100::/40");
    private static final Ip6Prefix NEW = Ip6Prefix.valueOf("2001:db8:200::/40");
    private static final Ip4Prefix SUBNET = Ip4Prefix.valueOf("10.1.0.0/16");

    private final List<byte[]> sent = new ArrayList<>();

    private RouteAnnouncer announcer(String port2) throws Exception {
        PmipConfig config = PmipConfigParser.parse(new ObjectMapper().readTree(("{'lma': {'device': 'device:lma1',"
                + "'address': '2001:db8:0:1::1', 'mags': [{'address': '2001:db8:0:11::1'}],"
                + "'pools': [{'name': 'a', 'prefix': '2001:db8:100::/40'},"
                + "{'name': 'b', 'prefix': '2001:db8:200::/40'}],"
                + "'ipv4Pools': [{'name': 'v4', 'subnet': '10.1.0.0/16', 'defaultRouter': '10.1.0.1'}]},"
                + "'switches': {'device:lma1': {'interfaces': [{'port': 1, 'role': 'transport',"
                + "'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1']}, {'port': 2, 'role': 'home',"
                + "'mac': '00:00:5e:00:53:02', 'addresses': ['192.0.2.1'] " + port2 + "}]}}}").replace('\'', '"')));
        return new RouteAnnouncer(new PacketServiceAdapter() {
            @Override
            public void emit(OutboundPacket packet) {
                assertThat(packet.sendThrough()).isEqualTo(SWITCH);
                assertThat(packet.treatment().allInstructions()).singleElement()
                        .isInstanceOfSatisfying(OutputInstruction.class, one ->
                                assertThat(one.port().toLong()).isEqualTo(2));
                sent.add(packet.data().array());
            }
        }, SWITCH, config.switches().get(SWITCH).interfaces());
    }

    @Test
    @Requirement("PMIP10-5.6.2-2")
    void thePrefixesAreAnnouncedToTheRoutersOfTheirInterface() throws Exception {
        RouteAnnouncer announcer = announcer(", 'announce': ['2001:db8:100::/40', '10.1.0.0/16']");
        assertThat(announcer.hasRoutes()).isTrue();
        announcer.announce();
        assertThat(sent).containsExactly(RouteUpdate.ripng(MAC, LINK_LOCAL, List.of(HOME), 1).get(0),
                RouteUpdate.ripv2(MAC, OWN, List.of(SUBNET), 1).get(0));
    }

    @Test
    void whatEndsIsTakenBackAndNothingElse() throws Exception {
        RouteAnnouncer former = announcer(", 'announce': ['2001:db8:100::/40', '2001:db8:200::/40', '10.1.0.0/16']");
        former.withdraw(Optional.of(announcer(", 'announce': ['2001:db8:100::/40']")));
        assertThat(sent).containsExactly(RouteUpdate.ripng(MAC, LINK_LOCAL, List.of(NEW), 16).get(0),
                RouteUpdate.ripv2(MAC, OWN, List.of(SUBNET), 16).get(0));
        sent.clear();
        former.withdraw(Optional.empty());
        assertThat(sent).containsExactly(RouteUpdate.ripng(MAC, LINK_LOCAL, List.of(HOME, NEW), 16).get(0),
                RouteUpdate.ripv2(MAC, OWN, List.of(SUBNET), 16).get(0));
    }

    @Test
    void aQuietInterfaceStaysQuiet() throws Exception {
        RouteAnnouncer announcer = announcer("");
        assertThat(announcer.hasRoutes()).isFalse();
        announcer.announce();
        announcer.withdraw(Optional.empty());
        assertThat(sent).isEmpty();
    }
}
