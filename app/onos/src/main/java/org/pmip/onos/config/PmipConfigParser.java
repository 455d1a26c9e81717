// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.DeviceId;
import org.pmip.onos.config.PmipConfig.SwitchConfig;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.PrefixPool;
import org.pmip.protocol.mag.MagParameters;

/**
 * Reads the network configuration under {@code apps/org.pmip/pmip} and says all that is wrong with it, one
 * line a problem, each with the path of the value. Pure; safe for use from any thread.
 */
public final class PmipConfigParser {

    /** Where the configuration stands in the network configuration. */
    static final String ROOT = "apps/org.pmip/pmip";
    /** The greatest port number that the pipeline knows, its CPU port apart. */
    private static final int LAST_PORT = 510;
    private static final int LAST_OPERATOR = 65_535;
    private static final int LAST_VLAN = 4_094;
    private static final long DEFAULT_PUNT_LIMIT = 10_000;
    private static final long GREATEST_PUNT_LIMIT = 1_000_000;

    /** What counts for gateways by itself: they are all of the domain. */
    static final MagParameters GATEWAYS = MagParameters.DEFAULTS.withContextCoversDomain(true);

    private final List<String> problems = new ArrayList<>();

    private final LmaParameters defaults;
    private final MagParameters gatewayDefaults;

    private PmipConfigParser(LmaParameters defaults, MagParameters gatewayDefaults) {
        this.defaults = defaults;
        this.gatewayDefaults = gatewayDefaults;
    }

    /**
     * Says what is wrong with a configuration.
     *
     * @param node the object under {@code apps/org.pmip/pmip}
     * @return a line for each problem; empty if there is none
     */
    public static List<String> problems(JsonNode node) {
        PmipConfigParser parser = new PmipConfigParser(LmaParameters.DEFAULTS, GATEWAYS);
        parser.read(node);
        return parser.problems;
    }

    /**
     * Reads a configuration.
     *
     * @param node the object under {@code apps/org.pmip/pmip}
     * @throws IllegalArgumentException with all problems, a line each
     */
    public static PmipConfig parse(JsonNode node) {
        return parse(node, LmaParameters.DEFAULTS, GATEWAYS);
    }

    /**
     * Reads a configuration. Whether it is valid does not depend on the defaults.
     *
     * @param node the object under {@code apps/org.pmip/pmip}
     * @param defaults protocol variables of the anchor that it does not name
     * @param gatewayDefaults protocol variables of gateways that it does not name
     * @throws IllegalArgumentException with all problems, a line each
     */
    public static PmipConfig parse(JsonNode node, LmaParameters defaults, MagParameters gatewayDefaults) {
        PmipConfigParser parser = new PmipConfigParser(defaults, gatewayDefaults);
        PmipConfig config = parser.read(node);
        if (!parser.problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", parser.problems));
        }
        return config;
    }

    private PmipConfig read(JsonNode node) {
        JsonSection root = JsonSection.root(ROOT, node, problems);
        Map<DeviceId, SwitchConfig> switches = new LinkedHashMap<>();
        root.object("switches", false).ifPresent(section -> {
            for (String name : section.names()) {
                section.object(name, true).ifPresent(one -> switches.put(deviceId(section, name), switchConfig(one)));
            }
        });
        Optional<PmipConfig.Lma> lma = root.object("lma", false)
                .flatMap(section -> new LmaSection(section, defaults).read(switches));
        Optional<MagConfig> mag = root.object("mag", false)
                .flatMap(section -> new MagSection(section, gatewayDefaults).read(switches));
        root.nothingElse();
        lma.ifPresent(anchor -> mag.ifPresent(all -> all.gateways().stream()
                .filter(one -> anchor.device().equals(all.device(one.name()))).forEach(one -> problems.add(ROOT
                        + "/mag/gateways: " + one.name() + " is on the anchor's switch, which cannot take in the "
                        + "tunnels that it begins; give it one of its own"))));
        lma.ifPresent(anchor -> mag.ifPresent(all -> all.gateways().forEach(one -> all.plainAccess(one.name())
                .ifPresent(access -> visitedIsNotHome(one.name(), access.pool().prefix(), anchor.policy())))));
        lma.ifPresent(anchor -> mag.ifPresent(all -> problems.addAll(
                DhcpServers.amongNodes(ROOT + "/mag/homeLink", all.link(), anchor.policy()))));
        return new PmipConfig(lma, mag, switches);
    }

    private void visitedIsNotHome(String gateway, Ip6Prefix visited, LmaPolicy policy) {
        Stream.concat(policy.pools().stream().map(PrefixPool::prefix), policy.reservedPrefixes().stream())
                .filter(home -> home.contains(visited) || visited.contains(home))
                .forEach(home -> problems.add(ROOT + "/mag/gateways: plainAccess of " + gateway + ", " + visited
                        + ", overlaps " + home + ", from which the anchor assigns home network prefixes"));
    }

    private static DeviceId deviceId(JsonSection section, String name) {
        try {
            return DeviceId.deviceId(name);
        } catch (IllegalArgumentException e) {
            section.problem(name, "'" + name + "' is not a device identifier such as device:lma1");
            return DeviceId.NONE;
        }
    }

