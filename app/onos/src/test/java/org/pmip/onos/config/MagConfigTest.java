// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.DeviceId;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.GreWish;
import org.pmip.protocol.mag.MagParameters;
import org.pmip.protocol.mag.MagProfile;
import org.pmip.protocol.mag.Transport;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** The section of the mobile access gateways. */
class MagConfigTest {

    private static final String PATH = "apps/org.pmip/pmip/mag";

    private static String access(String name, int net, String router) {
        return "'device:" + name + "': {'interfaces': ["
                + "{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:1" + net + "',"
                + " 'addresses': ['2001:db8:0:1" + net + "::1', '198.51.100.1" + net + "']},"
                + "{'port': 2, 'role': 'access', 'mac': '" + router + "', 'vlans': [0, 60]}]}";
    }

    private static ObjectNode config() {
        return ConfigTexts.json("{'mag': {"
                + "'gateways': [{'name': 'mag1', 'device': 'device:mag1', 'address': '2001:db8:0:11::1',"
                + " 'ipv4Address': '198.51.100.11'},"
                + " {'name': 'mag2', 'device': 'device:mag2', 'address': '2001:db8:0:12::1'}],"
                + "'anchors': [{'name': 'lma', 'address': '2001:db8:0:1::1'},"
                + " {'name': 'lma4', 'ipv4Address': '198.51.100.1', 'forceUdp': true, 'grePolicy': 'mode-only'}],"
                + "'mobileNodes': [{'id': 'anna@example.net', 'interfaces': ['00:00:5e:00:53:41'],"
                + " 'anchor': 'lma', 'prefixes': ['2001:db8:100::/64'], 'enableMagLocalRouting': true,"
                + " 'temporaryIds': ['pseudonym7@example.net'], 'lifetime': 400},"
                + " {'id': 'bert@example.net', 'interfaces': ['00:00:5e:00:53:42', '00:00:5e:00:53:43'],"
                + " 'anchor': 'lma4', 'ipv6Service': false, 'ipv4HomeAddress': '10.1.0.9', 'grePolicy': 'none'},"
                + " {'id': 'guest@example.net', 'mobilityService': false}]},"
                + "'switches': {" + access("mag1", 1, "00:00:5e:00:52:13") + ","
                + access("mag2", 2, "00:00:5e:00:52:13") + "}}");
    }

    private static ObjectNode mag(ObjectNode node) {
        return (ObjectNode) node.get("mag");
    }

    private static ObjectNode at(ObjectNode node, String list, int index) {
        return (ObjectNode) mag(node).get(list).get(index);
    }

    private static MagConfig read(Consumer<ObjectNode> change) {
        ObjectNode node = config();
        change.accept(node);
        return PmipConfigParser.parse(node).mag().orElseThrow();
    }

    private static void assertProblem(Consumer<ObjectNode> change, String... expected) {
        ConfigTexts.assertProblem(config(), change, expected);
    }

    private static MobileNodeIdentifier node(String nai) {
        return MobileNodeIdentifier.ofNai(nai);
    }

    @Test
    @Requirement({"PMIP10-6.2-4", "PMIP10-6.2-5"})
    void everythingIsRead() {
        MagConfig mag = read(node -> { });
        assertThat(mag.gateways()).hasSize(2);
        assertThat(mag.device("mag2")).isEqualTo(DeviceId.deviceId("device:mag2"));
        assertThat(mag.gateways().get(0).proxyCoa()).isEqualTo(Ip6Address.valueOf("2001:db8:0:11::1"));
        assertThat(mag.gateways().get(0).ipv4ProxyCoa()).contains(Ip4Address.valueOf("198.51.100.11"));
        Anchor lma = mag.policy().anchor("lma").orElseThrow();
        assertThat(lma.address()).isEqualTo(Ip6Address.valueOf("2001:db8:0:1::1"));
        Anchor lma4 = mag.policy().anchor("lma4").orElseThrow();
        assertThat(lma4.transport()).isEqualTo(Transport.IPV4);
        assertThat(lma4.forceUdp()).isTrue();
        assertThat(lma4.gre()).contains(GreWish.MODE_ONLY);
        MagProfile anna = mag.policy().profile("anna@example.net");
        assertThat(anna.anchor()).isEqualTo("lma");
        assertThat(anna.prefixes()).containsExactly(Ip6Prefix.valueOf("2001:db8:100::/64"));
        assertThat(anna.lifetime()).isEqualTo(OptionalInt.of(100));
        assertThat(anna.ipv6Service()).isTrue();
        assertThat(anna.ipv4Service()).isFalse();
        MagProfile bert = mag.policy().profile("bert@example.net");
        assertThat(bert.ipv6Service()).isFalse();
        assertThat(bert.ipv4HomeAddress()).contains(Ip4Address.valueOf("10.1.0.9"));
        assertThat(bert.gre()).contains(GreWish.NONE);
        MagProfile guest = mag.policy().profile("guest@example.net");
        assertThat(guest.mobilityService()).isFalse();
        assertThat(mag.policy().profile("nobody@example.net").mobilityService()).isFalse();
    }

