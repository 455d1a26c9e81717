// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;

/** DHCP servers that messages of mobile nodes are relayed to: those that cannot work are refused, with the way out. */
class DhcpServersTest {

    private static final String LINK = "apps/org.pmip/pmip/mag/homeLink";
    private static final String SERVER = "192.0.2.67";
    private static final String SERVER_6 = "2001:db8:0:53::1";

    private static String gateway(int number) {
        return "'device:mag" + number + "': {'interfaces': ["
                + "{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:1" + number + "',"
                + " 'addresses': ['2001:db8:0:1" + number + "::1', '198.51.100.1" + number + "']},"
                + "{'port': 2, 'role': 'access', 'mac': '00:00:5e:00:52:13'}],"
                + "'routes': [{'prefix': '192.0.2.0/24', 'port': 1, 'nextHop': '00:00:5e:00:53:01'},"
                + "{'prefix': '2001:db8:0::/48', 'port': 1, 'nextHop': '00:00:5e:00:53:01'}]}";
    }

    /** An anchor and two gateways with a way to the servers. */
    private static ObjectNode config() {
        return ConfigTexts.json("{'lma': {'device': 'device:lma1', 'address': '2001:db8:0:1::1',"
                + "'pools': [{'name': 'home', 'prefix': '2001:db8:100::/40'}], 'ipv4Service': true,"
                + "'ipv4Pools': [{'name': 'home4', 'subnet': '10.1.0.0/16', 'defaultRouter': '10.1.0.1'},"
                + " {'name': 'second', 'operator': 2, 'subnet': '10.1.0.0/16', 'defaultRouter': '10.1.0.1'}],"
                + "'mobileNodes': [{'id': 'anna@example.net', 'prefixes': ['2001:db8:fff::/64']}],"
                + "'mags': [{'address': '2001:db8:0:11::1'}, {'address': '2001:db8:0:12::1'}]},"
                + "'mag': {'gateways': ["
                + "{'name': 'one', 'device': 'device:mag1', 'address': '2001:db8:0:11::1',"
                + " 'ipv4Address': '198.51.100.11'},"
                + "{'name': 'two', 'device': 'device:mag2', 'address': '2001:db8:0:12::1',"
                + " 'ipv4Address': '198.51.100.12'}],"
                + "'anchors': [{'name': 'lma', 'address': '2001:db8:0:1::1'}],"
                + "'homeLink': {'dhcpv4RelayAddress': 'gateway', 'dhcpv4Servers': ['" + SERVER + "'],"
                + " 'dhcpv6Servers': ['" + SERVER_6 + "', '2001:db8:0:53::2']}},"
                + "'switches': {'device:lma1': {'interfaces': ["
                + "{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1']},"
                + "{'port': 2, 'role': 'home', 'mac': '00:00:5e:00:53:02', 'addresses': ['" + SERVER + "']}]},"
                + gateway(1) + "," + gateway(2) + "}}");
    }

    private static ObjectNode link(ObjectNode node) {
        return (ObjectNode) node.at("/mag/homeLink");
    }

    private static ArrayNode routes(ObjectNode node, int gateway) {
        return (ArrayNode) node.at("/switches/device:mag" + gateway + "/routes");
    }

    private static void assertProblem(Consumer<ObjectNode> change, String... expected) {
        ConfigTexts.assertProblem(config(), change, expected);
    }

