// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onosproject.net.DeviceId;
import org.pmip.onos.config.PmipConfig.Gateway;
import org.pmip.onos.config.PmipConfig.SwitchConfig;
import org.pmip.protocol.lma.GrePolicy;
import org.pmip.protocol.lma.Ipv4Pool;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.LmaPolicy.MagPolicy;
import org.pmip.protocol.lma.MobileNodeProfile;
import org.pmip.protocol.lma.NumberRuns;
import org.pmip.protocol.lma.OperatorAddress;
import org.pmip.protocol.lma.PrefixPool;

/** Reads the section {@code lma} of the configuration. Not thread-safe. */
final class LmaSection {

    private static final long LEAST_MTU = 1_280;
    private static final long DEFAULT_MTU = 1_500;
    private static final long GREATEST_MTU = 9_216;
    static final int LAST_OPERATOR = 65_535;
    static final String GRE_WORDS = "a GRE policy: not-required, mode-only, keys or as-requested";
    static final String SUBNET_EXAMPLE = "an IPv4 prefix such as 10.1.0.0/16";
    static final String PREFIX_EXAMPLE = "an IPv6 prefix such as 2001:db8:100::/40";

    private final JsonSection section;
    private final LmaParameters defaults;
    private boolean ipv6Service;
    private boolean ipv4Service;
    private boolean localRouting;
    private final Map<String, Boolean> localRoutingByNode = new LinkedHashMap<>();

    /** Makes it; protocol variables that the section does not name have their values from the defaults. */
    LmaSection(JsonSection section, LmaParameters defaults) {
        this.section = section;
        this.defaults = defaults;
    }

    Optional<PmipConfig.Lma> read(Map<DeviceId, SwitchConfig> switches) {
        Optional<DeviceId> device = section.parsed("device", true, "a device identifier", DeviceId::deviceId);
        Optional<Ip6Address> address = section.parsed("address", true, "an IPv6 address", Ip6Address::valueOf);
        Optional<Ip4Address> ipv4Address =
                section.parsed("ipv4Address", false, "an IPv4 address", Ip4Address::valueOf);
        if (device.isPresent() && !switches.containsKey(device.get())) {
            section.problem("device", device.get() + " has no entry under apps/org.pmip/pmip/switches");
        } else if (device.isPresent()) {
            address.ifPresent(own -> mustBeLocal("address", own, device.get(), switches));
            ipv4Address.ifPresent(own -> mustBeLocal("ipv4Address", own, device.get(), switches));
        }
        GrePolicy gre = section.parsed("grePolicy", false, GRE_WORDS, GrePolicy::ofWord)
                .orElse(GrePolicy.AS_REQUESTED);
        List<PrefixPool> pools = PoolSection.prefixes(section);
        List<Ipv4Pool> ipv4Pools = PoolSection.addresses(section);
        List<Gateway> gateways = GatewaySection.read(section);
        Map<IpAddress, MagPolicy> policies = new LinkedHashMap<>();
        for (Gateway gateway : gateways) {
            for (IpAddress one : gateway.addresses()) {
                policies.put(one, gateway.policy());
                if (address.filter(one::equals).isPresent() || ipv4Address.filter(one::equals).isPresent()) {
                    section.problem("mags", one + " is the anchor's own address");
                }
                if (one.isIp4() && ipv4Address.isEmpty() && !section.has("ipv4Address")) {
                    section.problem("ipv4Address", "missing; " + gateway.policy().name() + " comes over IPv4");
                }
            }
        }
        ipv6Service = section.flag("ipv6Service").orElse(true);
        ipv4Service = section.flag("ipv4Service").orElse(false);
        localRouting = section.flag("enableMagLocalRouting").orElse(true);
        int mtu = section.number("mtu", false, LEAST_MTU, GREATEST_MTU).orElse(DEFAULT_MTU).intValue();
        Map<String, MobileNodeProfile> profiles = profiles(ipv4Pools);
        LmaParameters parameters = ParametersSection.read(section, defaults);
        Optional<MobileNodeProfile> unknown = unknownMobileNodes();
        KeyRange keys = KeyRange.read(section, "uplinkKeys");
        section.nothingElse();
        device.map(switches::get).ifPresent(one -> mustBeOurs(one, pools, ipv4Pools, profiles));
        if (device.isEmpty() || address.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PmipConfig.Lma(device.get(), address.get(), ipv4Address,
                new LmaPolicy(policies, profiles, unknown, gre, pools, ipv4Pools), parameters, keys, gateways,
                new PmipConfig.LocalRouting(localRouting, localRoutingByNode), mtu));
    }

