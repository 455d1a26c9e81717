// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.pmip.pipeconf.DropReason;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.PuntClass;
import org.pmip.pipeconf.Role;

/** Every entity that a builder lets pass, by table. */
final class AnyEntity {
    private static final long MAX_32 = 0xFFFFFFFFL;

    private AnyEntity() {
    }

    static Arbitrary<PipelineEntity> any() {
        return Arbitraries.oneOf(interfaces(), stations(), localAddresses(), punts(), tunnels(), uplinkKeys(),
                uplinkSources(), uplinkSessions(), homeNetworks(), downlinkSessions(), tunnelEndpoints(), routes(),
                nextHops(), drops(), accessNodes(), accessSources(), accessUplinks(), accessKeys(),
                accessDestinations(), accessDeliveries(), AnyLayer2.destinations(), AnyLayer2.tunnels(),
                AnyLayer2.stations(), AnyLayer2.copies());
    }

    static Arbitrary<Long> id() {
        return Arbitraries.longs().between(1, MAX_32).edgeCases(c -> c.add(1L, 127L, 128L, MAX_32));
    }

    static Arbitrary<Long> key() {
        return Arbitraries.longs().between(0, MAX_32).edgeCases(c -> c.add(0L, 255L, 256L, MAX_32));
    }

    private static Arbitrary<Integer> domain() {
        return Arbitraries.integers().between(0, 0xFFFF);
    }

    static Arbitrary<PortNumber> port() {
        return Arbitraries.longs().between(1, 510).map(PortNumber::portNumber);
    }

    static Arbitrary<Integer> vlan() {
        return Arbitraries.integers().between(0, 4094);
    }

    static Arbitrary<MacAddress> mac() {
        return Arbitraries.longs().between(1, 0xFEFFFFFFFFFFL).map(value -> MacAddress.valueOf(value & ~(1L << 40)))
                .filter(mac -> !mac.equals(MacAddress.ZERO));
    }

    static Arbitrary<IpAddress> ip6() {
        return Arbitraries.bytes().array(byte[].class).ofSize(Ip6Address.BYTE_LENGTH)
                .map(octets -> IpAddress.valueOf(IpAddress.Version.INET6, octets));
    }

    static Arbitrary<IpAddress> ip4() {
        return Arbitraries.bytes().array(byte[].class).ofSize(Ip4Address.BYTE_LENGTH)
                .map(octets -> IpAddress.valueOf(IpAddress.Version.INET, octets));
    }

    static Arbitrary<IpAddress> unicast(Arbitrary<IpAddress> addresses) {
        return addresses.filter(a -> !a.isZero() && !a.isMulticast() && !Bits.isMapped(a));
    }

    static Arbitrary<IpAddress> address() {
        return Arbitraries.oneOf(unicast(ip6()), unicast(ip4()));
    }

    private static Arbitrary<IpPrefix> prefix() {
        Arbitrary<IpPrefix> six = Combinators.combine(ip6(), Arbitraries.integers().between(0, 128))
                .as(IpPrefix::valueOf).filter(p -> p.prefixLength() < 96 || !Bits.isMapped(p.address()));
        Arbitrary<IpPrefix> four = Combinators.combine(ip4(), Arbitraries.integers().between(0, 32))
                .as(IpPrefix::valueOf);
        return Arbitraries.oneOf(six, four);
    }

    private static Arbitrary<Encapsulation> encapsulation() {
        return Arbitraries.of(Encapsulation.values());
    }

    private static Arbitrary<Encapsulation> ofPackets() {
        return encapsulation().filter(e -> e != Encapsulation.ETHERNET_GRE_KEY);
    }

    static Arbitrary<PipelineEntity> interfaces() {
        return Combinators.combine(port(), vlan(), Arbitraries.of(Role.values()),
                        Arbitraries.integers().between(1, 0xFFFF))
                .as((port, vlan, role, domain) -> NetworkInterface.builder().port(port).vlanId(vlan).role(role)
                        .domain(role == Role.TRANSPORT ? 0 : domain).build());
    }

    static Arbitrary<PipelineEntity> stations() {
        return Combinators.combine(port(), mac()).as((port, mac) -> Station.builder().port(port).mac(mac).build());
    }

    static Arbitrary<PipelineEntity> localAddresses() {
        return Combinators.combine(domain(), address())
                .as((domain, address) -> LocalAddress.builder().domain(domain).address(address).build());
    }

