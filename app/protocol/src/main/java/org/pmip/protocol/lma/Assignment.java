// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;

/**
 * What a session gets to hold: prefixes by draft-ietf-netlmm-proxymip6-10 section 5.3.2 and an IPv4 home address by
 * RFC 5844 section 3.1.2.2. What a session holds already it keeps, as long as somebody wants it: what was de-registered
 * and is not asked for again ends, and so does a service that the node has lost when its gateway asks for the other.
 */
final class Assignment {

    private final LmaPolicy.MagPolicy gateway;
    private final int operator;
    private int status = Status.ACCEPTED;
    private String reason = "";
    private List<Ip6Prefix> prefixes = List.of();
    private Optional<Ipv4Home> ipv4Home = Optional.empty();
    private int fromPool;
    private List<Ip6Prefix> missing = List.of();
    private boolean ipv4FromPool;
    private Optional<Ip4Address> ipv4Missing = Optional.empty();

    private Assignment(LmaPolicy.MagPolicy gateway, int operator) {
        this.gateway = gateway;
        this.operator = operator;
    }

    static Assignment of(LmaPolicy policy, LmaPolicy.MagPolicy gateway, MobileNodeRecord record,
                         MobileNodeProfile profile, BindingUpdate update, Supply supply,
                         Optional<BindingCacheEntry> session) {
        Assignment made = new Assignment(gateway, profile.operator());
        boolean prefixAsked = update.first(HomeNetworkPrefix.class).isPresent();
        Optional<Ip4Address> asked = update.first(Ipv4HomeAddressRequest.class).map(Ipv4HomeAddressRequest::address);
        boolean ending = session.filter(entry -> entry.state() == BindingCacheEntry.State.ENDING).isPresent();
        if (prefixAsked || profile.ipv6Service() && !ending) {
            made.prefixes = session.map(BindingCacheEntry::prefixes).orElse(List.of());
        }
        if (asked.isPresent() || profile.ipv4Service() && !ending) {
            made.ipv4Home = session.flatMap(BindingCacheEntry::ipv4Home);
        }
        if (made.prefixes.isEmpty() && prefixAsked) {
            made.assignPrefixes(policy, record, profile, BindingLookup.named(update), supply);
        }
        if (asked.isPresent() && made.status == Status.ACCEPTED) {
            made.assignIpv4(policy, record, profile, asked.get(), supply);
        }
        if (made.status == Status.ACCEPTED && gateway.prefixes().isPresent()
                && !made.prefixes.stream().allMatch(gateway::mayRegister)) {
            made.refuse(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG, "the gateway may not register " + made.prefixes);
        }
        if (supply.exhausted() && made.status == Status.ACCEPTED) {
            made.refuse(Status.INSUFFICIENT_RESOURCES, "nothing left to assign");
        }
        return made;
    }

    private void refuse(int with, String why) {
        status = with;
        reason = why;
    }

    private void assignPrefixes(LmaPolicy policy, MobileNodeRecord record, MobileNodeProfile profile,
                                List<Ip6Prefix> asked, Supply supply) {
        List<Ip6Prefix> named = new ArrayList<>(asked);
        for (Ip6Prefix prefix : asked) {
            boolean taken = supply.taken().contains(prefix);
            if (taken || !policy.mayUse(record.key(), profile, prefix)) {
                refuse(Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX,
                        prefix + (taken ? " is taken" : " is not for this node"));
                return;
            }
        }
        if (named.isEmpty()) {
            Set<Ip6Prefix> held = new HashSet<>();
            record.entries().forEach(entry -> held.addAll(entry.prefixes()));
            profile.homeNetworkPrefixes().stream().filter(prefix -> !held.contains(prefix)).forEach(named::add);
        }
        Optional<Ip6Prefix> remembered = record.remnants().stream().flatMap(remnant -> remnant.prefixes().stream())
                .filter(prefix -> policy.mayUse(record.key(), profile, prefix) && gateway.mayRegister(prefix))
                .findFirst();
        if (named.isEmpty() && remembered.isPresent()) {
            prefixes = List.of(remembered.get());
            return;
        }
        if (named.isEmpty()) {
            fromPool = supply.allocated().isEmpty() ? 1 : 0;
            prefixes = supply.allocated().isEmpty() ? List.of() : supply.allocated().subList(0, 1);
            return;
        }
        missing = new ArrayList<>(named);
        missing.removeAll(supply.claimed());
        if (missing.removeAll(supply.taken())) {
            refuse(Status.INSUFFICIENT_RESOURCES, "a prefix of the profile is taken");
        }
        prefixes = named;
    }

    private void assignIpv4(LmaPolicy policy, MobileNodeRecord record, MobileNodeProfile profile, Ip4Address asked,
                            Supply supply) {
        boolean named = !asked.isZero();
        if (ipv4Home.isPresent()) {
            if (named && !ipv4Home.get().address().equals(asked)) {
                refuse(Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS, "the session has " + ipv4Home.get());
            }
            return;
        }
        Optional<Ip4Address> own = profile.ipv4HomeAddress();
        if (named && (!own.map(asked::equals).orElse(!policy.reserved(profile.operator(), asked))
                || policy.ipv4Pool(profile.operator(), asked).isEmpty())) {
            refuse(Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS, asked + " is not for this node");
            return;
        }
        Optional<Ip4Address> wanted = named ? Optional.of(asked) : own;
        ipv4Home = remembered(policy, record, profile.operator(), wanted);
        if (ipv4Home.isPresent()) {
            return;
        }
        if (supply.ipv4().isPresent()) {
            ipv4Home = policy.ipv4Pool(profile.operator(), supply.ipv4().get())
                    .map(pool -> pool.home(supply.ipv4().get()));
        }
        if (wanted.isEmpty()) {
            ipv4FromPool = supply.ipv4().isEmpty();
        } else if (supply.ipv4Taken()) {
            refuse(named ? Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS : Status.INSUFFICIENT_RESOURCES,
                    wanted.get() + " is taken");
        } else if (supply.ipv4().isEmpty()) {
            ipv4Missing = wanted;
        }
        if (supply.ipv4().isPresent() && ipv4Home.isEmpty()) {
            refuse(Status.INSUFFICIENT_RESOURCES, "no pool of the operator has " + supply.ipv4().get());
        }
    }

    /** The address that the node had, if it wants that or any. */
    private static Optional<Ipv4Home> remembered(LmaPolicy policy, MobileNodeRecord record, int operator,
                                                 Optional<Ip4Address> wanted) {
        return record.remnants().stream().filter(remnant -> remnant.operator() == operator)
                .flatMap(remnant -> remnant.ipv4Home().stream()).map(Ipv4Home::address)
                .filter(address -> wanted.map(address::equals).orElse(!policy.reserved(operator, address)))
                .flatMap(address -> policy.ipv4Pool(operator, address).map(pool -> pool.home(address)).stream())
                .findFirst();
    }

    boolean isRefused() {
        return status != Status.ACCEPTED;
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    List<Ip6Prefix> prefixes() {
        return prefixes;
    }

    Optional<Ipv4Home> ipv4Home() {
        return ipv4Home;
    }

    /** What is still lacking, besides the numbers that the caller knows of. */
    Needs needs(boolean sessionId, boolean uplinkKey, Optional<IpAddress> sessionsAt) {
        return new Needs(sessionId, uplinkKey, fromPool, missing, ipv4FromPool, ipv4Missing, gateway.prefixes(),
                sessionsAt, operator);
    }
}
