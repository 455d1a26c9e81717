// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.net.DeviceId;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.lma.GrePolicy;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.MobileNodeProfile;
import org.pmip.protocol.lma.PrefixPool;

import static org.assertj.core.api.Assertions.assertThat;

class PmipConfigParserTest {

    private static final String SWITCHES = "{'device:lma1': {'interfaces': ["
            + "{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1']},"
            + "{'port': 2, 'role': 'home', 'mac': '00:00:5e:00:53:02', 'operator': 7}],"
            + "'routes': [{'prefix': '2001:db8:0:11::/64', 'port': 1, 'nextHop': '00:00:5e:00:53:11'}]}}";
    private static final String LMA = "{'device': 'device:lma1', 'address': '2001:db8:0:1::1',"
            + "'grePolicy': 'mode-only', 'pools': [{'name': 'home', 'prefix': '2001:db8:100::/40'}],"
            + "'mags': [{'name': 'mag1', 'address': '2001:db8:0:11::1', 'grePolicy': 'keys'}],"
            + "'mobileNodes': [{'id': 'mn1@example.net', 'grePolicy': 'not-required',"
            + " 'prefixes': ['2001:db8:200::/64'], 'lifetimeCap': 40}],"
            + "'parameters': {'minDelayBeforeBceDelete': 5000, 'maxDelayBeforeNewBceAssign': 700,"
            + " 'timestampValidityWindow': 200}}";

    private static ObjectNode config() {
        return ConfigTexts.json("{'lma': " + LMA + ", 'switches': " + SWITCHES + "}");
    }

    private static void assertProblem(Consumer<ObjectNode> change, String... expected) {
        ConfigTexts.assertProblem(config(), change, expected);
    }

    private static ObjectNode port(ObjectNode node, int index) {
        return (ObjectNode) node.at("/switches/device:lma1/interfaces/" + index);
    }

    /** Each node compared with each other would be thousands of millions of comparisons. */
    @Test
    void tensOfThousandsOfNodesHavePrefixesOfTheirOwn() {
        ObjectNode node = config();
        ArrayNode nodes = (ArrayNode) node.at("/lma/mobileNodes");
        PrefixPool pool = new PrefixPool("theirs", Ip6Prefix.valueOf("2001:db8:300::/40"), 64, List.of());
        for (int i = 0; i < 60_000; i++) {
            nodes.addObject().put("id", "many" + i + "@example.net").putArray("prefixes")
                    .add(pool.prefixAt(i).toString());
        }
        assertThat(PmipConfigParser.parse(node).lma().orElseThrow().policy().reservedPrefixes()).hasSize(60_001);
        nodes.addObject().put("id", "late@example.net").putArray("prefixes").add("2001:db8:300:e000::/51");
        assertThat(PmipConfigParser.problems(node)).containsExactly("apps/org.pmip/pmip/lma/mobileNodes/60001/prefixes:"
                + " 2001:db8:300:e000::/51 overlaps a prefix of another mobile node");
    }

    @Test
    void anInterfaceAnnouncesWhatIsTheAnchorsAlone() {
        ObjectNode node = config();
        // Of node mn1 of operator 1, of a pool, and an aggregate around it.
        port(node, 1).put("operator", 1).putArray("announce").add("2001:db8:200::/64").add("2001:db8:100::/48")
                .add("2001:db8::/32");
        assertThat(PmipConfigParser.parse(node).switches().get(DeviceId.deviceId("device:lma1")).interfaces().get(1)
                .announced()).hasSize(3);
        String path = "apps/org.pmip/pmip/";
        assertProblem(one -> port(one, 1).putArray("announce").add("2001:db8:200::/64"), path + "lma/pools: port 2"
                + " announces 2001:db8:200::/64, in which the anchor has no pool and no node of operator 7 a prefix");
        assertProblem(one -> port(one, 0).putArray("announce").add("2001:db8:100::/40"), path
                + "switches/device:lma1/interfaces/0/announce: the way to home networks is told at interfaces of the"
                + " role home only");
        assertProblem(one -> {
            lma(one).putArray("ipv4Pools").addObject().put("name", "v4").put("operator", 7)
                    .put("subnet", "10.1.0.0/16").put("defaultRouter", "10.1.0.1");
            port(one, 1).putArray("announce").add("10.1.0.0/16");
        }, path + "switches/device:lma1/interfaces/1/announce: an IPv4 prefix needs an IPv4 address among addresses,"
                + " to come from");
    }