    private static SwitchConfig switchConfig(JsonSection section) {
        List<Interface> interfaces = section.objects("interfaces", PmipConfigParser::readInterface);
        if (interfaces.isEmpty()) {
            section.problem("interfaces", "a switch needs at least one interface");
        }
        Set<Integer> ports = new HashSet<>();
        Set<String> addresses = new HashSet<>();
        for (Interface one : interfaces) {
            if (!ports.add(one.port())) {
                section.problem("interfaces", "port " + one.port() + " is there twice");
            }
            for (IpAddress address : one.addresses()) {
                // Operators may use the same addresses.
                if (!addresses.add(one.domain() + " " + address)) {
                    section.problem("interfaces", "address " + address + " is there twice");
                }
            }
        }
        List<Route> routes = section.objects("routes", PmipConfigParser::readRoute);
        Set<String> targets = new HashSet<>();
        for (Route route : routes) {
            if (!ports.contains(route.port())) {
                section.problem("routes", "the route to " + route.prefix() + " leads out of port " + route.port()
                        + ", which is no interface");
            }
            if (!targets.add(route.domain() + " " + route.prefix())) {
                section.problem("routes", "there are two routes to " + route.prefix());
            }
        }
        int puntLimit = section.number("puntLimit", false, 1, GREATEST_PUNT_LIMIT).orElse(DEFAULT_PUNT_LIMIT)
                .intValue();
        section.nothingElse();
        return new SwitchConfig(interfaces, routes, puntLimit);
    }

    private static Optional<Interface> readInterface(JsonSection section) {
        Optional<Integer> port = section.number("port", true, 1, LAST_PORT).map(Long::intValue);
        Optional<Interface.Role> role = section.parsed("role", true, "transport, home or access",
                text -> Interface.Role.valueOf(lowerCase(text)));
        Optional<MacAddress> mac = section.parsed("mac", true, "a MAC address such as 00:00:5e:00:53:01",
                MacAddress::valueOf);
        List<IpAddress> addresses = section.texts("addresses", "an IPv6 or IPv4 address", IpAddress::valueOf);
        Optional<Long> operator = section.number("operator", false, 1, LAST_OPERATOR);
        if (role.isPresent() && role.get() == Interface.Role.TRANSPORT && operator.isPresent()) {
            section.problem("operator", "the transport network belongs to no operator; leave the key out");
        }
        boolean access = role.filter(Interface.Role.ACCESS::equals).isPresent();
        if (access && !addresses.isEmpty()) {
            section.problem("addresses",
                    "the router of mobile nodes has the addresses that the gateway gives it; leave the key out");
        }
        List<Integer> vlans = section.has("vlans")
                ? section.numbers("vlans", 0, LAST_VLAN).stream().map(Long::intValue).collect(Collectors.toList())
                : List.of(0);
        if (!access && section.has("vlans")) {
            section.problem("vlans", "only access interfaces are divided into VLANs; leave the key out");
        } else if (vlans.isEmpty()) {
            section.problem("vlans", "an access interface needs at least one; 0 stands for untagged frames");
        }
        List<IpPrefix> announced = section.texts("announce", "an IPv6 or IPv4 prefix such as 2001:db8:100::/40",
                IpPrefix::valueOf);
        if (role.isPresent() && role.get() != Interface.Role.HOME && !announced.isEmpty()) {
            section.problem("announce", "the way to home networks is told at interfaces of the role home only");
        }
        if (announced.stream().anyMatch(IpPrefix::isIp4) && addresses.stream().noneMatch(IpAddress::isIp4)) {
            section.problem("announce", "an IPv4 prefix needs an IPv4 address among addresses, to come from");
        }
        if (port.isEmpty() || role.isEmpty() || mac.isEmpty()) {
            return Optional.empty();
        }
        int domain = role.get() == Interface.Role.TRANSPORT ? 0 : operator.orElse(1L).intValue();
        return Optional.of(new Interface(port.get(), role.get(), mac.get(), addresses, domain, vlans, announced));
    }

    private static String lowerCase(String text) {
        if (!text.equals(text.toLowerCase(java.util.Locale.ROOT))) {
            throw new IllegalArgumentException(text);
        }
        return text.toUpperCase(java.util.Locale.ROOT);
    }

    private static Optional<Route> readRoute(JsonSection section) {
        Optional<IpPrefix> prefix = section.parsed("prefix", true,
                "an IPv6 or IPv4 prefix such as 2001:db8::/32 or 192.0.2.0/24", IpPrefix::valueOf);
        Optional<Integer> port = section.number("port", true, 1, LAST_PORT).map(Long::intValue);
        Optional<MacAddress> nextHop = section.parsed("nextHop", true, "a MAC address such as 00:00:5e:00:53:01",
                MacAddress::valueOf);
        int domain = section.number("operator", false, 1, LAST_OPERATOR).map(Long::intValue).orElse(0);
        if (prefix.isEmpty() || port.isEmpty() || nextHop.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Route(domain, prefix.get(), port.get(), nextHop.get()));
    }
}