    @Test
    void theServiceIsTakenAwayByOneWord() {
        MagConfig mag = read(node -> at(node, "mobileNodes", 0).put("mobilityService", false).put("grePolicy", "keys"));
        assertThat(mag.policy().profile("anna@example.net").mobilityService()).isFalse();
        assertThat(mag.node(MacAddress.valueOf("00:00:5e:00:53:41"))).contains(node("anna@example.net"));
        assertProblem(node -> at(node, "mobileNodes", 0).put("mobilityService", false).put("anchor", "lma9"),
                PATH + "/mobileNodes/0/anchor: lma9 is none of the anchors");
        assertProblem(node -> at(node, "mobileNodes", 0).put("mobilityService", false).put("lifetime", 3),
                PATH + "/mobileNodes/0/lifetime: a whole number from 4 to 262140 is expected, not 3");
    }

    @Test
    void linksOfAnotherOperatorNeedKeys() {
        MagConfig mag = read(node -> {
            ArrayNode ports = (ArrayNode) node.at("/switches/device:mag1/interfaces");
            ports.addObject().put("port", 3).put("role", "access").put("mac", "00:00:5e:00:52:13").put("operator", 2)
                    .putArray("vlans").add(0).add(7);
            ports.addObject().put("port", 4).put("role", "access").put("mac", "00:00:5e:00:52:13").put("operator", 1);
        });
        assertThat(java.util.stream.Stream.of("2", "2/60", "3", "3/7", "3/8", "4")
                .filter(mag.gateways().get(0)::needsKeysOn)).containsExactly("3", "3/7");
        assertThat(mag.gateways().get(1).needsKeysOn("3")).isFalse();
    }

    @Test
    @Requirement({"PMIP10-6.5-1", "PMIP10-11-2"})
    void onlyInterfacesThatAPolicyBindsToANodeAreSomebodys() {
        MagConfig mag = read(node -> { });
        assertThat(mag.node(MacAddress.valueOf("00:00:5e:00:53:43"))).contains(node("bert@example.net"));
        assertThat(mag.node(MacAddress.valueOf("00:00:5e:00:53:44"))).isEmpty();
    }

    @Test
    @Requirement({"PMIP10-6.6-3", "PMIP10-6.6-2"})
    void temporaryIdentifiersStandForStableOnes() {
        MagConfig mag = read(node -> { });
        assertThat(mag.stable(node("pseudonym7@example.net"))).isEqualTo(node("anna@example.net"));
        assertThat(mag.stable(node("bert@example.net"))).isEqualTo(node("bert@example.net"));
        assertProblem(node -> at(node, "mobileNodes", 1).putArray("temporaryIds").add("pseudonym7@example.net"),
                PATH + "/mobileNodes/1/temporaryIds: pseudonym7@example.net is there twice");
        assertProblem(node -> at(node, "mobileNodes", 1).putArray("temporaryIds").add("anna@example.net"),
                PATH + "/mobileNodes: anna@example.net is a temporary identifier and a stable one");
    }

    @Test
    @Requirement({"PMIP10-9-9", "PMIP10-9-10", "PMIP10-9-13", "PMIP10-6.10.3-2"})
    void localRoutingIsOffUnlessTheFlagOrTheNodesOwnPolicySaysSo() {
        MagConfig off = read(node -> { });
        assertThat(off.node(node("bert@example.net")).localRouting()).isFalse();
        assertThat(off.node(node("nobody@example.net")).localRouting()).isFalse();
        assertThat(off.node(node("anna@example.net")).localRouting()).isTrue();
        MagConfig on = read(node -> {
            mag(node).put("enableMagLocalRouting", true);
            at(node, "mobileNodes", 0).put("enableMagLocalRouting", false);
        });
        assertThat(on.node(node("bert@example.net")).localRouting()).isTrue();
        assertThat(on.node(node("anna@example.net")).localRouting()).isFalse();
    }

