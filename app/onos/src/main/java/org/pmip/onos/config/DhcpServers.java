// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.DeviceId;
import org.pmip.onos.config.PmipConfig.SwitchConfig;
import org.pmip.protocol.lma.Ipv4Pool;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.PrefixPool;
import org.pmip.protocol.lma.Routable;

/**
 * Whether the DHCP servers that gateways relay to can be where relayed messages go: in the transport network (RFC 5844
 * section 3.4.2, draft-ietf-netlmm-proxymip6-10 section 6.11). Stateless.
 */
final class DhcpServers {

    private DhcpServers() {
    }

    /** Reads a list of servers, each of which must be one that a gateway can send to and hear from. */
    static <T extends IpAddress> List<T> read(JsonSection home, String key, String expected,
                                              Function<String, T> parse) {
        List<T> servers = home.texts(key, expected, text -> {
            T address = parse.apply(text);
            if (!Routable.is(address)) {
                // Switches route nothing else, and an answer comes from a server's own address.
                throw new IllegalArgumentException("name each server by a unicast address that is routed");
            }
            return address;
        });
        Set<T> known = new HashSet<>();
        servers.stream().filter(server -> !known.add(server)).forEach(server ->
                home.problem(key, server + " is there twice; take one out, each server is asked once"));
        return servers;
    }

    /**
     * Says of which servers it is certain that gateways cannot reach them.
     *
     * @param gateways the switches of the gateways, by name; those without an entry of their own are passed over
     */
    static void checkWays(JsonSection home, String key, List<? extends IpAddress> servers,
                          Map<String, DeviceId> gateways, Map<DeviceId, SwitchConfig> switches) {
        for (IpAddress server : servers) {
            Optional<DeviceId> own = switches.keySet().stream().filter(device -> has(switches.get(device), server))
                    .min(Comparator.comparing(DeviceId::toString));
            if (own.isPresent()) {
                home.problem(key, server + " is an address of " + own.get() + ", which is no DHCP server; name the"
                        + " server's own");
                continue;
            }
            gateways.forEach((name, device) -> Optional.ofNullable(switches.get(device)).flatMap(one ->
                    obstacle(one, server, name, device)).ifPresent(text -> home.problem(key, text)));
        }
    }

    private static boolean has(SwitchConfig one, IpAddress address) {
        return one.interfaces().stream().anyMatch(port -> port.domain() == 0 && port.addresses().contains(address));
    }

    private static Optional<String> obstacle(SwitchConfig own, IpAddress server, String gateway, DeviceId device) {
        Optional<Route> route = own.routes().stream()
                .filter(one -> one.domain() == 0 && one.prefix().contains(server))
                .max(Comparator.comparingInt(one -> one.prefix().prefixLength()));
        if (route.isEmpty()) {
            return Optional.of(server + " has no route at " + gateway + "; give one without operator under switches/"
                    + device + "/routes, for relayed messages go through the transport network");
        }
        return own.interfaces().stream().filter(port -> port.port() == route.get().port()
                && port.role() == Interface.Role.ACCESS).findFirst().map(port -> server + " is routed to mobile nodes"
                + " at " + gateway + ", out of port " + port.port() + "; let the route to " + route.get().prefix()
                + " under switches/" + device + "/routes lead out of a transport interface");
    }

    /** What is wrong with servers that stand where the anchor's mobile nodes are, a line each behind a path. */
    static List<String> amongNodes(String path, MagConfig.LinkPart link, LmaPolicy policy) {
        List<String> problems = new ArrayList<>();
        Stream.concat(policy.pools().stream().map(PrefixPool::prefix), policy.reservedPrefixes().stream())
                .forEach(home -> link.dhcpv6Servers().stream().filter(home::contains).forEach(server ->
                        problems.add(path + "/dhcpv6Servers: " + inside(server, home))));
        policy.ipv4Pools().stream().map(Ipv4Pool::subnet).distinct()
                .forEach(home -> link.dhcpv4Servers().stream().filter(home::contains).forEach(server ->
                        problems.add(path + "/dhcpv4Servers: " + inside(server, home))));
        return problems;
    }

    private static String inside(IpAddress server, IpPrefix home) {
        return server + " lies in " + home + ", from which the anchor gives mobile nodes their addresses, so that it is"
                + " looked for in a tunnel; name a server of the transport network";
    }
}