    private static ObjectNode lma(ObjectNode node) {
        return (ObjectNode) node.get("lma");
    }

    @Test
    @Requirement({"PMIP10-9-1", "PMIP10-9-2", "PMIP10-9-5", "PMIP10-9-7", "R5845-2.2-6", "PMIP10-4-9", "R5213-9.1-1"})
    void readsWhatIsGivenAndKnowsTheDefaults() {
        PmipConfig.Lma lma = PmipConfigParser.parse(config()).lma().orElseThrow();
        assertThat(lma.device()).isEqualTo(DeviceId.deviceId("device:lma1"));
        assertThat(lma.parameters().minDelayBeforeBceDelete()).isEqualTo(5_000);
        assertThat(lma.parameters().maxDelayBeforeNewBceAssign()).isEqualTo(700);
        assertThat(lma.parameters().timestampValidityWindow()).isEqualTo(200);
        LmaPolicy.MagPolicy mag = lma.policy().gateway(Ip6Address.valueOf("2001:db8:0:11::1")).orElseThrow();
        MobileNodeProfile known = lma.policy().profile("mn1@example.net").orElseThrow();
        MobileNodeProfile other = lma.policy().profile("mn2@example.net").orElseThrow();
        assertThat(lma.policy().grePolicy(known, mag)).isEqualTo(GrePolicy.NOT_REQUIRED);
        assertThat(lma.policy().grePolicy(other, mag)).isEqualTo(GrePolicy.KEYS);
        assertThat(lma.policy().grePolicy(other, new LmaPolicy.MagPolicy("", Optional.empty(), Optional.empty(), 1)))
                .isEqualTo(GrePolicy.MODE_ONLY);
        assertThat(lma.policy().gateway(Ip6Address.valueOf("2001:db8:0:12::1"))).isEmpty();

        ObjectNode bare = config();
        lma(bare).remove("parameters");
        PmipConfig.Lma defaults = PmipConfigParser.parse(bare).lma().orElseThrow();
        assertThat(defaults.parameters().minDelayBeforeBceDelete()).isEqualTo(10_000);
        assertThat(defaults.parameters().maxDelayBeforeNewBceAssign()).isEqualTo(1_500);
        assertThat(defaults.parameters().timestampValidityWindow()).isEqualTo(300);
    }

    @Test
    void interfacesHaveTheirDomain() {
        PmipConfig.SwitchConfig one = PmipConfigParser.parse(config()).switches()
                .get(DeviceId.deviceId("device:lma1"));
        assertThat(one.interfaces()).extracting(Interface::domain).containsExactly(0, 7);
        assertThat(one.routes()).extracting(Route::domain).containsExactly(0);
    }

    @Test
    void unknownKeys() {
        assertProblem(node -> lma(node).put("adress", "x"), "apps/org.pmip/pmip/lma/adress: unknown key; known here"
                + " are address, device, enableMagLocalRouting, grePolicy, ipv4Address, ipv4Pools,"
                + " ipv4Service, ipv6Service, mags, mobileNodes, mtu, parameters, pools, unknownMobileNodes,"
                + " uplinkKeys");
        assertProblem(node -> ((ObjectNode) lma(node).get("mags").get(0)).put("x", 1),
                "apps/org.pmip/pmip/lma/mags/0/x: unknown key; known here are address, grePolicy, ipv4Address,"
                        + " messageRate, mobileNodes, name, operator, overLimit, prefixes, sessionCap,"
                        + " translatedDataPort, translators, udpAlways");
    }