    @Test
    @Requirement({"R5213-9.3-1", "R5213-9.3-2"})
    void variablesHaveTheirDefaultsAndCanBeSet() {
        MagParameters usual = read(node -> { }).parameters();
        assertThat(usual.timestampBasedApproachInUse()).isTrue();
        assertThat(usual.fixedLinkLocal()).isEqualTo(Ip6Address.ZERO);
        assertThat(usual.lifetime()).isEqualTo(MagParameters.DEFAULTS.lifetime());
        MagParameters set = read(node -> mag(node).putObject("parameters").put("timestampBasedApproachInUse", false)
                .put("lifetime", 600).put("presenceTimeout", 2_000).put("contextRetention", 0)
                .put("gatewaysAreAll", false)
                .put("fixedMagLinkLocalAddressOnAllAccessLinks", "fe80::200:5eff:fe00:5213")).parameters();
        assertThat(set.timestampBasedApproachInUse()).isFalse();
        assertThat(set.lifetime()).isEqualTo(150);
        assertThat(set.presenceTimeout()).isEqualTo(2_000);
        assertThat(set.contextRetention()).isZero();
        assertThat(set.contextCoversDomain()).isFalse();
        assertThat(set.fixedLinkLocal()).isEqualTo(Ip6Address.valueOf("fe80::200:5eff:fe00:5213"));
        MagParameters times = read(node -> mag(node).putObject("parameters").put("initialBindackTimeout", 250)
                .put("maxBindackTimeout", 2_000).put("maxUpdateRate", 10).put("extensionMargin", 9_000)).parameters();
        assertThat(times.initialBindackTimeout()).isEqualTo(250);
        assertThat(times.maxBindackTimeout()).isEqualTo(2_000);
        assertThat(times.maxUpdateRate()).isEqualTo(10);
        assertThat(times.extensionMargin()).isEqualTo(9_000);
        assertThat(read(node -> mag(node).putObject("parameters").put("initialBindackTimeout", 60_000)).parameters()
                .maxBindackTimeout()).as("not less than the first").isEqualTo(60_000);
        assertProblem(node -> mag(node).putObject("parameters").put("initialBindackTimeout", 500)
                        .put("maxBindackTimeout", 400),
                PATH + "/parameters/maxBindackTimeout: 400 is less than initialBindackTimeout, 500");
        assertProblem(node -> mag(node).putObject("parameters").put("lifetime", 3),
                PATH + "/parameters/lifetime: a whole number from 4 to 262140 is expected, not 3");
    }

    @Test
    void theHomeLinkCanBeShaped() {
        MagConfig mag = read(node -> mag(node).putObject("homeLink").put("routerLifetime", 30).put("mtu", 9_000)
                .put("probeInterval", 0).put("linkLocal", "fe80::1").put("accessTechnology", 5));
        assertThat(mag.link().linkLocal()).isEqualTo(Ip6Address.valueOf("fe80::1"));
        assertThat(mag.link().accessTechnology()).isEqualTo(5);
        assertThat(mag.link().probeInterval()).isZero();
        assertThat(mag.node(node("anna@example.net")).settings().routerLifetime()).isEqualTo(30);
        assertProblem(node -> mag(node).putObject("homeLink").put("linkLocal", "2001:db8::1"),
                PATH + "/homeLink/linkLocal: '2001:db8::1' is not a link-local IPv6 address (not in fe80::/10)");
    }

    @Test
    @Requirement("PMIP10-6.2-2")
    void nodesThatSomebodyElseNamesCanHaveAProfile() {
        MagConfig mag = read(node -> mag(node).putObject("otherNodes").put("anchor", "lma").put("lifetime", 40));
        MagProfile other = mag.policy().profile("dora@example.net");
        assertThat(other.mobilityService()).isTrue();
        assertThat(other.anchor()).isEqualTo("lma");
        assertThat(other.lifetime()).isEqualTo(OptionalInt.of(10));
        assertProblem(node -> mag(node).putObject("otherNodes").put("anchor", "lma").put("id", "x"),
                PATH + "/otherNodes/id: unknown key; known here are anchor, grePolicy, ipv4HomeAddress, ipv4Service,"
                        + " ipv6Service, lifetime, prefixes");
    }

    private static ObjectNode plain(ObjectNode node, int gateway, String prefix) {
        return at(node, "gateways", gateway).putObject("plainAccess").put("prefix", prefix);
    }