    @Test
    void serversOfTheTransportNetworkAreTaken() {
        // That the anchor's switch has the same address in an operator's network is no contradiction.
        MagConfig.LinkPart link = PmipConfigParser.parse(config()).mag().orElseThrow().link();
        assertThat(link.relaysDhcpv4()).isTrue();
        assertThat(link.dhcpv4Servers()).containsExactly(Ip4Address.valueOf(SERVER));
        assertThat(link.dhcpv4(Ip4Address.valueOf("198.51.100.12"))).isPresent();
        assertThat(link.dhcpv6Servers()).containsExactly(Ip6Address.valueOf(SERVER_6),
                Ip6Address.valueOf("2001:db8:0:53::2"));
        ObjectNode without = config();
        link(without).remove(java.util.List.of("dhcpv4Servers", "dhcpv4RelayAddress"));
        assertThat(PmipConfigParser.parse(without).mag().orElseThrow().link()
                .dhcpv4(Ip4Address.valueOf("198.51.100.12"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "127.0.0.1", "224.0.0.12", "169.254.1.1", "255.255.255.255"})
    void anAddressThatIsNoServersIsRefused(String address) {
        assertProblem(node -> link(node).putArray("dhcpv4Servers").add(SERVER).add(address), LINK
                + "/dhcpv4Servers/1: '" + address + "' is not the IPv4 address of a server (name each server by a"
                + " unicast address that is routed)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::", "::1", "ff05::1:3", "ff02::1:2", "fe80::53"})
    void anIpv6AddressThatIsNoServersIsRefused(String address) {
        assertProblem(node -> link(node).putArray("dhcpv6Servers").add(address), LINK + "/dhcpv6Servers/0: '" + address
                + "' is not the IPv6 address of a server (name each server by a unicast address that is routed)");
    }

    @Test
    void theOtherFamilyIsRefused() {
        ObjectNode node = config();
        link(node).putArray("dhcpv4Servers").add(SERVER_6);
        link(node).putArray("dhcpv6Servers").add(SERVER);
        assertThat(PmipConfigParser.problems(node)).satisfiesExactlyInAnyOrder(
                one -> assertThat(one).startsWith(LINK + "/dhcpv4Servers/0: '" + SERVER_6
                        + "' is not the IPv4 address of a server"),
                one -> assertThat(one).startsWith(LINK + "/dhcpv6Servers/0: '" + SERVER
                        + "' is not the IPv6 address of a server"),
                // As if there were none.
                one -> assertThat(one).isEqualTo(LINK + "/dhcpv4RelayAddress: means nothing without dhcpv4Servers"));
    }

    @Test
    void aServerIsThereOnce() {
        assertProblem(node -> link(node).putArray("dhcpv4Servers").add(SERVER).add(SERVER), LINK + "/dhcpv4Servers: "
                + SERVER + " is there twice; take one out, each server is asked once");
        assertProblem(node -> link(node).putArray("dhcpv6Servers").add(SERVER_6).add("2001:db8:0:53:0:0:0:1"), LINK
                + "/dhcpv6Servers: " + SERVER_6 + " is there twice; take one out, each server is asked once");
    }

    @Test
    void aGatewayOrAnchorIsNoServer() {
        assertProblem(node -> link(node).putArray("dhcpv4Servers").add("198.51.100.12"), LINK + "/dhcpv4Servers:"
                + " 198.51.100.12 is an address of device:mag2, which is no DHCP server; name the server's own");
        assertProblem(node -> link(node).putArray("dhcpv6Servers").add("2001:db8:0:1::1"), LINK + "/dhcpv6Servers:"
                + " 2001:db8:0:1::1 is an address of device:lma1, which is no DHCP server; name the server's own");
    }

    @Test
    void eachGatewayNeedsAWayThroughTheTransportNetwork() {
        assertProblem(node -> routes(node, 2).remove(0), LINK + "/dhcpv4Servers: " + SERVER + " has no route at two;"
                + " give one without operator under switches/device:mag2/routes, for relayed messages go through the"
                + " transport network");
        assertProblem(node -> ((ObjectNode) routes(node, 2).get(0)).put("operator", 1), LINK + "/dhcpv4Servers: "
                + SERVER + " has no route at two; give one without operator under switches/device:mag2/routes, for"
                + " relayed messages go through the transport network");
        assertProblem(node -> link(node).putArray("dhcpv6Servers").add("2001:db8:8000::1"),
                LINK + "/dhcpv6Servers: 2001:db8:8000::1 has no route at one; give one without operator under"
                        + " switches/device:mag1/routes, for relayed messages go through the transport network",
                LINK + "/dhcpv6Servers: 2001:db8:8000::1 has no route at two; give one without operator under"
                        + " switches/device:mag2/routes, for relayed messages go through the transport network");
    }

    @Test
    void theMostExactRouteCounts() {
        Consumer<ObjectNode> toNodes = node -> routes(node, 1).addObject().put("prefix", SERVER + "/32").put("port", 2)
                .put("nextHop", "00:00:5e:00:53:67");
        assertProblem(toNodes, LINK + "/dhcpv4Servers: " + SERVER + " is routed to mobile nodes at one, out of port 2;"
                + " let the route to " + SERVER + "/32 under switches/device:mag1/routes lead out of a transport"
                + " interface");
        assertProblem(toNodes.andThen(node -> ((ObjectNode) routes(node, 1).get(2)).put("prefix", "192.0.0.0/16")));
    }

    @Test
    void serversAreNotAmongTheNodes() {
        Consumer<ObjectNode> anywhere = node -> {
            for (int gateway = 1; gateway <= 2; gateway++) {
                routes(node, gateway).addObject().put("prefix", "10.0.0.0/8").put("port", 1)
                        .put("nextHop", "00:00:5e:00:53:01");
                routes(node, gateway).addObject().put("prefix", "::/0").put("port", 1)
                        .put("nextHop", "00:00:5e:00:53:01");
            }
        };
        String why = ", from which the anchor gives mobile nodes their addresses, so that it is looked for in a tunnel;"
                + " name a server of the transport network";
        assertProblem(anywhere.andThen(node -> link(node).putArray("dhcpv4Servers").add("10.1.0.1")),
                LINK + "/dhcpv4Servers: 10.1.0.1 lies in 10.1.0.0/16" + why);
        assertProblem(anywhere.andThen(node -> link(node).putArray("dhcpv6Servers").add("2001:db8:123::1")
                        .add("2001:db8:fff::1")),
                LINK + "/dhcpv6Servers: 2001:db8:123::1 lies in 2001:db8:100::/40" + why,
                LINK + "/dhcpv6Servers: 2001:db8:fff::1 lies in 2001:db8:fff::/64" + why);
        assertProblem(anywhere.andThen(node -> link(node).putArray("dhcpv4Servers").add("10.2.0.1")));
    }

    @Test
    void whoRelaysNeedsAnAddressToRelayFrom() {
        assertProblem(node -> ((ObjectNode) node.at("/mag/gateways/1")).remove("ipv4Address"),
                "apps/org.pmip/pmip/mag/gateways/1/ipv4Address: missing; homeLink/dhcpv4Servers are asked from there");
        assertProblem(node -> link(node).remove("dhcpv4Servers"),
                LINK + "/dhcpv4RelayAddress: means nothing without dhcpv4Servers");
        assertProblem(node -> link(node).put("dhcpv4RelayAddress", "any"),
                LINK + "/dhcpv4RelayAddress: 'any' is not default-router or gateway (servers answer to one of them)");
    }
}
