// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.lma.Ipv4Pool;
import org.pmip.protocol.lma.PrefixPool;

/** Reads the pools of a configuration. Stateless. */
final class PoolSection {

    private PoolSection() {
    }

    static List<PrefixPool> prefixes(JsonSection lma) {
        Set<String> names = new HashSet<>();
        List<PrefixPool> pools = lma.objects("pools", one -> {
            String name = name(one, names);
            Optional<Ip6Prefix> prefix = one.parsed("prefix", true, LmaSection.PREFIX_EXAMPLE, Ip6Prefix::valueOf);
            int length = one.number("length", false, 1, 64).orElse(64L).intValue();
            List<Ip6Prefix> exclusions = one.texts("exclusions", LmaSection.PREFIX_EXAMPLE, Ip6Prefix::valueOf);
            if (prefix.isEmpty()) {
                return Optional.empty();
            }
            for (Ip6Prefix exclusion : exclusions) {
                if (!prefix.get().contains(exclusion)) {
                    one.problem("exclusions", exclusion + " lies outside of " + prefix.get());
                }
            }
            try {
                return Optional.of(new PrefixPool(name, prefix.get(), length, exclusions));
            } catch (IllegalArgumentException e) {
                one.problem("length", e.getMessage());
                return Optional.empty();
            }
        });
        for (int i = 0; i < pools.size(); i++) {
            for (int j = 0; j < i; j++) {
                Ip6Prefix here = pools.get(i).prefix();
                Ip6Prefix there = pools.get(j).prefix();
                if (here.contains(there) || there.contains(here)) {
                    lma.problem("pools", "'" + pools.get(i).name() + "' " + here + " overlaps '"
                            + pools.get(j).name() + "' " + there);
                }
            }
        }
        return pools;
    }

    static List<Ipv4Pool> addresses(JsonSection lma) {
        Set<String> names = new HashSet<>();
        List<Ipv4Pool> pools = lma.objects("ipv4Pools", one -> {
            String name = name(one, names);
            int operator = one.number("operator", false, 1, LmaSection.LAST_OPERATOR).orElse(1L).intValue();
            Optional<Ip4Prefix> subnet = one.parsed("subnet", true, LmaSection.SUBNET_EXAMPLE, Ip4Prefix::valueOf);
            Optional<Ip4Address> router = one.parsed("defaultRouter", true, "an IPv4 address", Ip4Address::valueOf);
            List<Ip4Prefix> exclusions = one.texts("exclusions", LmaSection.SUBNET_EXAMPLE, Ip4Prefix::valueOf);
            if (subnet.isEmpty() || router.isEmpty()) {
                return Optional.empty();
            }
            for (Ip4Prefix exclusion : exclusions) {
                if (!subnet.get().contains(exclusion)) {
                    one.problem("exclusions", exclusion + " lies outside of " + subnet.get());
                }
            }
            try {
                return Optional.of(new Ipv4Pool(name, operator, subnet.get(), router.get(), exclusions));
            } catch (IllegalArgumentException e) {
                one.problem("", e.getMessage());
                return Optional.empty();
            }
        });
        for (int i = 0; i < pools.size(); i++) {
            for (int j = 0; j < i; j++) {
                Ipv4Pool here = pools.get(i);
                Ipv4Pool there = pools.get(j);
                if (here.operator() == there.operator()
                        && (here.subnet().contains(there.subnet()) || there.subnet().contains(here.subnet()))) {
                    lma.problem("ipv4Pools", "'" + here.name() + "' " + here.subnet() + " overlaps '" + there.name()
                            + "' " + there.subnet() + " of the same operator");
                }
            }
        }
        return pools;
    }

    private static String name(JsonSection one, Set<String> names) {
        String name = one.text("name", true).orElse("");
        if (!name.isEmpty() && !names.add(name)) {
            one.problem("name", "another pool is called '" + name + "' already");
        }
        return name;
    }
}