    private Optional<MobileNodeProfile> unknownMobileNodes() {
        String word = section.text("unknownMobileNodes", false).orElse("accept");
        if (!word.equals("accept") && !word.equals("refuse")) {
            section.problem("unknownMobileNodes", "'" + word + "' is neither accept nor refuse");
        }
        return word.equals("refuse") ? Optional.empty() : Optional.of(new MobileNodeProfile(true, List.of(),
                Optional.empty(), OptionalInt.empty(), 1).withServices(ipv6Service, ipv4Service, Optional.empty()));
    }

    private void mustBeLocal(String key, IpAddress own, DeviceId device, Map<DeviceId, SwitchConfig> switches) {
        boolean local = switches.get(device).interfaces().stream().filter(one -> one.domain() == 0)
                .anyMatch(one -> one.addresses().contains(own));
        if (!local) {
            section.problem(key, own + " is no address of a transport interface of " + device);
        }
    }

    /** Who draws traffic for what it does not have makes a hole for others to fall into. */
    private void mustBeOurs(SwitchConfig anchor, List<PrefixPool> pools, List<Ipv4Pool> ipv4Pools,
                            Map<String, MobileNodeProfile> profiles) {
        for (Interface one : anchor.interfaces()) {
            for (IpPrefix announced : one.announced()) {
                boolean ours = pools.stream().anyMatch(pool -> touch(announced, pool.prefix()))
                        || ipv4Pools.stream().anyMatch(pool -> pool.operator() == one.domain()
                                && touch(announced, pool.subnet()))
                        || profiles.values().stream().filter(profile -> profile.operator() == one.domain())
                                .flatMap(profile -> profile.homeNetworkPrefixes().stream())
                                .anyMatch(prefix -> touch(announced, prefix));
                if (!ours) {
                    section.problem("pools", "port " + one.port() + " announces " + announced
                            + ", in which the anchor has no pool and no node of operator " + one.domain()
                            + " a prefix");
                }
            }
        }
    }

    private static boolean touch(IpPrefix one, IpPrefix other) {
        return one.contains(other) || other.contains(one);
    }

    private Map<String, MobileNodeProfile> profiles(List<Ipv4Pool> ipv4Pools) {
        Map<String, MobileNodeProfile> profiles = new LinkedHashMap<>();
        NumberRuns assigned = new NumberRuns();
        Set<OperatorAddress> addresses = new HashSet<>();
        section.objects("mobileNodes", one -> {
            Optional<String> id = one.text("id", true);
            boolean service = one.flag("mobilityService").orElse(true);
            List<Ip6Prefix> prefixes = one.texts("prefixes", PREFIX_EXAMPLE, Ip6Prefix::valueOf);
            Optional<GrePolicy> gre = one.parsed("grePolicy", false, GRE_WORDS, GrePolicy::ofWord);
            Optional<Long> cap = one.number("lifetimeCap", false, 4, 262_140);
            int operator = one.number("operator", false, 1, LAST_OPERATOR).orElse(1L).intValue();
            for (Ip6Prefix prefix : prefixes) {
                if (prefix.prefixLength() > 64) {
                    one.problem("prefixes", prefix + " is longer than /64");
                }
                if (assigned.touches(prefix)) {
                    one.problem("prefixes", prefix + " overlaps a prefix of another mobile node");
                }
                assigned.add(prefix);
            }
            boolean ipv6 = one.flag("ipv6Service").orElse(ipv6Service);
            Optional<Boolean> ipv4 = one.flag("ipv4Service");
            Optional<Boolean> local = one.flag("enableMagLocalRouting");
            Optional<Ip4Address> home =
                    one.parsed("ipv4HomeAddress", false, "an IPv4 address", Ip4Address::valueOf);
            if (home.isPresent()) {
                if (!ipv4.orElse(true)) {
                    one.problem("ipv4HomeAddress", "means nothing without ipv4Service");
                }
                if (ipv4Pools.stream().noneMatch(pool -> pool.operator() == operator && pool.assigns(home.get()))) {
                    one.problem("ipv4HomeAddress", home.get() + " is in none of ipv4Pools of operator " + operator
                            + ", which tell its subnet and default router");
                }
                if (!addresses.add(new OperatorAddress(operator, home.get()))) {
                    one.problem("ipv4HomeAddress", home.get() + " belongs to another mobile node of operator "
                            + operator);
                }
            }
            id.ifPresent(name -> {
                localRoutingByNode.put(name, local.orElse(localRouting));
                MobileNodeProfile profile = new MobileNodeProfile(service, prefixes, gre,
                        cap.map(seconds -> OptionalInt.of(seconds.intValue())).orElse(OptionalInt.empty()), operator)
                        .withServices(ipv6, ipv4.orElse(ipv4Service || home.isPresent()), home);
                if (profiles.put(name, profile) != null) {
                    one.problem("id", "'" + name + "' is there twice");
                }
            });
            return id;
        });
        return profiles;
    }
}