    @Test
    @Requirement({"PMIP10-6.14-2", "PMIP10-6.14-4"})
    void nodesWithoutTheServiceMayGetPrefixesThatAreNobodysHome() {
        MagConfig mag = read(node -> {
            plain(node, 0, "2001:db8:900::/48").put("operator", 3);
            at(node, "mobileNodes", 2).put("plainAccess", true);
        });
        assertThat(mag.plainAccess("mag1").orElseThrow().pool().prefixAt(1))
                .isEqualTo(Ip6Prefix.valueOf("2001:db8:900:1::/64"));
        assertThat(mag.plainAccess("mag1").orElseThrow().domain()).isEqualTo(3);
        assertThat(mag.plainAccess("mag1").orElseThrow().nodesPerLink()).isEqualTo(256);
        assertThat(mag.plainAccess("mag2")).isEmpty();
        assertThat(mag.node(node("guest@example.net")).plainAccess()).isTrue();
        assertThat(mag.node(node("anna@example.net")).plainAccess()).isFalse();
        assertThat(mag.servesStrangers()).isFalse();
        MagConfig open = read(node -> {
            plain(node, 1, "2001:db8:900::/56");
            mag(node).put("plainAccess", true).put("unknownInterfaces", "plain");
        });
        assertThat(open.node(node("anna@example.net")).plainAccess()).isTrue();
        assertThat(open.servesStrangers()).isTrue();
        assertThat(open.plainAccess("mag2").orElseThrow().domain()).isZero();
    }

    @Test
    @Requirement("PMIP10-6.14-4")
    void visitedPrefixesAreChecked() {
        assertProblem(node -> mag(node).put("plainAccess", true), PATH + "/plainAccess: no gateway has prefixes for"
                + " it; name some under gateways/plainAccess");
        assertProblem(node -> mag(node).put("unknownInterfaces", "maybe"), PATH + "/unknownInterfaces: 'maybe' is not"
                + " refuse or plain (there is no third way)");
        assertProblem(node -> plain(node, 0, "2001:db8:900::/40"), PATH + "/gateways/0/plainAccess/prefix:"
                + " 2001:db8:900::/40 holds more than 65536 prefixes of /64; use one from /48 to /64");
        assertProblem(node -> plain(node, 0, "2001:db8:900::/64").put("length", 60), PATH
                + "/gateways/0/plainAccess/prefix: 2001:db8:900::/64 holds no prefixes of /60; use one from /44 to"
                + " /60");
        assertProblem(node -> plain(node, 0, "2001:db8:100::/56"), PATH + "/gateways: plainAccess of mag1,"
                + " 2001:db8:100::/56, overlaps 2001:db8:100::/64, a mobile node's home network");
        assertProblem(node -> {
            plain(node, 0, "2001:db8:900::/56");
            plain(node, 1, "2001:db8:900::/60");
        }, PATH + "/gateways: plainAccess of mag2, 2001:db8:900::/60, overlaps 2001:db8:900::/56 of another gateway");
        ObjectNode node = config();
        plain(node, 0, "2001:db8:fff:ff00::/56");
        node.set("lma", ConfigTexts.json("{'device': 'device:lma1', 'address': '2001:db8:0:1::1',"
                + "'mobileNodes': [{'id': 'a',"
                + " 'prefixes': ['2001:db8:fff:ff11::/64']}],"
                + "'pools': [{'name': 'home', 'prefix': '2001:db8::/36'}],"
                + "'mags': [{'name': 'mag2', 'address': '2001:db8:0:12::1'}]}"));
        ((ObjectNode) node.get("switches")).set("device:lma1", ConfigTexts.json("{'interfaces': ["
                + "{'port': 1, 'role': 'transport',"
                + " 'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1']}]}"));
        assertThat(PmipConfigParser.problems(node)).containsExactly(
                PATH + "/gateways: plainAccess of mag1, 2001:db8:fff:ff00::/56, overlaps 2001:db8::/36, from which the"
                        + " anchor assigns home network prefixes",
                PATH + "/gateways: plainAccess of mag1, 2001:db8:fff:ff00::/56, overlaps 2001:db8:fff:ff11::/64, from"
                        + " which the anchor assigns home network prefixes");
    }

