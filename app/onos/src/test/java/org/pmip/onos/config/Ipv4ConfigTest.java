// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.MobileNodeProfile;
import org.pmip.protocol.wire.option.Ipv4DhcpSupportMode;

class Ipv4ConfigTest {

    private static final String CONFIG = "{'lma': {'device': 'device:lma1', 'address': '2001:db8:0:1::1',"
            + "'ipv4Address': '192.0.2.1', 'ipv4Service': true,"
            + "'ipv4Pools': [{'name': 'a', 'subnet': '10.1.0.0/16', 'defaultRouter': '10.1.0.1',"
            + "'exclusions': ['10.1.255.0/24']}, {'name': 'b', 'operator': 2, 'subnet': '10.1.0.0/16',"
            + "'defaultRouter': '10.1.0.1'}],"
            + "'mags': [{'name': 'both', 'address': '2001:db8:0:11::1', 'ipv4Address': '192.0.2.11',"
            + "'prefixes': ['2001:db8:100::/48'], 'udpAlways': true, 'translators': ['198.51.100.0/28'],"
            + "'translatedDataPort': 40001, 'sessionCap': 5, 'messageRate': 50, 'overLimit': 'ignore'},"
            + "{'ipv4Address': '192.0.2.12'}],"
            + "'mobileNodes': [{'id': 'one@example.net', 'operator': 2, 'ipv6Service': false,"
            + "'ipv4HomeAddress': '10.1.0.9'}, {'id': 'two@example.net', 'ipv4Service': false}],"
            + "'parameters': {'acceptForcedIpv4UdpEncapsulationRequest': true, 'acceptTlvHeader': false,"
            + "'natKeepalive': 30, 'uplinkKeyQuarantine': 20000, 'assignmentMemory': 60000, 'dhcpSupportMode': 'relay',"
            + "'timestampBasedApproachInUse': false, 'fixedMagLinkLocalAddressOnAllAccessLinks': 'fe80::5'}},"
            + "'switches': {'device:lma1': {'interfaces': [{'port': 1, 'role': 'transport',"
            + "'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1', '192.0.2.1']},"
            + "{'port': 2, 'role': 'home', 'mac': '00:00:5e:00:53:02', 'addresses': ['10.0.0.1']},"
            + "{'port': 3, 'role': 'home', 'operator': 2, 'mac': '00:00:5e:00:53:03', 'addresses': ['10.0.0.1']}],"
            + "'routes': [{'prefix': '192.0.2.0/24', 'port': 1, 'nextHop': '00:00:5e:00:53:11'}]}}}";

    private static ObjectNode config() {
        return ConfigTexts.json(CONFIG);
    }

    private static void assertProblem(Consumer<ObjectNode> change, String... expected) {
        ConfigTexts.assertProblem(config(), change, expected);
    }

    private static ObjectNode lma(ObjectNode node) {
        return (ObjectNode) node.get("lma");
    }

    @Test
    void readsWhatIsGiven() {
        PmipConfig.Lma lma = PmipConfigParser.parse(config()).lma().orElseThrow();
        assertThat(lma.ipv4Address()).contains(Ip4Address.valueOf("192.0.2.1"));
        assertThat(lma.isOwn(Ip4Address.valueOf("192.0.2.1"))).isTrue();
        assertThat(lma.isOwn(Ip4Address.valueOf("192.0.2.2"))).isFalse();
        assertThat(lma.policy().ipv4Pools(2)).extracting("name").containsExactly("b");
        assertThat(lma.policy().ipv4Pools(1).get(0).assigns(Ip4Address.valueOf("10.1.255.3"))).isFalse();
        LmaPolicy.MagPolicy both = lma.policy().gateway(Ip6Address.valueOf("2001:db8:0:11::1")).orElseThrow();
        assertThat(lma.policy().gateway(Ip4Address.valueOf("192.0.2.11"))).containsSame(both);
        assertThat(both.alwaysUdp()).isTrue();
        assertThat(both.prefixes().orElseThrow()).containsExactly(Ip6Prefix.valueOf("2001:db8:100::/48"));
        assertThat(both.translatedBy(Ip4Address.valueOf("198.51.100.3"))).isTrue();
        assertThat(both.translatedBy(Ip4Address.valueOf("198.51.100.77"))).isFalse();
        assertThat(both.translatedDataPort()).isEqualTo(OptionalInt.of(40_001));
        assertThat(both.sessionCap()).isEqualTo(OptionalLong.of(5));
        assertThat(both.silentOverCap()).isTrue();
        assertThat(lma.gateways().get(0).messageRate()).isEqualTo(OptionalInt.of(50));
        assertThat(lma.gateways().get(0).silentOverLimit()).isTrue();
        assertThat(lma.gateways().get(1).policy().name()).isEqualTo("192.0.2.12");
        assertThat(lma.gateways().get(1).messageRate()).isEmpty();
    }

