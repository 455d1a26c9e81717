// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.net.DeviceId;
import org.pmip.onos.config.PmipConfig.SwitchConfig;
import org.pmip.protocol.lma.GrePolicy;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.LmaPolicy.MagPolicy;
import org.pmip.protocol.lma.MobileNodeProfile;
import org.pmip.protocol.lma.PrefixPool;

/** Reads the section {@code lma} of the configuration. Not thread-safe. */
final class LmaSection {

    private static final long LAST_KEY = 0xffff_ffffL;
    private static final int LAST_OPERATOR = 65_535;
    private static final String GRE_WORDS = "a GRE policy: not-required, mode-only, keys or as-requested";
    private static final String PREFIX_EXAMPLE = "an IPv6 prefix such as 2001:db8:100::/40";

    private final JsonSection section;

    LmaSection(JsonSection section) {
        this.section = section;
    }

    Optional<PmipConfig.Lma> read(Map<DeviceId, SwitchConfig> switches) {
        Optional<DeviceId> device = section.parsed("device", true, "a device identifier", DeviceId::deviceId);
        Optional<Ip6Address> address = section.parsed("address", true, "an IPv6 address", Ip6Address::valueOf);
        if (device.isPresent() && !switches.containsKey(device.get())) {
            section.problem("device", device.get() + " has no entry under apps/org.pmip/pmip/switches");
        } else if (device.isPresent() && address.isPresent()) {
            boolean local = switches.get(device.get()).interfaces().stream()
                    .anyMatch(one -> one.addresses().contains(address.get()));
            if (!local) {
                section.problem("address", address.get() + " is no address of an interface of " + device.get());
            }
        }
        GrePolicy gre = section.parsed("grePolicy", false, GRE_WORDS, GrePolicy::ofWord)
                .orElse(GrePolicy.AS_REQUESTED);
        List<PrefixPool> pools = pools();
        Map<Ip6Address, MagPolicy> gateways = new LinkedHashMap<>();
        Map<Ip6Address, String> names = new HashMap<>();
        readGateways(gateways, names);
        address.filter(gateways::containsKey).ifPresent(own ->
                section.problem("mags", own + " is the anchor's own address"));
        Map<String, MobileNodeProfile> profiles = profiles();
        LmaParameters parameters = parameters();
        Optional<MobileNodeProfile> unknown = unknownMobileNodes();
        long firstKey = 1;
        long lastKey = LAST_KEY;
        Optional<JsonSection> keys = section.object("uplinkKeys", false);
        if (keys.isPresent()) {
            firstKey = keys.get().number("first", true, 0, LAST_KEY).orElse(1L);
            lastKey = keys.get().number("last", true, 0, LAST_KEY).orElse(LAST_KEY);
            if (lastKey < firstKey) {
                keys.get().problem("last", lastKey + " lies before first, " + firstKey);
            }
            keys.get().nothingElse();
        }
        section.nothingElse();
        if (device.isEmpty() || address.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new PmipConfig.Lma(device.get(), address.get(),
                new LmaPolicy(gateways, profiles, unknown, gre, pools), parameters, firstKey, lastKey, names));
    }

    private Optional<MobileNodeProfile> unknownMobileNodes() {
        String word = section.text("unknownMobileNodes", false).orElse("accept");
        if (!word.equals("accept") && !word.equals("refuse")) {
            section.problem("unknownMobileNodes", "'" + word + "' is neither accept nor refuse");
        }
        return word.equals("refuse") ? Optional.empty() : Optional.of(new MobileNodeProfile(true, List.of(),
                Optional.empty(), OptionalInt.empty(), 1));
    }

    private List<PrefixPool> pools() {
        Set<String> names = new HashSet<>();
        List<PrefixPool> pools = section.objects("pools", one -> {
            String name = one.text("name", true).orElse("");
            Optional<Ip6Prefix> prefix = one.parsed("prefix", true, PREFIX_EXAMPLE, Ip6Prefix::valueOf);
            int length = one.number("length", false, 1, 64).orElse(64L).intValue();
            List<Ip6Prefix> exclusions = one.texts("exclusions", PREFIX_EXAMPLE, Ip6Prefix::valueOf);
            if (!name.isEmpty() && !names.add(name)) {
                one.problem("name", "another pool is called '" + name + "' already");
            }
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
                    section.problem("pools", "'" + pools.get(i).name() + "' " + here + " overlaps '"
                            + pools.get(j).name() + "' " + there);
                }
            }
        }
        return pools;
    }

    private void readGateways(Map<Ip6Address, MagPolicy> gateways, Map<Ip6Address, String> names) {
        section.objects("mags", one -> {
            Optional<Ip6Address> address = one.parsed("address", true, "an IPv6 address", Ip6Address::valueOf);
            String name = one.text("name", false).orElse(address.map(Ip6Address::toString).orElse(""));
            Optional<GrePolicy> gre = one.parsed("grePolicy", false, GRE_WORDS, GrePolicy::ofWord);
            Optional<List<String>> nodes = one.has("mobileNodes")
                    ? Optional.of(one.texts("mobileNodes", "an identifier", text -> text)) : Optional.empty();
            int operator = one.number("operator", false, 1, LAST_OPERATOR).map(Long::intValue).orElse(1);
            address.ifPresent(own -> {
                if (gateways.put(own, new MagPolicy(name, gre, nodes, operator)) != null) {
                    one.problem("address", own + " is there twice");
                }
                names.put(own, name);
            });
            return address;
        });
        if (gateways.isEmpty()) {
            section.problem("mags", "no gateway could register; name at least one");
        }
    }

    private Map<String, MobileNodeProfile> profiles() {
        Map<String, MobileNodeProfile> profiles = new LinkedHashMap<>();
        List<Ip6Prefix> assigned = new ArrayList<>();
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
                if (assigned.stream().anyMatch(other -> other.contains(prefix) || prefix.contains(other))) {
                    one.problem("prefixes", prefix + " overlaps a prefix of another mobile node");
                }
                assigned.add(prefix);
            }
            id.ifPresent(name -> {
                MobileNodeProfile profile = new MobileNodeProfile(service, prefixes, gre,
                        cap.map(seconds -> OptionalInt.of(seconds.intValue())).orElse(OptionalInt.empty()), operator);
                if (profiles.put(name, profile) != null) {
                    one.problem("id", "'" + name + "' is there twice");
                }
            });
            return id;
        });
        return profiles;
    }

    private LmaParameters parameters() {
        Optional<JsonSection> given = section.object("parameters", false);
        LmaParameters parameters = LmaParameters.DEFAULTS;
        if (given.isEmpty()) {
            return parameters;
        }
        JsonSection one = given.get();
        long day = 86_400_000L;
        parameters = parameters
                .withMinDelayBeforeBceDelete(one.number("minDelayBeforeBceDelete", false, 0, day)
                        .orElse(parameters.minDelayBeforeBceDelete()))
                .withMaxDelayBeforeNewBceAssign(one.number("maxDelayBeforeNewBceAssign", false, 0, day)
                        .orElse(parameters.maxDelayBeforeNewBceAssign()))
                .withTimestampValidityWindow(one.number("timestampValidityWindow", false, 1, day)
                        .orElse(parameters.timestampValidityWindow()))
                .withMobileNodeGeneratedTimestampInUse(one.flag("mobileNodeGeneratedTimestampInUse")
                        .orElse(parameters.mobileNodeGeneratedTimestampInUse()))
                .withLifetimeCap(one.number("lifetimeCap", false, 4, 262_140).map(Long::intValue)
                        .orElse(parameters.lifetimeCap()));
        one.nothingElse();
        return parameters;
    }
}