    @Test
    void gatewaysMustFitTheirSwitches() {
        assertProblem(node -> mag(node).set("gateways", new ObjectMapper().createArrayNode()),
                PATH + "/gateways: no gateway to work for; name at least one");
        assertProblem(node -> at(node, "gateways", 1).put("device", "device:mag1").put("address", "2001:db8:0:11::1"),
                PATH + "/gateways/1/device: device:mag1 is another gateway's; one switch is one gateway");
        assertProblem(node -> at(node, "gateways", 1).put("device", "device:mag3"),
                PATH + "/gateways/1/device: device:mag3 has no entry under apps/org.pmip/pmip/switches");
        assertProblem(node -> at(node, "gateways", 1).put("address", "2001:db8:0:13::1"), PATH
                + "/gateways/1/address: 2001:db8:0:13::1 is no address of a transport interface of device:mag2");
        assertProblem(node -> at(node, "gateways", 1).put("name", "mag1"),
                PATH + "/gateways/1/name: mag1 is there twice");
        assertProblem(node -> at(node, "gateways", 1).put("name", "\u00fc".repeat(33)),
                PATH + "/gateways/1/name: has 66 octets in UTF-8; use at most 64");
        assertThat(read(node -> at(node, "gateways", 1).put("name", "\u00fc".repeat(32))).gateways()).hasSize(2);
        assertProblem(node -> ((ArrayNode) node.at("/switches/device:mag2/interfaces")).remove(1),
                PATH + "/gateways/1/device: device:mag2 has no interface of the role access");
        ObjectNode node = config();
        ((ObjectNode) node.at("/switches/device:mag2/interfaces/1")).put("mac", "00:00:5e:00:53:01");
        assertThat(PmipConfigParser.problems(node)).singleElement().asString()
                .startsWith(PATH + "/gateways: their access interfaces have different MAC addresses");
    }

    @Test
    void theAnchorsSwitchIsNoGateway() {
        ObjectNode node = config();
        node.set("lma", ConfigTexts.json("{'device': 'device:mag1', 'address': '2001:db8:0:11::1',"
                + "'pools': [{'name': 'home', 'prefix': '2001:db8:100::/40'}],"
                + "'mags': [{'name': 'mag2', 'address': '2001:db8:0:12::1'}]}"));
        assertThat(PmipConfigParser.problems(node)).containsExactly(PATH + "/gateways: mag1 is on the anchor's"
                + " switch, which cannot take in the tunnels that it begins; give it one of its own");
    }

    @Test
    void anchorsAndNodesAreChecked() {
        assertProblem(node -> at(node, "mobileNodes", 0).put("anchor", "lma9"),
                PATH + "/mobileNodes/0/anchor: lma9 is none of the anchors");
        assertProblem(node -> at(node, "mobileNodes", 0).remove("anchor"), PATH + "/mobileNodes/0/anchor: missing");
        assertProblem(node -> at(node, "mobileNodes", 0).put("id", "bert@example.net"),
                PATH + "/mobileNodes/1/id: bert@example.net is there twice");
        assertProblem(node -> at(node, "mobileNodes", 0).putArray("interfaces").add("00:00:5e:00:53:42"),
                PATH + "/mobileNodes/1/interfaces: 00:00:5E:00:53:42 is another node's");
        assertProblem(node -> at(node, "mobileNodes", 0).put("ipv6Service", false), PATH + "/mobileNodes/0/ipv6Service:"
                + " neither IPv6 nor IPv4 service; say mobilityService false for a node without");
        assertProblem(node -> at(node, "anchors", 0).put("forceUdp", true),
                PATH + "/anchors/0/forceUdp: means nothing without ipv4Address");
        assertProblem(node -> at(node, "anchors", 1).put("name", "lma"),
                PATH + "/anchors: lma is there twice",
                PATH + "/mobileNodes/1/anchor: lma4 is none of the anchors");
        assertProblem(node -> mag(node).put("grePolicy", "Keys"),
                PATH + "/grePolicy: 'Keys' is not a wish for GRE: none, mode-only, keys or keys-only");
        assertProblem(node -> at(node, "mobileNodes", 1).put("enableMagLocalRouting", "yes"),
                PATH + "/mobileNodes/1/enableMagLocalRouting: true or false is expected, not \"yes\"");
        assertThat(PmipConfigParser.problems(withUnknownKey())).singleElement().asString()
                .startsWith(PATH + "/mobileNodes/0/prefix: unknown key");
    }

    @Test
    void downlinkKeysAreOfOneRange() {
        assertThat(read(node -> { }).downlinkKeys()).satisfies(keys -> {
            assertThat(keys.first()).isEqualTo(1);
            assertThat(keys.last()).isEqualTo(0xffff_ffffL);
        });
        assertThat(read(node -> mag(node).putObject("downlinkKeys").put("first", 0).put("last", 99)).downlinkKeys()
                .last()).isEqualTo(99);
        assertProblem(node -> mag(node).putObject("downlinkKeys").put("first", 7).put("last", 6),
                PATH + "/downlinkKeys/last: 6 lies before first, 7");
        assertProblem(node -> mag(node).putObject("downlinkKeys").put("first", 7),
                PATH + "/downlinkKeys/last: missing");
    }

    private static ObjectNode withUnknownKey() {
        ObjectNode node = config();
        at(node, "mobileNodes", 0).put("prefix", "2001:db8:100::/64");
        return node;
    }
}