    @Test
    void anEmptyTextInAListIsNoIdentifier() {
        assertProblem(node -> ((ObjectNode) lma(node).get("mags").get(0)).putArray("mobileNodes").add("mn1").add(""),
                "apps/org.pmip/pmip/lma/mags/0/mobileNodes/1: a text is expected, not an empty text");
    }

    @Test
    void whatFitsBetweenAnchorAndGateways() {
        ObjectNode node = config();
        assertThat(PmipConfigParser.parse(node).lma().orElseThrow().mtu()).isEqualTo(1_500);
        lma(node).put("mtu", 9_000);
        assertThat(PmipConfigParser.parse(node).lma().orElseThrow().mtu()).isEqualTo(9_000);
        assertProblem(one -> lma(one).put("mtu", 1_279),
                "apps/org.pmip/pmip/lma/mtu: a whole number from 1280 to 9216 is expected, not 1279");
    }

    @Test
    void missingAndMisspeltValues() {
        assertProblem(node -> lma(node).remove("address"), "apps/org.pmip/pmip/lma/address: missing");
        assertProblem(node -> lma(node).put("grePolicy", "maybe"), "apps/org.pmip/pmip/lma/grePolicy: 'maybe' is not"
                + " a GRE policy: not-required, mode-only, keys or as-requested");
        assertProblem(node -> ((ObjectNode) lma(node).get("parameters")).put("timestampValidityWindow", 0),
                "apps/org.pmip/pmip/lma/parameters/timestampValidityWindow: a whole number from 1 to 86400000 is"
                        + " expected, not 0");
        assertProblem(node -> lma(node).put("unknownMobileNodes", "perhaps"),
                "apps/org.pmip/pmip/lma/unknownMobileNodes: 'perhaps' is neither accept nor refuse");
    }

    @Test
    void overlappingPools() {
        assertProblem(node -> lma(node).withArray("pools").add(ConfigTexts.json(
                "{'name': 'second', 'prefix': '2001:db8:140::/48', 'length': 64}")),
                "apps/org.pmip/pmip/lma/pools: 'second' 2001:db8:140::/48 overlaps 'home' 2001:db8:100::/40");
        assertProblem(node -> ((ObjectNode) lma(node).get("pools").get(0)).put("length", 39),
                "apps/org.pmip/pmip/lma/pools/0/length: length is 39: use a length from 40 (the pool's own) to 64");
    }

    @Test
    void duplicates() {
        assertProblem(node -> lma(node).withArray("mags").add(ConfigTexts.json("{'address': '2001:db8:0:11::1'}")),
                "apps/org.pmip/pmip/lma/mags/1/address: 2001:db8:0:11::1 is there twice");
        JsonNode first = config().get("switches").get("device:lma1").get("interfaces").get(0);
        assertProblem(node -> ((ObjectNode) node.get("switches").get("device:lma1")).withArray("interfaces")
                .add(first), "apps/org.pmip/pmip/switches/device:lma1/interfaces: port 1 is there twice",
                "apps/org.pmip/pmip/switches/device:lma1/interfaces: address 2001:db8:0:1::1 is there twice");
    }

    @Test
    void missingDevice() {
        assertProblem(node -> lma(node).put("device", "device:other"), "apps/org.pmip/pmip/lma/device: device:other"
                + " has no entry under apps/org.pmip/pmip/switches");
        assertProblem(node -> lma(node).put("address", "2001:db8::99"), "apps/org.pmip/pmip/lma/address: 2001:db8::99"
                + " is no address of a transport interface of device:lma1");
    }

    @Test
    void severalProblemsAtOnce() {
        ObjectNode node = config();
        lma(node).put("grePolicy", 5).put("address", "nonsense");
        assertThat(PmipConfigParser.problems(node)).hasSize(2);
    }
}