    @Test
    void servicesOfMobileNodes() {
        LmaPolicy policy = PmipConfigParser.parse(config()).lma().orElseThrow().policy();
        MobileNodeProfile one = policy.profile("one@example.net").orElseThrow();
        assertThat(one.ipv6Service()).isFalse();
        assertThat(one.ipv4Service()).isTrue();
        assertThat(one.ipv4HomeAddress()).contains(Ip4Address.valueOf("10.1.0.9"));
        assertThat(policy.profile("two@example.net").orElseThrow().ipv4Service()).isFalse();
        assertThat(policy.profile("unknown@example.net").orElseThrow().ipv4Service()).isTrue();
        ObjectNode bare = config();
        lma(bare).remove("ipv4Service");
        policy = PmipConfigParser.parse(bare).lma().orElseThrow().policy();
        assertThat(policy.profile("unknown@example.net").orElseThrow().ipv4Service()).isFalse();
        assertThat(policy.profile("unknown@example.net").orElseThrow().ipv6Service()).isTrue();
        assertThat(policy.profile("one@example.net").orElseThrow().ipv4Service()).isTrue();
    }

    @Test
    @Requirement({"R5213-9.3-1", "R5213-9.3-2", "R5844-5-1"})
    void parameters() {
        LmaParameters parameters = PmipConfigParser.parse(config()).lma().orElseThrow().parameters();
        assertThat(parameters.acceptForcedIpv4UdpEncapsulationRequest()).isTrue();
        assertThat(parameters.acceptTlvHeader()).isFalse();
        assertThat(parameters.natKeepalive()).isEqualTo(30);
        assertThat(parameters.uplinkKeyQuarantine()).isEqualTo(20_000);
        assertThat(parameters.assignmentMemory()).isEqualTo(60_000);
        assertThat(parameters.dhcpSupportMode()).contains(Ipv4DhcpSupportMode.of(false));
        assertThat(parameters.timestampBasedApproachInUse()).isFalse();
        assertThat(parameters.fixedMagLinkLocalAddress()).isEqualTo(Ip6Address.valueOf("fe80::5"));
        ObjectNode bare = config();
        lma(bare).remove("parameters");
        parameters = PmipConfigParser.parse(bare).lma().orElseThrow().parameters();
        assertThat(parameters.acceptForcedIpv4UdpEncapsulationRequest()).isFalse();
        assertThat(parameters.acceptTlvHeader()).isTrue();
        assertThat(parameters.dhcpSupportMode()).isEmpty();
        assertThat(parameters.timestampBasedApproachInUse()).isTrue();
    }

    @Test
    void wrongPools() {
        String pools = "apps/org.pmip/pmip/lma/ipv4Pools";
        assertProblem(node -> lma(node).withArray("ipv4Pools").add(ConfigTexts.json(
                "{'name': 'c', 'operator': 2, 'subnet': '10.1.7.0/24', 'defaultRouter': '10.1.7.1'}")),
                pools + ": 'c' 10.1.7.0/24 overlaps 'b' 10.1.0.0/16 of the same operator");
        assertProblem(node -> ((ObjectNode) lma(node).get("ipv4Pools").get(0)).put("defaultRouter", "10.2.0.1"),
                pools + "/0: default router 10.2.0.1 lies outside of 10.1.0.0/16");
        assertProblem(node -> ((ObjectNode) lma(node).get("ipv4Pools").get(1)).put("name", "a"),
                pools + "/1/name: another pool is called 'a' already");
        assertProblem(node -> ((ObjectNode) lma(node).get("ipv4Pools").get(0)).withArray("exclusions")
                .add("10.2.0.0/24"), pools + "/0/exclusions: 10.2.0.0/24 lies outside of 10.1.0.0/16");
    }

