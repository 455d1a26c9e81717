// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.onos.config.PmipConfig.Gateway;
import org.pmip.protocol.lma.GrePolicy;
import org.pmip.protocol.lma.LmaPolicy.MagPolicy;

/** Reads the gateways of a configuration. Stateless. */
final class GatewaySection {

    private static final int LAST_PORT = 65_535;
    private static final long GREATEST_RATE = 1_000_000;
    private static final long GREATEST_CAP = 0xffff_ffffL;

    private GatewaySection() {
    }

    static List<Gateway> read(JsonSection lma) {
        Set<IpAddress> known = new HashSet<>();
        List<Gateway> gateways = lma.objects("mags", one -> gateway(one, known));
        if (gateways.isEmpty()) {
            lma.problem("mags", "no gateway could register; name at least one");
        }
        return gateways;
    }

    private static Optional<Gateway> gateway(JsonSection one, Set<IpAddress> known) {
        List<IpAddress> addresses = new ArrayList<>();
        boolean ipv4Only = one.has("ipv4Address") && !one.has("address");
        one.parsed("address", !ipv4Only, "an IPv6 address", Ip6Address::valueOf).ifPresent(addresses::add);
        one.parsed("ipv4Address", false, "an IPv4 address", Ip4Address::valueOf).ifPresent(addresses::add);
        for (IpAddress address : addresses) {
            if (!known.add(address)) {
                one.problem(address.isIp4() ? "ipv4Address" : "address", address + " is there twice");
            }
        }
        String name = one.text("name", false).orElse(addresses.isEmpty() ? "" : addresses.get(0).toString());
        Optional<GrePolicy> gre = one.parsed("grePolicy", false, LmaSection.GRE_WORDS, GrePolicy::ofWord);
        Optional<List<String>> nodes = one.has("mobileNodes")
                ? Optional.of(one.texts("mobileNodes", "an identifier", text -> text)) : Optional.empty();
        int operator = one.number("operator", false, 1, LmaSection.LAST_OPERATOR).map(Long::intValue).orElse(1);
        MagPolicy policy = new MagPolicy(name, gre, nodes, operator);
        if (one.has("prefixes")) {
            policy = policy.withPrefixes(one.texts("prefixes", LmaSection.PREFIX_EXAMPLE, Ip6Prefix::valueOf));
        }
        if (one.flag("udpAlways").orElse(false)) {
            policy = policy.withUdpAlways();
        }
        List<Ip4Prefix> translators = one.texts("translators", LmaSection.SUBNET_EXAMPLE, Ip4Prefix::valueOf);
        Optional<Long> dataPort = one.number("translatedDataPort", false, 1, LAST_PORT);
        if (!translators.isEmpty()) {
            policy = policy.withTranslators(translators, dataPort.map(port -> OptionalInt.of(port.intValue()))
                    .orElse(OptionalInt.empty()));
        } else if (dataPort.isPresent()) {
            one.problem("translatedDataPort", "means nothing without translators");
        }
        boolean silent = silent(one);
        Optional<Long> cap = one.number("sessionCap", false, 1, GREATEST_CAP);
        if (cap.isPresent()) {
            policy = policy.withSessionCap(cap.get(), silent);
        }
        Optional<Long> rate = one.number("messageRate", false, 1, GREATEST_RATE);
        if (addresses.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Gateway(addresses, policy, rate.map(most -> OptionalInt.of(most.intValue()))
                .orElse(OptionalInt.empty()), silent));
    }

    private static boolean silent(JsonSection one) {
        String word = one.text("overLimit", false).orElse("reject");
        if (!word.equals("reject") && !word.equals("ignore")) {
            one.problem("overLimit", "'" + word + "' is neither reject nor ignore");
        }
        return word.equals("ignore");
    }
}