    static Arbitrary<PipelineEntity> punts() {
        Arbitrary<Integer> octet = Arbitraries.integers().between(0, 0xFF).injectNull(0.4);
        Arbitrary<Integer> pair = Arbitraries.integers().between(0, 0xFFFF).injectNull(0.4);
        return Combinators.combine(Arbitraries.of(Role.values()).injectNull(0.4), pair, octet,
                        Arbitraries.of(true, false).injectNull(0.4), octet, octet, pair,
                        Combinators.combine(Arbitraries.of(PuntClass.values()),
                                Arbitraries.integers().between(1, 0xFFFF)).as(AnyEntity::punt))
                .as((role, etherType, nextHeader, toLocal, mobility, icmp, port, rule) -> {
                    set(role, rule::role);
                    set(etherType, rule::etherType);
                    set(nextHeader, rule::nextHeader);
                    set(toLocal, rule::toLocal);
                    set(mobility, rule::mobilityType);
                    set(icmp, rule::icmpType);
                    set(port, rule::destinationPort);
                    if (role == null && etherType == null && nextHeader == null && toLocal == null
                            && mobility == null && icmp == null && port == null) {
                        rule.nextHeader(135);
                    }
                    return rule.build();
                });
    }

    private static PuntRule.Builder punt(PuntClass puntClass, int priority) {
        return PuntRule.builder().puntClass(puntClass).priority(priority);
    }

    private static <T> void set(T value, Consumer<T> setter) {
        if (value != null) {
            setter.accept(value);
        }
    }

    static Arbitrary<PipelineEntity> tunnels() {
        Arbitrary<Tunnel.Builder> addresses = Arbitraries.oneOf(
                Combinators.combine(unicast(ip6()), unicast(ip6())).as(AnyEntity::tunnel),
                Combinators.combine(unicast(ip4()), unicast(ip4())).as(AnyEntity::tunnel));
        return Combinators.combine(addresses, Arbitraries.integers().between(0, 0xFFFF), id(), domain(),
                        Arbitraries.of(true, false))
                .as((tunnel, sourcePort, id, domain, toAccess) -> (toAccess ? tunnel.toAccess() : tunnel)
                        .sourcePort(sourcePort).tunnelId(id).domain(domain).build());
    }

    private static Tunnel.Builder tunnel(IpAddress source, IpAddress destination) {
        return Tunnel.builder().outerSource(source).outerDestination(destination);
    }

    static Arbitrary<PipelineEntity> uplinkKeys() {
        return Combinators.combine(address(), key(), domain()).as((address, key, domain) ->
                UplinkKey.builder().localAddress(address).key(key).domain(domain).build());
    }

    static Arbitrary<PipelineEntity> uplinkSources() {
        return Combinators.combine(domain(), prefix(), id(), id(), ofPackets(), key())
                .as((domain, source, session, tunnel, encapsulation, key) -> UplinkSource.builder().domain(domain)
                        .source(source).sessionId(session).tunnelId(tunnel).encapsulation(encapsulation)
                        .key(encapsulation.hasKey() ? key : 0).build());
    }

    static Arbitrary<PipelineEntity> uplinkSessions() {
        return id().map(session -> UplinkSession.builder().sessionId(session).build());
    }

    static Arbitrary<PipelineEntity> homeNetworks() {
        return Combinators.combine(domain(), prefix(), id().injectNull(0.3)).as((domain, prefix, session) -> {
            HomeNetwork.Builder builder = HomeNetwork.builder().domain(domain).destination(prefix);
            return session == null ? builder.noBinding().build() : builder.sessionId(session).build();
        });
    }

    static Arbitrary<PipelineEntity> downlinkSessions() {
        return Combinators.combine(id(), encapsulation().injectNull(0.2), id(), key())
                .as((session, encapsulation, tunnel, key) -> {
                    DownlinkSession.Builder builder = DownlinkSession.builder().sessionId(session);
                    return encapsulation == null ? builder.discard().build()
                            : builder.encapsulation(encapsulation).tunnelId(tunnel)
                                    .key(encapsulation.hasKey() ? key : 0).build();
                });
    }