    @Test
    void wrongHomeAddresses() {
        String first = "apps/org.pmip/pmip/lma/mobileNodes/0/ipv4HomeAddress";
        assertProblem(node -> ((ObjectNode) lma(node).get("mobileNodes").get(0)).put("ipv4HomeAddress", "10.9.0.1"),
                first + ": 10.9.0.1 is in none of ipv4Pools of operator 2, which tell its subnet and default router");
        assertProblem(node -> ((ObjectNode) lma(node).get("mobileNodes").get(0)).put("ipv4Service", false),
                first + ": means nothing without ipv4Service");
        assertProblem(node -> lma(node).withArray("mobileNodes").add(ConfigTexts.json(
                "{'id': 'three@example.net', 'operator': 2, 'ipv4HomeAddress': '10.1.0.9'}")),
                "apps/org.pmip/pmip/lma/mobileNodes/2/ipv4HomeAddress: 10.1.0.9 belongs to another mobile node of"
                        + " operator 2");
    }

    @Test
    void wrongGateways() {
        String second = "apps/org.pmip/pmip/lma/mags/1";
        assertProblem(node -> lma(node).remove("ipv4Address"),
                "apps/org.pmip/pmip/lma/ipv4Address: missing; both comes over IPv4",
                "apps/org.pmip/pmip/lma/ipv4Address: missing; 192.0.2.12 comes over IPv4");
        assertProblem(node -> ((ObjectNode) lma(node).get("mags").get(1)).put("ipv4Address", "192.0.2.11"),
                second + "/ipv4Address: 192.0.2.11 is there twice");
        assertProblem(node -> ((ObjectNode) lma(node).get("mags").get(1)).put("translatedDataPort", 7),
                second + "/translatedDataPort: means nothing without translators");
        assertProblem(node -> ((ObjectNode) lma(node).get("mags").get(1)).put("overLimit", "drop"),
                second + "/overLimit: 'drop' is neither reject nor ignore");
        assertProblem(node -> ((ObjectNode) lma(node).get("mags").get(1)).put("ipv4Address", "192.0.2.1"),
                "apps/org.pmip/pmip/lma/mags: 192.0.2.1 is the anchor's own address");
        assertProblem(node -> ((ObjectNode) lma(node).get("mags").get(1)).removeAll(),
                second + "/address: missing");
    }

    @Test
    @Requirement("R5213-9.3-1")
    void wrongParametersAndAddresses() {
        String parameters = "apps/org.pmip/pmip/lma/parameters";
        assertProblem(node -> ((ObjectNode) lma(node).get("parameters")).put("mobileNodeGeneratedTimestampInUse", true),
                parameters + "/mobileNodeGeneratedTimestampInUse: means nothing without timestampBasedApproachInUse");
        assertProblem(node -> ((ObjectNode) lma(node).get("parameters"))
                .put("fixedMagLinkLocalAddressOnAllAccessLinks", "2001:db8::1"), parameters
                + "/fixedMagLinkLocalAddressOnAllAccessLinks: '2001:db8::1' is not a link-local IPv6"
                        + " address or :: (it does"
                + " not begin with fe80)");
        assertProblem(node -> ((ObjectNode) lma(node).get("parameters")).put("dhcpSupportMode", "both"),
                parameters + "/dhcpSupportMode: 'both' is not server, relay or none");
        assertProblem(node -> lma(node).put("ipv4Address", "10.0.0.1"), "apps/org.pmip/pmip/lma/ipv4Address: 10.0.0.1"
                + " is no address of a transport interface of device:lma1");
    }
}