    static Arbitrary<PipelineEntity> tunnelEndpoints() {
        Arbitrary<Integer> udpPort = Arbitraries.integers().between(1, 0xFFFF);
        Arbitrary<TunnelEndpoints.Builder> six = Combinators.combine(unicast(ip6()), unicast(ip6()))
                .as((source, destination) -> TunnelEndpoints.builder().source(source).destination(destination));
        Arbitrary<TunnelEndpoints.Builder> four = Combinators.combine(unicast(ip4()), unicast(ip4()), udpPort, udpPort)
                .as((source, destination, sourcePort, destinationPort) -> TunnelEndpoints.builder().source(source)
                        .destination(destination).sourcePort(sourcePort).destinationPort(destinationPort));
        return Combinators.combine(id(), Arbitraries.oneOf(six, four), Arbitraries.integers().between(1, 255),
                        Arbitraries.integers().between(576, 65535))
                .as((id, builder, hopLimit, mtu) -> builder.tunnelId(id).hopLimit(hopLimit).mtu(mtu).build());
    }

    static Arbitrary<PipelineEntity> routes() {
        return Combinators.combine(domain(), prefix(), id().injectNull(0.3)).as((domain, prefix, nextHop) -> {
            Route.Builder builder = Route.builder().domain(domain).destination(prefix);
            return nextHop == null ? builder.unreachable().build() : builder.nextHopId(nextHop).build();
        });
    }

    static Arbitrary<PipelineEntity> nextHops() {
        return Combinators.combine(id(), port(), vlan(), mac(), mac()).as((id, port, vlan, source, destination) ->
                NextHop.builder().nextHopId(id).port(port).vlanId(vlan).sourceMac(source)
                        .destinationMac(destination).build());
    }

    static Arbitrary<PipelineEntity> accessNodes() {
        return Combinators.combine(port(), vlan(), mac(), id(), domain().injectNull(0.3), Arbitraries.of(true, false))
                .as((port, vlan, mac, session, domain, local) -> {
                    AccessNode.Builder node = AccessNode.builder().port(port).vlanId(vlan).mac(mac).sessionId(session);
                    return domain == null ? node.layer2().build()
                            : node.domain(domain).localRouting(local).build();
                });
    }

    static Arbitrary<PipelineEntity> accessSources() {
        return Combinators.combine(id(), prefix())
                .as((session, source) -> AccessSource.builder().sessionId(session).source(source).build());
    }

    static Arbitrary<PipelineEntity> accessUplinks() {
        return Combinators.combine(id(), encapsulation().injectNull(0.3), id(), key(), Arbitraries.of(true, false))
                .as((session, encapsulation, tunnel, key, plain) -> {
                    AccessUplink.Builder builder = AccessUplink.builder().sessionId(session);
                    return encapsulation == null ? (plain ? builder.plain() : builder.discard()).build()
                            : builder.encapsulation(encapsulation).tunnelId(tunnel)
                                    .key(encapsulation.hasKey() ? key : 0).build();
                });
    }

    static Arbitrary<PipelineEntity> accessKeys() {
        return Combinators.combine(address(), key(), domain()).as((address, key, domain) ->
                AccessKey.builder().localAddress(address).key(key).domain(domain).build());
    }

    static Arbitrary<PipelineEntity> accessDestinations() {
        return Combinators.combine(domain(), prefix(), id(), id(), ofPackets(), key())
                .as((domain, destination, session, tunnel, encapsulation, key) -> AccessDestination.builder()
                        .domain(domain).destination(destination).sessionId(session).tunnelId(tunnel)
                        .encapsulation(encapsulation).key(encapsulation.hasKey() ? key : 0).build());
    }

    static Arbitrary<PipelineEntity> accessDeliveries() {
        return Combinators.combine(id(), port(), vlan(), mac(), mac()).as((id, port, vlan, source, destination) ->
                AccessDelivery.builder().sessionId(id).port(port).vlanId(vlan).sourceMac(source)
                        .destinationMac(destination).build());
    }

    static Arbitrary<PipelineEntity> drops() {
        return Arbitraries.oneOf(
                Arbitraries.of(DropReason.values()).map(reason -> DropCounter.builder().reason(reason).build()),
                Arbitraries.of(DropReason.TOO_BIG, DropReason.HOP_LIMIT, DropReason.NO_ROUTE, DropReason.NO_BINDING,
                        DropReason.UNKNOWN_NODE, DropReason.UNKNOWN_STATION)
                        .map(reason -> DropCounter.builder().reason(reason).report().build()));
    }
}
